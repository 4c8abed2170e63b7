import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from allonce.kernel.accounts import jobs, throttle
from allonce.kernel.accounts.models import Person, SignInSession, ThrottleCount
from allonce.kernel.accounts.services import demo_doors, passkeys, passwords, recovery, sessions, sign_in
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now, travel
from allonce.kernel.errors import TooMany

pytestmark = pytest.mark.django_db
ADDRESS = "owner@harbour.example"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was really checked."""

    checked = 0

    def verify(self, password: str, encoded: str) -> bool:
        type(self).checked += 1
        return super().verify(password, encoded)


def without_tokens(page: bytes) -> str:
    said = re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken[^}]*', "", page.decode())
    return re.sub(r'value="[^"]*@[^"]*"|nonce="[^"]*"', "", said)


def test_the_right_password_signs_in_whatever_the_letter_case_of_the_address(olivia: Inhabitant) -> None:
    client, status = people.sign_in("Owner@Harbour.EXAMPLE")
    assert status == 302
    assert b"Harbour Blinds" in client.get("/account/").content


@pytest.mark.promise("SEC-PASSWORDS")
def test_an_unknown_person_and_a_wrong_password_get_one_answer_and_the_same_work(
    olivia: Inhabitant, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    answers, work = [], []
    for email in (ADDRESS, "nobody@nowhere.example"):
        before = CountingHasher.checked
        answers.append(Client().post("/sign-in/", {"email": email, "password": "quite wrong indeed"}))
        work.append(CountingHasher.checked - before)
    assert answers[0].status_code == answers[1].status_code == 422
    assert without_tokens(answers[0].content) == without_tokens(answers[1].content)
    assert work[0] == work[1] == 1


def test_guessing_is_stopped_even_for_the_right_password_and_says_when_to_come_back(olivia: Inhabitant) -> None:
    at = now().replace(minute=1, second=0)
    with travel(at):
        for _try in range(10):
            assert people.sign_in(ADDRESS, "wrong again and again")[1] == 422
        answer = Client().post("/sign-in/", {"email": ADDRESS, "password": PASSWORD})
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 15 * 60
    with travel(at + timedelta(minutes=16)):
        assert people.sign_in(ADDRESS)[1] == 302


def test_other_spellings_of_an_address_share_its_count(olivia: Inhabitant) -> None:
    plain, kelvin_sign, wide = "owner@harbour.example", "\u212a", "\uff48arbour"
    assert Person.objects.with_email(f"owner@{wide}.example") == olivia.person
    with travel(now().replace(minute=1, second=0)):
        for n in range(10):
            spelt = (plain, plain.upper(), f"owner@{wide}.example", f" {plain}")[n % 4]
            throttle.hit("spelling", spelt, 10, timedelta(hours=1))
        with pytest.raises(TooMany):
            throttle.hit("spelling", plain, 10, timedelta(hours=1))
        throttle.hit("letter", kelvin_sign, 1, timedelta(hours=1))
        with pytest.raises(TooMany):
            throttle.hit("letter", "k", 1, timedelta(hours=1))


def test_strangers_guesses_do_not_lock_out_the_browser_of_the_person(olivia: Inhabitant) -> None:
    home = Client()
    with travel(now().replace(minute=1, second=0)):
        assert home.post("/sign-in/", {"email": ADDRESS, "password": PASSWORD}).status_code == 302
        home.post("/sign-out/")
        for n in range(51):
            Client(REMOTE_ADDR=f"192.0.2.{n}").post("/sign-in/", {"email": ADDRESS, "password": "a guess"})
        elsewhere = Client(REMOTE_ADDR="198.51.100.1")
        assert elsewhere.post("/sign-in/", {"email": ADDRESS, "password": PASSWORD}).status_code == 429
        assert home.post("/sign-in/", {"email": ADDRESS, "password": PASSWORD}).status_code == 302
        for _try in range(10):
            home.post("/sign-in/", {"email": ADDRESS, "password": "a guess"})
        assert home.post("/sign-in/", {"email": ADDRESS, "password": PASSWORD}).status_code == 429


def test_knowing_one_persons_browser_helps_with_nobody_else(olivia: Inhabitant) -> None:
    people.owner("Bayside Blinds", "Ben Bay")
    bens, _status = people.sign_in("owner@bayside.example")
    with travel(now().replace(minute=1, second=0)):
        for n in range(51):
            Client(REMOTE_ADDR=f"192.0.2.{n}").post("/sign-in/", {"email": ADDRESS, "password": "a guess"})
        assert bens.post("/sign-in/", {"email": ADDRESS, "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_line_with_many_ipv6_addresses_counts_as_one(rf: RequestFactory, one: str, other: str, same: bool) -> None:
    places = [sign_in.client_address(rf.get("/", REMOTE_ADDR=address)) for address in (one, other)]
    assert (places[0] == places[1]) == same


def test_counted_tries_hold_no_address(olivia: Inhabitant, settings: Settings) -> None:
    settings.REDIS_URL = ""
    people.sign_in(ADDRESS, "wrong")
    assert ThrottleCount.objects.exists()
    assert not [row for row in ThrottleCount.objects.values_list("key_hash", flat=True) if "harbour" in row]


def test_signing_in_never_leads_to_another_site(olivia: Inhabitant) -> None:
    form = {"email": ADDRESS, "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/sign-in/", form)["Location"] == resolve_url(django_settings.LOGIN_REDIRECT_URL)


def test_a_stranger_comes_back_to_the_page_they_wanted(olivia: Inhabitant) -> None:
    client = Client()
    asked = client.get("/account/people/")
    assert asked["Location"] == "/sign-in/?next=/account/people/"
    form = {"email": ADDRESS, "password": PASSWORD, "next": "/account/people/"}
    assert client.post("/sign-in/", form)["Location"] == "/account/people/"


def test_a_body_nested_without_end_is_refused(olivia: Inhabitant) -> None:
    answer = Client().post("/sign-in/passkey/", "[" * 19_000, content_type="application/json")
    assert answer.status_code == 400


def test_the_demo_doors_are_shut_outside_the_demo(olivia: Inhabitant) -> None:
    assert Client().post("/sign-in/demo/owner/", headers={"Origin": "http://testserver"}).status_code == 404


def test_a_demo_door_of_somebody_suspended_says_so(olivia: Inhabitant, settings: Settings) -> None:
    settings.DEMO = True
    Person.objects.filter(pk=olivia.person.pk).update(suspended_at=now())
    demo_doors.register_door("probe", olivia.person.email)
    answer = Client().post("/sign-in/demo/probe/", headers={"Origin": "http://testserver"})
    demo_doors.DOORS.pop("probe")
    assert answer.status_code == 403
    assert "This sign-in is suspended" in answer.content.decode()


@pytest.mark.parametrize("path", ["/account/", "/account/people/", "/account/activity.csv", "/setup/", "/setup/users/"])
def test_no_browser_keeps_a_page_of_somebody_signed_in(olivia: Inhabitant, path: str) -> None:
    answer = olivia.client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/api/mobile/v1/jobs/0a4f7cf0-7b3f-4a5e-9f0f-3f8a1d2b4c5d", "/api/mobile/v1/sync"])
def test_nobody_keeps_an_answer_to_a_phone(path: str) -> None:
    assert "no-store" in Client().get(path)["Cache-Control"]


def test_signing_out_ends_the_session_for_good(olivia: Inhabitant) -> None:
    cookie = olivia.client.cookies["sessionid"].value
    olivia.client.post("/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert thief.get("/account/").status_code == 302
    assert SignInSession.objects.get(person=olivia.person).ended_at is not None


def test_a_stolen_table_of_sessions_opens_none_of_them(olivia: Inhabitant) -> None:
    cookie = olivia.client.cookies["sessionid"].value
    for stored in Session.objects.values_list("session_key", flat=True):
        assert stored != cookie
        thief = Client()
        thief.cookies["sessionid"] = stored
        assert thief.get("/account/").status_code == 302
    assert olivia.client.get("/account/").status_code == 200


def test_sessions_that_ran_out_are_swept(olivia: Inhabitant) -> None:
    with travel(now() + timedelta(days=15)):
        assert olivia.client.get("/account/").status_code == 302
    Session.objects.update(expire_date=now() - timedelta(days=1))
    jobs.sweep()
    assert not Session.objects.exists()


def test_signing_in_gives_the_browser_a_new_session(olivia: Inhabitant) -> None:
    client = Client()
    olivia.person.second_factor = True
    olivia.person.save(update_fields=["second_factor"])
    client.post("/sign-in/", {"email": ADDRESS, "password": PASSWORD})
    before = client.cookies["sessionid"].value
    client.post("/sign-in/second/", {"code": recovery.renew(olivia.person, actor=SYSTEM)[0]})
    assert client.get("/account/").status_code == 200
    assert client.cookies["sessionid"].value != before


@pytest.mark.promise("SEC-PASSWORDS")
def test_with_a_second_factor_the_password_alone_opens_nothing(olivia: Inhabitant) -> None:
    olivia.person.second_factor = True
    olivia.person.save(update_fields=["second_factor"])
    client, status = people.sign_in(ADDRESS)
    assert status == 302
    assert client.get("/account/").status_code == 302
    codes = recovery.renew(olivia.person, actor=SYSTEM)
    assert client.post("/sign-in/second/", {"code": "AAAAA-AAAAA"}).status_code == 422
    assert client.post("/sign-in/second/", {"code": codes[0].lower()}).status_code == 302
    assert client.get("/account/").status_code == 200
    again, _status = people.sign_in(ADDRESS)
    assert again.post("/sign-in/second/", {"code": codes[0]}).status_code == 422


def test_a_right_password_waits_ten_minutes_for_the_second_factor_and_not_beyond_its_change(olivia: Inhabitant) -> None:
    olivia.person.second_factor = True
    olivia.person.save(update_fields=["second_factor"])
    codes = recovery.renew(olivia.person, actor=SYSTEM)
    client, _status = people.sign_in(ADDRESS)
    with travel(now() + timedelta(minutes=11)):
        assert client.post("/sign-in/second/", {"code": codes[0]})["Location"] == "/sign-in/"
    client, _status = people.sign_in(ADDRESS)
    passwords.change(olivia.person, "quite another set of words", actor=SYSTEM)
    assert client.post("/sign-in/second/", {"code": codes[1]})["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302


def test_the_second_factor_needs_a_passkey_to_exist(olivia: Inhabitant) -> None:
    session = SignInSession.objects.get(person=olivia.person)
    with pytest.raises(passkeys.UnableToAddPasskey):
        passkeys.set_second_factor(olivia.person, wanted=True, actor=sessions.actor_of(session))


def test_a_session_that_begins_while_the_clock_runs_ahead_is_over_at_once(olivia: Inhabitant) -> None:
    with travel(now() + timedelta(days=60)):
        client, _status = people.sign_in(ADDRESS)
        assert client.get("/account/").status_code == 200
