from time import monotonic

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.models import MailedToken
from allonce.kernel.accounts.services import tokens
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit.models import Entry

pytestmark = pytest.mark.django_db
NEW = "quite another set of words"


@pytest.mark.promise("SEC-PASSWORDS")
def test_reporting_theft_ends_all_other_sessions_and_demands_a_new_password(olivia: Inhabitant) -> None:
    elsewhere = people.browser_of(olivia.person, "Chrome on Windows")
    assert elsewhere.get("/account/").status_code == 200
    assert olivia.client.post("/account/stolen/")["Location"] == "/account/password/"
    assert elsewhere.get("/account/")["Location"].startswith("/sign-in/")
    for path in ("/account/", "/account/people/", "/setup/documents/"):
        assert olivia.client.get(path)["Location"] == "/account/password/", path
    chosen = olivia.client.post("/account/password/", {"present": PASSWORD, "password": NEW})
    assert chosen["Location"] == "/account/passkeys/"
    assert b"Add a passkey" in olivia.client.get("/account/passkeys/").content
    assert people.sign_in(olivia.person.email, PASSWORD)[1] == 422
    assert people.sign_in(olivia.person.email, NEW)[1] == 302


@pytest.mark.promise("SEC-PASSWORDS")
def test_an_owner_who_reports_theft_can_cut_off_the_phones_too() -> None:
    careful, thorough = make_shop("one@shop.example"), make_shop("two@shop.example")
    kept, ended = registered_phone(careful), registered_phone(thorough)
    people.browser_of(careful.access.person).post("/account/stolen/")
    people.browser_of(thorough.access.person).post("/account/stolen/", {"phones": "on"})
    assert kept.sync().status_code == 200
    assert ended.sync().json()["code"] == "device_unregistered"


@pytest.mark.promise("SEC-PASSWORDS")
def test_reporting_theft_makes_mailed_links_worthless(olivia: Inhabitant) -> None:
    token = tokens.issue(olivia.person, MailedToken.Purpose.RESET)
    olivia.client.post("/account/stolen/")
    assert Client().get(f"/sign-in/reset/{token}/").status_code == 410


@pytest.mark.promise("SEC-PASSWORDS")
def test_staff_can_require_a_new_password_of_somebody_they_look_at(olivia: Inhabitant, sam: Inhabitant) -> None:
    base = f"/operator/accounts/{olivia.account.id}"
    demand = f"{base}/people/{olivia.person.id}/password/"
    assert sam.client.post(demand).status_code == 404
    sam.client.post(f"{base}/look/", {"reason": "Ticket 7: sign-ins from abroad", "minutes": "15"})
    assert sam.client.post(demand).status_code == 302
    assert olivia.client.get("/account/")["Location"].startswith("/sign-in/")
    client, _status = people.sign_in(olivia.person.email)
    assert client.get("/account/")["Location"] == "/account/password/"


@pytest.mark.promise("SEC-PASSWORDS")
def test_staff_can_suspend_a_sign_in_and_restore_it(olivia: Inhabitant, sam: Inhabitant) -> None:
    base = f"/operator/accounts/{olivia.account.id}"
    sam.client.post(f"{base}/look/", {"reason": "Ticket 8: court order", "minutes": "15"})
    _decide(sam, sam.client.post(f"{base}/people/{olivia.person.id}/suspend/")["Location"], "suspend")
    assert people.sign_in(olivia.person.email)[1] == 422
    assert olivia.client.get("/account/")["Location"].startswith("/sign-in/")
    _decide(sam, sam.client.post(f"{base}/people/{olivia.person.id}/suspend/")["Location"], "restore")
    assert people.sign_in(olivia.person.email)[1] == 302
    entry = Entry.objects.get(action="sign_in.suspended")
    assert entry.actor_id == sam.person.id


