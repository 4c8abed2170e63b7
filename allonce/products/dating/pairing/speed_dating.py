"""Reads a file in the format of the Columbia speed-dating study: a row for each person and partner.

The file is the user's own; none is shipped. Ethnic origin is in it, and left out unless asked for: the service does not
learn from it. What partners thought after the date (`attr`, `like`) is read as ratings, never as content.
"""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.learning import Decisions
from allonce.products.dating.pairing.members import OLDEST_AGE, YOUNGEST_AGE
from allonce.products.dating.pairing.model import Past
from allonce.products.dating.pairing.sheet import Sheet

NEEDED = ("iid", "pid", "wave", "dec", "gender", "age")
INTERESTS = (
    "sports", "tvsports", "exercise", "dining", "museums", "art", "hiking", "gaming", "clubbing", "reading", "tv",
    "theater", "movies", "concerts", "music", "shopping", "yoga",
)  # fmt: skip
OF_SELF = ("attr3_1", "sinc3_1", "fun3_1", "intel3_1", "amb3_1", "date", "go_out", "imprelig", "exphappy")
WISHED = ("attr1_1", "sinc1_1", "intel1_1", "fun1_1", "amb1_1", "shar1_1")
RACES = (1, 2, 3, 4, 6)
USUAL_AGE = 26.0
AGES_AROUND = 10
Row = dict[str, str]


def number(row: Row, name: str) -> float:
    """The value, NaN where there is none."""
    try:
        return float(row.get(name) or "nan")
    except ValueError:
        return float("nan")


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="latin-1", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name} lacks the columns {', '.join(missing)} of the speed-dating format.")
        rows = [row for row in reader if all(np.isfinite(number(row, name)) for name in ("iid", "pid", "wave", "dec"))]
    if not rows:
        raise ValueError(f"{path.name} holds no decision.")
    return rows


def _standardised(people: list[Row], names: tuple[str, ...]) -> NDArray[np.float32]:
    table = np.array([[number(person, name) for name in names] for person in people], np.float64)
    known = np.isfinite(table)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, table, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(known, (table - mean) ** 2, 0.0).sum(axis=0) / count)
    table = np.where(known, table - mean, 0.0) / np.where(spread > 0, spread, 1.0)
    return np.clip(table, -4.0, 4.0).astype(np.float32)


def _content(people: list[Row], with_race: bool) -> NDArray[np.float32]:
    names = [name for name in INTERESTS + OF_SELF + WISHED if any(np.isfinite(number(one, name)) for one in people)]
    content = _standardised(people, tuple(names)) if names else np.zeros((len(people), 1), np.float32)
    if not with_race:
        return content
    races = np.array([[float(number(one, "race") == race) for race in RACES] for one in people], np.float32)
    return np.concatenate([content, races], axis=1)


def read(path: Path, with_race: bool = False) -> Decisions:
    """Decisions with waves as events. ValueError where the file has another format."""
    rows = _rows(path)
    first = {int(number(row, "iid")): row for row in reversed(rows)}
    place = {iid: index for index, iid in enumerate(sorted(first))}
    rows = [row for row in rows if int(number(row, "pid")) in place]
    people = [first[iid] for iid in sorted(first)]
    ages = np.array([number(person, "age") for person in people])
    age = np.clip(np.where(np.isfinite(ages), ages, USUAL_AGE), YOUNGEST_AGE, OLDEST_AGE).astype(np.uint8)
    sheet = Sheet(
        features=_content(people, with_race),
        effects=np.zeros((len(people), 3), np.float32),
        age=age,
        sex=np.array([int(number(person, "gender") == 1) for person in people], np.uint8),
        youngest=np.maximum(age.astype(np.int64) - AGES_AROUND, YOUNGEST_AGE).astype(np.uint8),
        oldest=np.minimum(age.astype(np.int64) + AGES_AROUND, OLDEST_AGE).astype(np.uint8),
    )
    past = Past(
        judges=np.array([place[int(number(row, "iid"))] for row in rows], np.int64),
        judged=np.array([place[int(number(row, "pid"))] for row in rows], np.int64),
        liked=np.array([number(row, "dec") == 1 for row in rows], bool),
        ratings=np.array([number(row, "attr") for row in rows], np.float64),
    )
    waves = np.array([int(number(row, "wave")) for row in rows], np.int64)
    return Decisions(sheet, past, np.zeros(len(rows), np.int64), waves)
