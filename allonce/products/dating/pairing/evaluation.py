"""Judges the reciprocal model on logged outcomes: `python -m allonce.products.dating.pairing.evaluation FILE`.

Whole events are held out, so nobody judged was learned from. Cold: nothing is known of the members but their profiles.
Warm: a random half of an event's decisions is known, the other half is judged. Replay: members of an event are paired
anew for five days by this package's own matching; each day's outcomes are known on the next.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from allonce.products.dating.pairing.formula import SCORE_ONE
from allonce.products.dating.pairing.graph import Graph
from allonce.products.dating.pairing.learning import Decisions, fit, with_effects
from allonce.products.dating.pairing.matching import match
from allonce.products.dating.pairing.model import Reciprocal, member_effects
from allonce.products.dating.pairing.speed_dating import read

DAYS = 5
FEWEST_EVENTS = 2
Floats = NDArray[np.float64]
Judge = Callable[["Dates", Decisions, Decisions], Floats]


@dataclass(frozen=True)
class Dates:
    """Pairs of one event that judged each other: places of both directed decisions."""

    forth: NDArray[np.int64]
    back: NDArray[np.int64]

    @classmethod
    def of(cls, decisions: Decisions) -> "Dates":
        """All dates of which both decisions are logged."""
        past = decisions.past
        place = {pair: at for at, pair in enumerate(zip(past.judges.tolist(), past.judged.tolist(), strict=True))}
        both = [(at, place[other, one]) for (one, other), at in place.items() if one < other and (other, one) in place]
        columns = np.array(both, np.int64).reshape(-1, 2)
        return cls(columns[:, 0], columns[:, 1])


@dataclass(frozen=True)
class Line:
    """One line of the table; None where a figure makes no sense."""

    name: str
    cold_auc: float | None = None
    cold_loss: float | None = None
    warm_auc: float | None = None
    warm_loss: float | None = None
    matches_per_date: float | None = None


@dataclass
class _Fold:
    """Answers and predictions of one held-out part."""

    cold: tuple[NDArray[np.bool_], Floats, Floats]  # answers, model, base rate
    warm: tuple[NDArray[np.bool_], Floats, Floats, Floats]  # and popularity
    replays: dict[str, list[tuple[int, int]]]  # matches and dates of each event


def _folds(decisions: Decisions, folds: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    events = np.unique(decisions.events).size
    if events < FEWEST_EVENTS:
        raise ValueError("An evaluation needs at least two events, so that whole ones can be held out.")
    splitter = GroupKFold(n_splits=min(folds, events))
    yield from splitter.split(np.zeros(decisions.events.size), groups=decisions.events)


def _fold(train: Decisions, held: Decisions, seed: int) -> _Fold:
    model = fit(train, seed)
    past = held.past
    known = np.random.default_rng(seed).random(past.liked.size) < 0.5
    sheet = with_effects(held.sheet, held.part(known).past, model.base_rate)
    rest = held.part(~known)
    cold = model.directed(held.sheet, past.judges, past.judged, held.steps)
    warm = model.directed(sheet, rest.past.judges, rest.past.judged, rest.steps)
    popularity = sheet.effects[rest.past.judged, 1].astype(np.float64)
    return _Fold(
        (past.liked, cold, np.full(cold.size, model.base_rate)),
        (rest.past.liked, warm, np.full(warm.size, model.base_rate), popularity),
        replays(held, model, seed),
    )


def judges(model: Reciprocal, seed: int) -> dict[str, Judge]:
    """Ways to value the dates of an event (0 to 1), given the decisions known so far."""
    draw = np.random.default_rng(seed)

    def by_model(dates: Dates, known: Decisions, event: Decisions) -> Floats:
        sheet = with_effects(event.sheet, known.past, model.base_rate)
        one, other = event.past.judges[dates.forth], event.past.judged[dates.forth]
        return model.mutual(sheet, one, other, event.steps[dates.forth])

    def by_popularity(dates: Dates, known: Decisions, event: Decisions) -> Floats:
        gets = member_effects(event.sheet.age.size, known.past, model.base_rate)[:, 1].astype(np.float64)
        share = 1 / (1 + np.exp(-gets))
        return np.asarray(share[event.past.judges[dates.forth]] * share[event.past.judged[dates.forth]], np.float64)

    def by_truth(dates: Dates, _known: Decisions, event: Decisions) -> Floats:
        return (event.past.liked[dates.forth] & event.past.liked[dates.back]).astype(np.float64)

    def by_lot(dates: Dates, _known: Decisions, _event: Decisions) -> Floats:
        return draw.random(dates.forth.size)

    return {"base rate": by_lot, "popularity": by_popularity, "reciprocal model": by_model, "oracle": by_truth}


def replays(held: Decisions, model: Reciprocal, seed: int) -> dict[str, list[tuple[int, int]]]:
    """Matches and dates of five days, for each way and each event."""
    results: dict[str, list[tuple[int, int]]] = {}
    for name, judge in judges(model, seed).items():
        results[name] = []
        for event in np.unique(held.events):
            results[name].append(_replay(held.part(held.events == event), judge))
    return results


def _replay(event: Decisions, judge: Judge) -> tuple[int, int]:
    dates = Dates.of(event)
    open_dates = np.ones(dates.forth.size, bool)
    known = np.zeros(event.past.liked.size, bool)
    matches = held = 0
    for _ in range(DAYS):
        values = judge(dates, event.part(known), event)
        chosen = _pair_up(event, dates, values, open_dates)
        open_dates[chosen] = False
        known[dates.forth[chosen]] = known[dates.back[chosen]] = True
        held += chosen.size
        matches += int((event.past.liked[dates.forth[chosen]] & event.past.liked[dates.back[chosen]]).sum())
    return matches, held


def _pair_up(event: Decisions, dates: Dates, values: Floats, open_dates: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The day's dates among those open: as many as possible, then of the greatest value."""
    at = np.flatnonzero(open_dates)
    people, ends = np.unique(
        np.stack([event.past.judges[dates.forth[at]], event.past.judged[dates.forth[at]]]), return_inverse=True
    )
    one, other = ends.reshape(2, -1)
    weight = np.rint(values[at] * (SCORE_ONE // 2)).astype(np.int64) + SCORE_ONE // 2
    left, right = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.lexsort((right, left))
    start = np.zeros(people.size + 1, np.int64)
    np.cumsum(np.bincount(left, minlength=people.size), out=start[1:])
    twice = np.concatenate([weight, weight])[order].astype(np.int32)
    found = match(Graph(start, right[order].astype(np.int32), twice), 0)
    chosen: NDArray[np.int64] = at[found.mate[one] == other]
    return chosen


def evaluate(decisions: Decisions, folds: int, seed: int) -> list[Line]:
    """The table's lines. ValueError with too little to hold events out."""
    done = [
        _fold(decisions.part(train), decisions.part(held), seed) for train, held in _folds(decisions, folds)
    ]  # fmt: skip
    cold = [np.concatenate([fold.cold[part] for fold in done]) for part in range(3)]
    warm = [np.concatenate([fold.warm[part] for fold in done]) for part in range(4)]
    counts = {
        name: np.sum([count for fold in done for count in fold.replays[name]], axis=0) for name in done[0].replays
    }
    rate = {name: float(count[0] / max(count[1], 1)) for name, count in counts.items()}
    model = Line(
        "reciprocal model",
        float(roc_auc_score(cold[0], cold[1])), float(log_loss(cold[0], cold[1])),
        float(roc_auc_score(warm[0], warm[1])), float(log_loss(warm[0], warm[1])), rate["reciprocal model"],
    )  # fmt: skip
    base = Line(
        "base rate", 0.5, float(log_loss(cold[0], cold[2])), 0.5, float(log_loss(warm[0], warm[2])), rate["base rate"]
    )
    popular = Line(
        "popularity", warm_auc=float(roc_auc_score(warm[0], warm[3])), matches_per_date=rate["popularity"]
    )  # fmt: skip
    return [base, popular, model, Line("oracle", matches_per_date=rate["oracle"])]


def table(lines: list[Line]) -> str:
    """As people read it."""
    head = f"{'':18}{'cold AUC':>10}{'log loss':>10}{'warm AUC':>10}{'log loss':>10}{'matches/date':>14}"
    rows = [head]
    for line in lines:
        figures = (line.cold_auc, line.cold_loss, line.warm_auc, line.warm_loss, line.matches_per_date)
        widths = (10, 10, 10, 10, 14)
        cells = ("-" if figure is None else f"{figure:.3f}" for figure in figures)
        rows.append(f"{line.name:18}" + "".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)))
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Print the table for a file; 2 with a reason where it cannot be read."""
    parser = argparse.ArgumentParser(description="Judge the reciprocal model on a file in the speed-dating format.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--folds", type=int, default=7, help="parts of whole events (default 7)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--with-race", action="store_true", help="let the model see ethnic origin, to compare only")
    chosen = parser.parse_args(arguments)
    try:
        lines = evaluate(read(chosen.file, chosen.with_race), chosen.folds, chosen.seed)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(table(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
