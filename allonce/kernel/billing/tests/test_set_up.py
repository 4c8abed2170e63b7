"""What an installation must set up before it sells anything."""

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.billing.catalogue.register import Pack, Plan, register_pack
from allonce.kernel.billing.sellers.configured import sellers
from allonce.kernel.post.ports import connectors_in_use
from allonce.kernel.privacy.processors.gate import obstacles

STRIPE = {"stripe_key": "sk", "stripe_webhook_secrets": ["whsec_1"]}


@pytest.mark.django_db
def test_an_installation_with_a_seller_that_nobody_approved_does_not_start(settings: Settings) -> None:
    assert not [each for each in connectors_in_use() if each.startswith("seller:")]
    settings.SELLERS = settings.SELLERS | STRIPE
    assert "seller:stripe" in connectors_in_use()
    assert any("seller:stripe" in each for each in obstacles())


def test_sellers_are_made_once_and_again_for_other_settings(settings: Settings) -> None:
    settings.SELLERS = settings.SELLERS | STRIPE
    first = sellers()
    assert sellers() is first
    settings.SELLERS = settings.SELLERS | {"stripe_key": "other"}
    assert sellers()["stripe"] != first["stripe"]


def test_packs_are_never_single_and_cost_something() -> None:
    for credits_in_it, price in ((1, 100), (3, 0)):
        with pytest.raises(ValueError, match="two credits"):
            Pack("p", "crowns", credits_in_it, price, "EUR", "P")
    with pytest.raises(ValueError, match="a month"):
        Plan("p", "f", 0, 100, "EUR", "P")
    with pytest.raises(ValueError, match="nobody registered the unit"):
        register_pack(Pack("p", "doubloons", 3, 100, "EUR", "P"))
