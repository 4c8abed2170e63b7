"""SEC-ACTIVITY-LOG: those who answer for an account trace what happens under it, and end sessions in it."""

import csv
import io

import pytest

from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.promise("SEC-ACTIVITY-LOG")]


def session_of(who: Inhabitant) -> SignInSession:
    return SignInSession.objects.filter(person=who.person).latest("created_at")


def test_the_record_is_narrowed_to_one_device(olivia: Inhabitant) -> None:
    tablet = people.browser_of(olivia.person, "Safari on iPad")
    olivia.client.post("/account/details/", {"name": "Harbour & Sons"})
    tablet.post("/account/people/", {"email": "new@harbour.example", "role": "office"})
    device = SignInSession.objects.latest("created_at")
    page = olivia.client.get(f"/account/activity/?device={device.id}").content.decode()
    assert '<th scope="row">Invited a colleague</th>' in page
    assert '<th scope="row">Renamed the account</th>' not in page
    assert "Olivia Marsh, Safari on iPad" in page
    rows = list(
        csv.reader(io.StringIO(olivia.client.get(f"/account/activity.csv?device={device.id}").getvalue().decode()))
    )
    assert {row[3] for row in rows[1:]} == {"Safari on iPad"}
    assert len(rows) > 1


def test_a_phone_is_a_device_too() -> None:
    shop = make_shop()
    registered_phone(shop)
    browser = people.browser_of(shop.access.person)
    [entry] = Entry.objects.filter(action="device.registered")
    page = browser.get(f"/account/activity/?device={entry.actor_via or entry.actor_id}").content.decode()
    assert "Pixel 8" in page


def test_an_owner_ends_a_colleagues_session(olivia: Inhabitant) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    page = olivia.client.get("/account/people/sessions/").content.decode()
    assert "Col League" in page
    ended = session_of(colleague)
    olivia.client.post(f"/account/people/sessions/{ended.id}/end/")
    assert colleague.client.get("/account/")["Location"].startswith("/sign-in/")
    entry = Entry.objects.get(action="session.ended_by_owner")
    assert (entry.actor_id, entry.account_id) == (olivia.person.id, olivia.account.id)


def test_only_owners_end_sessions_and_only_in_their_own_account(olivia: Inhabitant) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    ben = people.owner("Bayside Blinds", "Ben Bay")
    for who, whose in ((colleague, olivia), (ben, olivia), (olivia, ben)):
        answer = who.client.post(f"/account/people/sessions/{session_of(whose).id}/end/")
        assert answer.status_code == 404
    assert colleague.client.get("/account/people/sessions/").status_code == 404
    assert not SignInSession.objects.exclude(ended_at=None).exists()


# What people do to their own sign-in while they work in an account.
OWN_ACTS = {
    "password.changed": ("/account/password/", {"present": PASSWORD, "password": "four other unrelated words"}),
    "session.others_ended": ("/account/sessions/others/end/", {}),
    "recovery_codes.renewed": ("/account/passkeys/codes/", {}),
    "password.reported_stolen": ("/account/stolen/", {}),
}


@pytest.mark.parametrize("action", OWN_ACTS)
def test_what_a_colleague_does_to_their_sign_in_is_in_the_accounts_record(olivia: Inhabitant, action: str) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    session = session_of(colleague)
    path, given = OWN_ACTS[action]
    colleague.client.post(path, given)
    entry = Entry.objects.get(action=action)
    assert (entry.account_id, entry.actor_id, entry.actor_via) == (olivia.account.id, colleague.person.id, session.id)


def test_the_owner_sees_a_colleagues_sign_in_and_its_device(olivia: Inhabitant) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    people.sign_in(colleague.person.email)
    page = olivia.client.get(f"/account/activity/?person={colleague.person.id}").content.decode()
    assert '<th scope="row">Signed in</th>' in page
