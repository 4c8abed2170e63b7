"""Pages say times in the installation's zone, summer time included."""

from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant

SEEN = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "said"), [("Europe/London", "2 Jul 2026 00:30 BST"), ("America/New_York", "1 Jul 2026 19:30 EDT")]
)
def test_a_page_says_times_in_another_zone_than_the_installations(
    olivia: Inhabitant, settings: Settings, zone: str, said: str
) -> None:
    settings.SHOWN_ZONE = zone
    colleague = people.colleague(olivia, Role.OFFICE)
    SignInSession.objects.filter(person=colleague.person).update(last_seen_at=SEEN)
    assert said in olivia.client.get("/account/people/sessions/").content.decode()
