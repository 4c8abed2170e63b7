import re
from datetime import timedelta

import pytest
from django.test import Client

from allonce.kernel.accounts.models import Account, Person, SignUpRequest
from allonce.kernel.accounts.services import joining, tokens
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.post.models import Content, InstallContent, OutboxMail, PersonContent

pytestmark = pytest.mark.django_db
EMAIL = "hello@newshop.example"
FORM = {"name": "Nia New", "account_name": "New Shop", "password": PASSWORD, "birth_date": "1990-04-01"}


def mailed_link(kind: str) -> str:
    """The path in the letter of that kind that waits in the outbox."""
    letter = OutboxMail.objects.filter(kind=kind).latest("created_at")
    homes: dict[str, type[Content]] = {"install": InstallContent, "person": PersonContent}
    said = homes[letter.scope_kind]._base_manager.get(pk=letter.pk).mail["text"]
    found = re.search(r"http://localhost:8800(/\S+)", said)
    assert found is not None
    return found[1]


def test_signing_up_by_mail_opens_an_account_and_signs_in() -> None:
    client = Client()
    assert client.post("/sign-up/", {"email": EMAIL})["Location"] == "/sign-in/mail-sent/"
    assert not Person.objects.exists()
    link = mailed_link("accounts.sign_up")
    assert client.post(link, FORM)["Location"] == "/account/"
    assert b"New Shop" in client.get("/account/").content
    assert Account.objects.with_email(EMAIL.upper()) is not None
    assert Client().get(link).status_code == 410


def test_a_sign_up_link_lasts_a_day() -> None:
    Client().post("/sign-up/", {"email": EMAIL})
    link = mailed_link("accounts.sign_up")
    with travel(now() + timedelta(hours=25)):
        assert Client().get(link).status_code == 410


def test_whoever_asks_does_not_learn_that_an_address_is_known(olivia: Inhabitant) -> None:
    answer = Client().post("/sign-up/", {"email": olivia.person.email})
    assert answer["Location"] == "/sign-in/mail-sent/"
    assert not SignUpRequest.objects.exists()
    assert mailed_link("accounts.known_already") == "/sign-in/"


def test_a_wrong_form_uses_no_link_up_and_loses_nothing_typed() -> None:
    token = tokens.issue_sign_up(EMAIL)
    client = Client()
    answer = client.post(f"/sign-up/{token}/", {**FORM, "password": "short"})
    assert answer.status_code == 422
    assert b'value="New Shop"' in answer.content
    assert client.post(f"/sign-up/{token}/", FORM).status_code == 302


def test_one_person_can_open_a_second_account_with_an_address_of_its_own(olivia: Inhabitant) -> None:
    olivia.client.post("/account/another/", {"email": "second@harbour.example"})
    olivia.client.post(mailed_link("accounts.sign_up"), {"name": "Second Shop"})
    page = olivia.client.get("/account/").content
    assert b"Second Shop" in page
    assert b"Harbour Blinds" in page


def test_an_account_keeps_its_email_until_the_new_one_has_answered(olivia: Inhabitant) -> None:
    olivia.client.post("/account/email/", {"email": "shop@harbour.example"})
    link = mailed_link("accounts.new_address")
    assert Client().get(link).status_code == 200
    assert Account.objects.with_email("shop@harbour.example") is None
    Client().post(link)
    assert Account.objects.with_email("shop@harbour.example") == olivia.account


@pytest.mark.parametrize("path", ["/account/email/", "/account/own-email/"])
def test_the_old_address_is_told_of_a_change(olivia: Inhabitant, path: str) -> None:
    old = olivia.account.email if path == "/account/email/" else olivia.person.email
    olivia.client.post(path, {"email": "thief@elsewhere.example"})
    Client().post(mailed_link("accounts.new_address"))
    letter = OutboxMail.objects.get(kind="accounts.address_changed")
    assert PersonContent._base_manager.get(pk=letter.pk).mail["to"] == old


def test_an_address_that_names_another_account_cannot_be_taken(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    joining.ask_for_new_address(olivia.person, ben.account.email, olivia.account)
    assert Client().post(mailed_link("accounts.new_address")).status_code == 409
    assert Account.objects.with_email("hello@harbour.example") == olivia.account


@pytest.mark.usefixtures("one_moment")
def test_mail_to_one_address_is_limited() -> None:
    statuses = [Client().post("/sign-up/", {"email": EMAIL}).status_code for _try in range(7)]
    assert statuses[:5] == [302] * 5
    assert statuses[-1] == 429
