"""The demo's desk has something to show, once."""

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.accounts.tests import people
from allonce.kernel.privacy.requests.models import Disclosure, Referral, RightsRequest

pytestmark = pytest.mark.django_db


def test_the_demo_has_three_requests_one_of_them_paused_and_every_page_opens(settings: Settings) -> None:
    settings.DEMO = True
    for _ in range(2):
        call_command("demo", verbosity=0)
    found = list(RightsRequest.objects.all())
    assert len(found) == 3
    assert sum(each.is_paused for each in found) == 1
    assert (Referral.objects.count(), Disclosure.objects.count()) == (1, 1)
    sam = Person.objects.with_email(demo_doors.STAFF_EMAIL)
    assert sam is not None
    client = people.browser_of(sam)
    paths = ["/operator/requests/", "/operator/disclosures/", "/operator/disclosures/new/", "/operator/transfer/"]
    paths += [f"/operator/requests/{each.id}/" for each in found]
    paths += [
        "/operator/requests/new/",
        "/operator/transfer/new/",
        "/me/requests/",
        "/me/disclosures/",
        "/me/transfer/",
    ]
    for path in paths:
        assert client.get(path).status_code == 200, path
    [own] = [each for each in found if each.handler_id == sam.id]
    assert 'data-dialog="take"' not in client.get(f"/operator/requests/{own.id}/").content.decode()
