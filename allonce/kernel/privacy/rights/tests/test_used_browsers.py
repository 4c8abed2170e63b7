"""An account's record names the browser of older acts too, and that name goes with the person."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from allonce.kernel.accounts.models import SignInSession, UsedBrowser
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now, travel
from allonce.kernel.privacy.retention.sweeping import sweep
from allonce.kernel.privacy.rights.services import erasing

pytestmark = pytest.mark.django_db


@pytest.mark.promise("SEC-ACTIVITY-LOG")
def test_the_record_names_the_device_long_after_its_session_is_forgotten(olivia: Inhabitant) -> None:
    tablet = Client(headers={"User-Agent": "Mozilla/5.0 (iPad; CPU OS 18_0) Safari/605.1"})
    tablet.post("/sign-in/", {"email": olivia.person.email, "password": PASSWORD})
    tablet.post("/account/details/", {"name": "Harbour & Sons"})
    carrier = SignInSession.objects.filter(person=olivia.person).latest("created_at").id
    with travel(now() + timedelta(days=400)):
        sweep(pause=False)
    assert not SignInSession.objects.exists()
    owner = people.browser_of(olivia.person)
    page = owner.get(f"/account/activity/?device={carrier}").content.decode()
    assert '<th scope="row">Renamed the account</th>' in page
    assert "Olivia Marsh, Safari on iPad" in page
    rows = list(csv.reader(io.StringIO(owner.get("/account/activity.csv").getvalue().decode())))
    assert [row[3] for row in rows if row[2] == "Renamed the account"] == ["Safari on iPad"]


def test_the_name_of_a_browser_is_kept_sealed_and_goes_with_the_person(olivia: Inhabitant) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    people.sign_in(colleague.person.email)
    [kept] = UsedBrowser.objects.filter(person=colleague.person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_usedbrowser")
        assert kept.name.encode() not in b"".join(bytes(row[0]) for row in cursor.fetchall())
    erasing.erase_person(colleague.person.id, actor=SYSTEM)
    assert not UsedBrowser.objects.filter(person_id=colleague.person.id).exists()
