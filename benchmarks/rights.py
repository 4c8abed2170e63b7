"""Export and erasure of one person among many rows: seconds, and how they grow with everybody else's rows.

Filler rows hold noise in place of ciphertext: nobody opens them, so only their number counts.
"""

import argparse
import os
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import uuid4

from benchmarks import figure
from benchmarks._installation import fresh_installation

FEW, MANY = 10_000, 1_000_000
OWN_ROWS = 300
ROWS_A_PERSON = 100
RUNS = 5
LIMIT_SECONDS = 2
# The same person among a hundred times as many rows may take half as long again: noise, not growth.
MOST_GROWTH = 1.5


def main() -> None:
    """Print the figures of rights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--many", type=int, default=MANY, help="rows of other people in the large case")
    many = parser.parse_args().many
    with fresh_installation():
        few_times = _measure(FEW)
        many_times = _measure(many)
        longer = _medians(OWN_ROWS * 10)
    for what in ("export", "erasure"):
        few, large = few_times[what], many_times[what]
        print(
            f"{what}: {few:.3f} s among {FEW:,} rows, {large:.3f} s among {many:,}, {longer[what]:.3f} s with ten times"
        )
        figure(f"{what}_of_one_among_{many}_rows", large, "s", f"<{LIMIT_SECONDS}", large < LIMIT_SECONDS)
        growth = large / few
        figure(f"{what}_growth_{FEW}_to_{many}_rows", growth, "ratio", f"<{MOST_GROWTH}", growth < MOST_GROWTH)


def _measure(rows: int) -> dict[str, float]:
    """Fill up to `rows`, then medians for one person."""
    _fill(rows)
    return _medians(OWN_ROWS)


def _medians(own: int) -> dict[str, float]:
    from allonce.kernel.audit import SYSTEM
    from allonce.kernel.privacy.rights.export import archive
    from allonce.kernel.privacy.rights.services import erasing

    taken: dict[str, list[float]] = {"export": [], "erasure": []}
    for _run in range(RUNS):
        person = _somebody(own)
        taken["export"].append(_time(lambda person=person: archive.of_person(person)))  # type: ignore[misc]
        taken["erasure"].append(
            _time(lambda person=person: erasing.erase_person(person.id, actor=SYSTEM))  # type: ignore[misc]
        )
    return {what: statistics.median(found) for what, found in taken.items()}


def _time(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _somebody(own: int) -> Any:
    from allonce.kernel.accounts.services.people import NewPerson, create_person
    from allonce.kernel.notices.models import Notice

    person = create_person(NewPerson(f"{uuid4().hex}@bench.example", "Bench Person", "nothing secret here"))
    words = {"subject": "Something happened", "paragraphs": ["It happened today, and this is what it was."], "link": ""}
    Notice.objects.bulk_create(Notice(person=person, kind="bench", words=words) for _ in range(own))
    return person


def _fill(rows: int) -> None:
    """Other people and their notices, as many as are missing."""
    from allonce.kernel.notices.models import Notice

    for _person in range((rows - Notice.objects.count()) // ROWS_A_PERSON):
        _insert_noise()


def _insert_noise() -> None:
    from django.db import connection, transaction

    from allonce.kernel.accounts.models import Person
    from allonce.kernel.clock import now
    from allonce.kernel.notices.models import Notice

    who = Person(id=uuid4(), password="x" * 80, created_at=now(), password_changed_at=now())
    noise = {"email": 70, "name": 60}
    notices = [Notice(id=uuid4(), person_id=who.id, kind="bench", created_at=now()) for _ in range(ROWS_A_PERSON)]
    with transaction.atomic(), connection.cursor() as cursor:
        _insert(cursor, [who], noise)
        _insert(cursor, notices, {"words": 180})


def _insert(cursor: Any, rows: list[Any], noise: dict[str, int]) -> None:
    from django.db import connection

    fields = rows[0]._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = [[_value(row, field, noise, connection) for field in fields] for row in rows]
    places = ", ".join(["%s"] * len(fields))
    cursor.executemany(f'INSERT INTO "{rows[0]._meta.db_table}" ({names}) VALUES ({places})', values)


def _value(row: Any, field: Any, noise: dict[str, int], connection: Any) -> Any:
    if field.name in noise:
        return os.urandom(noise[field.name])
    if field.name.endswith("_index"):
        return os.urandom(32).hex()
    return field.get_db_prep_save(getattr(row, field.attname), connection)


if __name__ == "__main__":
    main()
