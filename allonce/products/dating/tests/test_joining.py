"""Joining: adults only, both codes, consent apart, and nothing kept of whoever does not come through."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from allonce.kernel import clock, jobs
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.post.models import InstallContent
from allonce.kernel.post.sms.models import Sms
from allonce.kernel.post.sms.tests.gateway import Gateway
from allonce.products.dating.jobs import forget_requests
from allonce.products.dating.models import JoinRequest, Member, PairingEntry

pytestmark = pytest.mark.django_db
ASKED = {"birth_date": "1993-06-01", "email": "maya@dating.example", "phone": "+447700900123"}
NAMED = {"first_name": "Maya", "password": people.PASSWORD}
WHO = {"sex": "woman", "seeks": ["man"], "consent": "on"}
HOPES = {"place": "York, United Kingdom", "youngest": "28", "oldest": "40", "km": "30", "further": "on"}


@pytest.fixture(autouse=True)
def operator() -> None:
    people.staff()


def ask(client: Client, **other: str) -> Any:
    return client.post("/dating/join/", ASKED | other)


def sent_codes(gateway: Gateway) -> dict[str, str]:
    """What lies in the newest mail and the newest text message."""
    mail = InstallContent.objects.order_by("-pk").first()
    jobs.run_due()
    text = gateway.taken[-1]["text"]
    found = re.search(r"\d{6}", mail.mail["subject"] if mail else "")
    return {"mail_code": found[0] if found else "", "text_code": text[:6]}


@pytest.mark.promise("DATE-JOIN")
def test_two_codes_a_name_and_a_password_make_a_member_who_is_signed_in(client: Client, gateway: Gateway) -> None:
    page = ask(client)["Location"]
    answer = client.post(page, sent_codes(gateway) | NAMED)
    assert answer["Location"] == "/dating/start/"
    member = Member.objects.get()
    assert (member.first_name, member.phone, member.state) == ("Maya", "+447700900123", "joining")
    assert Person.objects.get(pk=member.person_id).email_verified_at


def test_who_and_where_finish_it_and_only_then_somebody_can_be_chosen(client: Client, gateway: Gateway) -> None:
    client.post(ask(client)["Location"], sent_codes(gateway) | NAMED)
    assert client.get("/dating/today/")["Location"] == "/dating/start/"
    client.post("/dating/start/", WHO)
    assert not PairingEntry.objects.exists()
    assert client.post("/dating/start/", HOPES)["Location"] == "/dating/you/"
    assert Member.objects.get().state == "active" and PairingEntry.objects.exists()


@pytest.mark.promise("DATE-JOIN")
def test_without_the_tick_nothing_about_orientation_is_stored(client: Client, gateway: Gateway) -> None:
    client.post(ask(client)["Location"], sent_codes(gateway) | NAMED)
    answer = client.post("/dating/start/", {"sex": "woman", "seeks": ["man"]})
    assert answer.status_code == 422 and "Without this consent" in answer.content.decode()
    member = Member.objects.get()
    assert member.sex is None and member.seeks is None and member.consented_at is None


@pytest.mark.promise("DATE-JOIN")
def test_a_minor_is_refused_and_forgotten(client: Client, gateway: Gateway) -> None:
    young = clock.today() - timedelta(days=365 * 17)
    assert ask(client, birth_date=young.isoformat()).status_code == 403
    assert not JoinRequest.objects.exists() and not InstallContent.objects.exists() and not Sms.objects.exists()


@pytest.mark.promise("DATE-JOIN")
@pytest.mark.parametrize("wrong", ["mail_code", "text_code"])
def test_one_right_code_is_not_enough_and_six_tries_are_all(client: Client, gateway: Gateway, wrong: str) -> None:
    page = ask(client)["Location"]
    right = sent_codes(gateway)
    for _ in range(6):
        assert client.post(page, right | NAMED | {wrong: "000000"}).status_code == 422
    assert client.post(page, right | NAMED).status_code == 410
    assert not Member.objects.exists()


def test_codes_serve_once_and_for_half_an_hour(client: Client, gateway: Gateway) -> None:
    page = ask(client)["Location"]
    right = sent_codes(gateway)
    with clock.travel(clock.now() + timedelta(minutes=31)):
        assert client.post(page, right | NAMED).status_code == 410
    assert client.post(page, right | NAMED).status_code == 302
    assert Client().post(page, right | NAMED).status_code == 410
    assert Member.objects.count() == 1


def test_the_page_does_not_tell_whether_an_address_is_known(client: Client, gateway: Gateway) -> None:
    people.person("maya@dating.example", "Maya")
    answer = ask(client)
    assert answer.status_code == 302
    mail = InstallContent.objects.order_by("-pk")[0].mail
    assert mail["subject"] == "You are here already" and not re.search(r"\d{6}", mail["text"])


def test_a_number_that_a_member_has_lets_nobody_join_again(client: Client, gateway: Gateway) -> None:
    client.post(ask(client)["Location"], sent_codes(gateway) | NAMED)
    other = Client()
    page = ask(other, email="other@dating.example")["Location"]
    answer = other.post(page, sent_codes(gateway) | NAMED)
    assert answer.status_code == 422 and "A member has this number already" in answer.content.decode()
    assert Member.objects.count() == 1 and Person.objects.with_email("other@dating.example") is None


def test_a_request_that_ran_out_is_deleted(client: Client, gateway: Gateway) -> None:
    ask(client)
    with clock.travel(clock.now() + timedelta(hours=1)):
        forget_requests()
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "07700 900123", "country code"),
        ("phone", "+44 20 7946 0018", "country code"),
        ("email", "maya", "valid email"),
        ("birth_date", "2093-06-01", "Check the year"),
    ],
)
def test_a_slip_is_told_beside_its_field_and_sends_nothing(
    client: Client, gateway: Gateway, field: str, value: str, words: str
) -> None:
    answer = ask(client, **{field: value})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not JoinRequest.objects.exists()


def test_who_has_consented_changes_whom_they_seek_without_ticking_again(client: Client, gateway: Gateway) -> None:
    client.post(ask(client)["Location"], sent_codes(gateway) | NAMED)
    client.post("/dating/start/", WHO)
    answer = client.post("/dating/you/who/", {"sex": "woman", "seeks": ["woman", "man"]})
    assert answer.status_code == 302
    assert Member.objects.get().seeks == ["man", "woman"]
