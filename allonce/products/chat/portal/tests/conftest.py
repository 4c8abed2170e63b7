from typing import Any

import pytest

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, today
from allonce.products.chat.leads.tests.scene import Dealer, dealer
from allonce.products.chat.services import set_up


@pytest.fixture
def fenwick() -> Dealer:
    return dealer()


@pytest.fixture
def lists() -> tuple[Inhabitant, Any]:
    """A listing site, with its Client."""
    who = people.owner("Motor Lists", "Lena List")
    entitlements.grant(who.account.id, "chat", add_months(today(), 12), actor=SYSTEM)
    return who, set_up.open_client(who.account, "provider", "Motor Lists", actor=SYSTEM)
