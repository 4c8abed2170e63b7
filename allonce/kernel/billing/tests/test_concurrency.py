"""Many at once, on a database that commits: the last credit is spent by one, and one key moves once."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from tests.probe.installation import Installation, installed

# Each makes an installation of its own.
pytestmark = [pytest.mark.slow, pytest.mark.scale]
SCENE = """
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connections

from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.credits import moving
from allonce.kernel.billing.errors import NotEnoughCredits
from allonce.kernel.billing.tests import wares
from allonce.kernel.vault import Scope

wares.put_up()
owner = Scope("person", uuid4())

def at_once(act, times):
    def one(number):
        try:
            return act(number)
        except NotEnoughCredits:
            return None
        finally:
            connections.close_all()
    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(one, range(times)))

def spend(number, key=""):
    return ledger.spend(owner, "crowns", 1, key=key or f"s:{number}", reason="test.message")

def tell(**found):
    found |= {"balance": ledger.balance(owner, "crowns"), "owed": ledger.owed(owner, "crowns")}
    print(json.dumps(found | {"faults": len(ledger.check())}))
"""


def told(made: Installation, code: str) -> dict[str, int]:
    found: dict[str, int] = json.loads(made.python(SCENE + dedent(code)))
    return found


def test_of_many_who_spend_at_once_only_so_many_succeed_as_there_are_credits(tmp_path: Path) -> None:
    with installed(tmp_path) as made:
        found = told(
            made,
            """
            ledger.grant(owner, "crowns", 10, key="g", reason="welcome")
            tell(done=sum(each is not None for each in at_once(spend, 40)))
            """,
        )
    assert found == {"done": 10, "balance": 0, "owed": 0, "faults": 0}


def test_one_key_used_by_many_at_once_moves_once(tmp_path: Path) -> None:
    with installed(tmp_path) as made:
        found = told(
            made,
            """
            ledger.grant(owner, "crowns", 5, key="g", reason="welcome")
            tell(done=len(set(each.pk for each in at_once(lambda _number: spend(0, "same"), 24))))
            """,
        )
    assert found == {"done": 1, "balance": 4, "owed": 0, "faults": 0}


def test_purchases_refunds_and_spending_at_once_leave_a_ledger_that_balances(tmp_path: Path) -> None:
    with installed(tmp_path) as made:
        found = told(
            made,
            """
            moving.sell(owner, "crowns", 10, key="p", about="")
            def act(number):
                if number % 4 == 0:
                    return moving.take_back(owner, "crowns", 3, key=f"r:{number}", about="")
                if number % 4 == 1:
                    return moving.sell(owner, "crowns", 2, key=f"p:{number}", about="")
                return spend(number)
            done = at_once(act, 40)
            tell(spent=sum(each is not None for number, each in enumerate(done) if number % 4 > 1))
            """,
        )
    assert found["balance"] - found["owed"] == 10 - 10 * 3 + 10 * 2 - found["spent"]
    assert found["faults"] == 0