def _decide(sam: Inhabitant, case: str, action: str) -> None:
    """In the case that the console's button leads to."""
    sam.client.post(f"{case}open/", {"reason": "Ticket 8: court order"})
    said = {"facts": "A court order of this morning.", "reason": "A court ordered exactly this."}
    assert sam.client.post(f"{case}decide/", {"revision": "1", "action": action, **said}).status_code == 302


@pytest.mark.parametrize("unfit", ["short", "123456789012345", "1qaz2wsx3edc", "owner@harbour.example", PASSWORD])
def test_unfit_passwords_are_refused_beside_the_field(olivia: Inhabitant, unfit: str) -> None:
    answer = olivia.client.post("/account/password/", {"present": PASSWORD, "password": unfit})
    assert answer.status_code == 422
    assert b"field-error" in answer.content
    assert people.sign_in(olivia.person.email)[1] == 302


def test_a_forgotten_password_is_replaced_by_a_link_that_serves_once(olivia: Inhabitant) -> None:
    elsewhere = people.browser_of(olivia.person)
    token = tokens.issue(olivia.person, MailedToken.Purpose.RESET)
    client = Client()
    assert client.post(f"/sign-in/reset/{token}/", {"password": NEW})["Location"] == "/sign-in/"
    assert elsewhere.get("/account/").status_code == 302
    assert people.sign_in(olivia.person.email, NEW)[1] == 302
    assert client.post(f"/sign-in/reset/{token}/", {"password": "yet more words to use"}).status_code == 410


def test_strangers_who_ask_for_a_link_do_not_make_the_owners_worthless(olivia: Inhabitant) -> None:
    mine = tokens.issue(olivia.person, MailedToken.Purpose.RESET)
    for n in range(6):
        Client(REMOTE_ADDR=f"192.0.2.{n}").post("/sign-in/forgotten/", {"email": olivia.person.email})
    assert Client().post(f"/sign-in/reset/{mine}/", {"password": NEW}).status_code == 302


def test_once_the_password_is_changed_no_link_changes_it_again(olivia: Inhabitant) -> None:
    first, second = (tokens.issue(olivia.person, MailedToken.Purpose.RESET) for _each in range(2))
    assert Client().post(f"/sign-in/reset/{first}/", {"password": NEW}).status_code == 302
    assert Client().get(f"/sign-in/reset/{second}/").status_code == 410
    third = tokens.issue(olivia.person, MailedToken.Purpose.RESET)
    client, _status = people.sign_in(olivia.person.email, NEW)
    client.post("/account/password/", {"present": NEW, "password": PASSWORD})
    assert Client().get(f"/sign-in/reset/{third}/").status_code == 410


def test_asking_for_a_link_takes_as_long_whoever_is_known(olivia: Inhabitant, settings: Settings) -> None:
    settings.REGISTER_REFUSAL_SECONDS = 0.2
    for path in ("/sign-in/forgotten/", "/sign-up/"):
        for email in (olivia.person.email, "nobody@nowhere.example"):
            before = monotonic()
            Client().post(path, {"email": email})
            assert monotonic() - before >= 0.2, (path, email)


def test_a_forged_link_and_a_link_for_something_else_open_nothing(olivia: Inhabitant) -> None:
    token = tokens.issue(olivia.person, MailedToken.Purpose.PERSON_EMAIL, email="new@harbour.example")
    assert Client().get(f"/sign-in/reset/{token}/").status_code == 410
    assert Client().get(f"/sign-in/reset/{token[:-2]}xx/").status_code == 410
    assert Client().get("/sign-in/reset/nonsense/").status_code == 410


def test_asking_for_a_link_looks_the_same_for_somebody_unknown(olivia: Inhabitant) -> None:
    places = {
        Client().post("/sign-in/forgotten/", {"email": email})["Location"]
        for email in (olivia.person.email, "nobody@nowhere.example")
    }
    assert places == {"/sign-in/mail-sent/"}
    assert MailedToken.objects.count() == 1
