"""A demo's clock, and a demo that is started again after somebody walked it to its end."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from pydantic import ValidationError
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.demo import SHOP_EMAIL
from allonce.kernel.accounts.models import Account
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, travel
from allonce.kernel.privacy.retention.departure import advance
from allonce.kernel.privacy.retention.models import AccountEnding
from allonce.kernel.privacy.retention.services.endings import Ender
from allonce.project.environment import Environment


def test_the_clock_of_an_installation_that_is_no_demo_can_be_moved() -> None:
    assert Environment(demo=True, demo_days_ahead=60).demo_days_ahead == 60
    with pytest.raises(ValidationError, match="Start `allonce up --demo`"):
        Environment(demo=False, demo_days_ahead=60)


@pytest.mark.django_db
def test_a_demo_does_not_start_again_after_its_shop_ended(settings: Settings) -> None:
    settings.DEMO = True
    call_command("demo", verbosity=0)
    shop = Account.objects.with_email(SHOP_EMAIL)
    assert shop is not None
    owner = shop.memberships.get()
    Ender().end(shop.id, Actor("person", owner.person_id))
    call_command("demo", verbosity=0)
    assert Account.objects.get(pk=shop.id).ended_at is not None


@pytest.mark.django_db
def test_a_demo_makes_its_shop_anew_once_it_is_gone_or_hides_that_it_is(settings: Settings) -> None:
    settings.DEMO = True
    call_command("demo", verbosity=0)
    shop = Account.objects.with_email(SHOP_EMAIL)
    assert shop is not None
    assert "Harbour Blinds was ended here" not in Client().get("/").content.decode()
    Ender().end(shop.id, Actor("person", shop.memberships.get().person_id))
    with travel(now() + timedelta(days=60)):
        assert advance(AccountEnding.objects.get())
        call_command("demo", verbosity=0)
        assert Account.objects.with_email(SHOP_EMAIL) is None
        assert "Harbour Blinds was ended here" in Client().get("/").content.decode()
