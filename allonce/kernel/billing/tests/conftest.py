from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.conf import settings as given
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.billing.catalogue import register
from allonce.kernel.billing.tests import wares
from allonce.kernel.billing.tests.cards import Cards, card_seller
from allonce.kernel.vault import Scope


@pytest.fixture(autouse=True)
def _wares() -> Iterator[None]:
    """What is for sale while the test runs."""
    before = deepcopy(register._units), dict(register._products)
    wares.put_up()
    yield
    register._units.clear()
    register._units.update(before[0])
    register._products.clear()
    register._products.update(before[1])


@pytest.fixture
def rosa(db: None) -> Person:
    return people.person("rosa@dater.example", "Rosa Lind")


@pytest.fixture
def owner(rosa: Person) -> Scope:
    return Scope("person", rosa.id)


@pytest.fixture
def cards(settings: Settings) -> Iterator[Cards]:
    """The card seller's double on loopback, with reports that the test delivers."""
    with card_seller() as made:
        settings.SELLERS = given.SELLERS | {
            "stripe_key": "sk_test_1",
            "stripe_webhook_secrets": ["whsec_old", made.secret],
            "stripe_api": made.book.address,
        }
        settings.STRIPE_CHECKOUT = made.book.address
        yield made
