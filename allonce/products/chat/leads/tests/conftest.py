import pytest

from allonce.products.chat.leads.tests.scene import Dealer, dealer


@pytest.fixture
def fenwick() -> Dealer:
    return dealer()
