import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from allonce.kernel import jobs
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.legal.marketing import queries
from allonce.kernel.legal.marketing.jobs import sweep
from allonce.kernel.legal.marketing.models import Address, Contact, OptInRequest
from allonce.kernel.legal.marketing.services import contacts
from allonce.kernel.legal.marketing.tests.scene import LIST, agree, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
ADA = "ada@reader.example"


def ask(email: str = ADA) -> str:
    """Ask in the public form; the path of the link that arrives."""
    assert stranger().post("/newsletter/", {"email": email})["Location"] == "/newsletter/asked/"
    jobs.run_due()
    found = re.search(r"http://localhost:8800(/newsletter/yes/\S+/)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_an_address_joins_only_when_its_mailbox_answers() -> None:
    link = ask()
    assert not Contact.objects.exists()
    Client().get(link)
    assert not Contact.objects.exists()
    assert b"You are on the list" in stranger().post(link).content
    contact = contacts.known(ADA)
    assert contact is not None
    assert queries.may_send(contact, LIST)
    assert stranger().post(link).status_code == 410


def test_the_link_ends_after_a_week_and_what_was_typed_is_forgotten() -> None:
    link = ask()
    with travel(now() + timedelta(days=8)):
        assert stranger().post(link).status_code == 410
        sweep()
    assert not OptInRequest.objects.exists()
    assert not Address.objects.exists()


def test_the_answer_does_not_tell_whether_an_address_is_known(olivia: Inhabitant) -> None:
    agree(ADA)
    answers = [stranger().post("/newsletter/", {"email": each}) for each in (ADA, olivia.person.email, "new@x.example")]
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, "/newsletter/asked/")}
    jobs.run_due()
    assert len({each.subject for each in mail.outbox}) == 1
    left = [stranger().post("/newsletter/leave/", {"email": each}).content for each in (ADA, "nobody@x.example")]
    assert len({re.sub(rb'nonce="[^"]*"', b"", each) for each in left}) == 1


def test_the_form_is_throttled_alike_for_known_and_unknown_addresses() -> None:
    agree(ADA)
    for email in (ADA, "new@x.example"):
        codes = [stranger().post("/newsletter/", {"email": email}).status_code for _try in range(4)]
        assert codes == [302, 302, 302, 429]


def test_no_other_site_can_send_our_forms_for_somebody() -> None:
    for path in ("/newsletter/", "/newsletter/leave/", "/cookies/"):
        for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            assert Client(headers=headers).post(path, {"email": ADA, "choice": "all"}).status_code == 403
    assert not OptInRequest.objects.exists()
    assert not Contact.objects.exists()


def test_a_forged_link_is_refused() -> None:
    for token in ("nothing", ask().split("/")[3][:-3] + "AAA"):
        assert stranger().post(f"/newsletter/yes/{token}/").status_code == 410
