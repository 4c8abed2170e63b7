"""Movements of credits a second, with several writers at once on one SQLite file, and none below zero."""

import argparse
import random
import threading
from time import perf_counter
from typing import Any
from uuid import UUID

from benchmarks import figure
from benchmarks._installation import fresh_installation

OWNERS = 200
WRITERS = 16
SECONDS = 10.0
GOAL = 1000
UNIT = "crowns"


def main() -> None:
    """Print the figures of the ledger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--writers", type=int, default=WRITERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    with fresh_installation():
        made, refused, taken = _measure(given.writers, given.seconds)
        lowest, faults = _judged()
    rate = made / taken
    print(f"{made:,} movements and {refused:,} refusals by {given.writers} writers in {taken:.1f} s; lowest {lowest}")
    figure("ledger_movements", rate, "1/s", f">={GOAL}", rate >= GOAL)
    figure("ledger_lowest_balance", lowest, "credits", ">=0", lowest >= 0)
    figure("ledger_faults", faults, "faults", "==0", faults == 0)


def _measure(writers: int, seconds: float) -> tuple[int, int, float]:
    from allonce.kernel.billing import credits as ledger
    from allonce.kernel.billing.catalogue.register import Unit, register_unit
    from allonce.kernel.billing.credits.words import register_reason
    from allonce.kernel.vault import Scope

    register_unit(Unit(UNIT, "Crown", "Crowns"))
    register_reason("bench", "Benchmark")
    owners = [Scope("person", UUID(int=number + 1)) for number in range(OWNERS)]
    for owner in owners:
        ledger.grant(owner, UNIT, 3, key=f"welcome:{owner.id}", reason="welcome")
    counts = [[0, 0] for _writer in range(writers)]
    begun = perf_counter()
    threads = [
        threading.Thread(target=_write, args=[number, owners, begun + seconds, counts[number]])
        for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = perf_counter() - begun
    return sum(each[0] for each in counts), sum(each[1] for each in counts), taken


def _write(number: int, owners: list[Any], until: float, count: list[int]) -> None:
    """Gifts and spending in turn at random owners, so that many are near zero all the time."""
    from django.db import connections

    from allonce.kernel.billing import credits as ledger
    from allonce.kernel.billing.errors import NotEnoughCredits

    chance, step = random.Random(number), 0
    while perf_counter() < until:
        step += 1
        owner, key = chance.choice(owners), f"{number}:{step}"
        try:
            if chance.random() < 0.4:
                ledger.grant(owner, UNIT, 1, key=key, reason="loyalty")
            else:
                ledger.spend(owner, UNIT, 1, key=key, reason="bench")
            count[0] += 1
        except NotEnoughCredits:
            count[1] += 1
    connections.close_all()


def _judged() -> tuple[int, int]:
    from django.db.models import Min

    from allonce.kernel.billing.credits import check
    from allonce.kernel.billing.models import LedgerAccount

    return LedgerAccount.objects.aggregate(lowest=Min("balance"))["lowest"], len(check())


if __name__ == "__main__":
    main()
