"""Joining and signing in with another service's account: checked by the member, bound to the browser, once."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM
from allonce.kernel.casework.models import Case
from allonce.kernel.post.models import InstallContent
from allonce.kernel.post.ports import connectors_in_use
from allonce.kernel.post.sms.models import Sms
from allonce.kernel.privacy.ports import rights_actions
from allonce.products.dating.models import JoinRequest, Member, Photo, ProviderLink
from allonce.products.dating.oauth.errors import VisitOver
from allonce.products.dating.services import providers
from allonce.products.dating.tests.providing import NORA, OMAR, PIA, QUIN, Friends, agreed, checked, shown_in
from allonce.products.dating.tests.scene import maya

pytestmark = pytest.mark.django_db
BIRTH = "1994-04-12"


@pytest.fixture(autouse=True)
def operator() -> None:
    people.staff()


def stored() -> int:
    """Rows that are about somebody who joins."""
    tables = (Person, Member, ProviderLink, JoinRequest, Photo)
    return sum(table._base_manager.count() for table in tables)


def nora(friends: Friends, browser: Client) -> Member:
    answer = browser.post("/dating/with/check/", agreed(friends.walk(browser, NORA)))
    assert answer.status_code == 302, answer.content
    return Member.objects.get(person__dating_provider_link__isnull=False)


@pytest.mark.promise("DATE-JOIN")
def test_what_came_over_is_checked_and_changed_before_anything_is_kept(client: Client, friends: Friends) -> None:
    before = stored()
    answer = friends.walk(client, NORA)
    page = answer.content.decode()
    assert (shown_in(page, "first_name"), shown_in(page, "birth_date")) == ("Nora", BIRTH)
    assert set(checked(page)) == {"hiking", "board_games", "concerts"}
    assert "nora@friends.example" in page
    assert "data:image/jpeg;base64," in page
    assert stored() == before
    given = agreed(answer, first_name="Norah", birth_date="1993-04-12", interests=["sauna"])
    answer = client.post("/dating/with/check/", given)
    assert answer["Location"] == "/dating/start/"
    member = Member.objects.get()
    assert (member.first_name, member.birth_date, member.interests) == ("Norah", "1993-04-12", ["sauna"])
    assert (member.person.email, member.phone, member.state) == ("nora@friends.example", None, "joining")
    assert member.person.email_verified_at


@pytest.mark.promise("DATE-JOIN")
def test_no_number_and_no_code_is_asked_of_whoever_has_a_proved_address(client: Client, friends: Friends) -> None:
    nora(friends, client)
    assert not Sms.objects.exists()
    assert not InstallContent.objects.exists()
    assert client.get("/dating/start/").status_code == 200


@pytest.mark.promise("DATE-JOIN")
def test_without_the_tick_nothing_about_orientation_is_stored(client: Client, friends: Friends) -> None:
    nora(friends, client)
    answer = client.post("/dating/start/", {"sex": "woman", "seeks": ["man"]})
    assert answer.status_code == 422
    assert "Without this consent" in answer.content.decode()
    member = Member.objects.get()
    assert (member.sex, member.seeks, member.consented_at) == (None, None, None)
    client.post("/dating/start/", {"sex": "woman", "seeks": ["man"], "consent": "on"})
    assert Member.objects.get().seeks == ["man"]


@pytest.mark.promise("DATE-JOIN")
def test_a_picture_that_comes_over_waits_for_a_person_to_look_at_it(client: Client, friends: Friends) -> None:
    member = nora(friends, client)
    photo = Photo.objects.get(member=member)
    assert photo.state == "waiting"
    assert Case.objects.filter(kind="dating.photo").count() == 1


def test_a_picture_that_is_left_out_is_not_taken(client: Client, friends: Friends) -> None:
    given = agreed(friends.walk(client, NORA))
    del given["picture"]
    client.post("/dating/with/check/", given)
    assert Member.objects.exists()
    assert not Photo.objects.exists()


def test_a_picture_that_is_gone_stops_nobody_from_joining(client: Client, friends: Friends) -> None:
    given = agreed(friends.walk(client, NORA))
    friends.book.people[NORA] = replace(friends.book.people[NORA], portrait="")
    assert client.post("/dating/with/check/", given)["Location"] == "/dating/start/"
    assert "could not be taken over" in client.get("/dating/start/").content.decode()
    assert not Photo.objects.exists()


@pytest.mark.promise("DATE-JOIN")
def test_minors_are_turned_away_and_forgotten(client: Client, friends: Friends) -> None:
    before = stored()
    answer = friends.walk(client, QUIN)
    assert answer.status_code == 403
    assert "carried" not in answer.content.decode()
    young = (clock.today() - timedelta(days=365 * 17)).isoformat()
    answer = client.post("/dating/with/check/", agreed(friends.walk(client, NORA), birth_date=young))
    assert answer.status_code == 403
    assert stored() == before


@pytest.mark.promise("DATE-JOIN")
@pytest.mark.parametrize("who", [OMAR, PIA])
def test_without_a_proved_address_a_code_comes_by_mail(client: Client, friends: Friends, who: str) -> None:
    before = stored()
    answer = friends.walk(client, who)
    email = shown_in(answer.content.decode(), "email") or "pia@dating.example"
    assert (email == "omar@friends.example") == (who == OMAR)
    answer = client.post("/dating/with/check/", agreed(answer, email=email, birth_date="1990-09-30"))
    assert answer.status_code == 200
    assert stored() == before
    carried = shown_in(answer.content.decode(), "carried")
    mail = InstallContent.objects.order_by("-pk")[0].mail
    assert email in str(mail["to"])
    code = re.search(r"\d{6}", mail["subject"])
    assert code
    wrong = client.post("/dating/with/code/", {"carried": carried, "mail_code": "000000"})
    assert wrong.status_code == 422
    assert stored() == before
    answer = client.post("/dating/with/code/", {"carried": carried, "mail_code": code[0]})
    assert answer["Location"] == "/dating/start/"
    member = Member.objects.get()
    assert (member.person.email, member.phone) == (email, None)
    assert not Sms.objects.exists()


def test_six_wrong_codes_are_all(client: Client, friends: Friends) -> None:
    answer = client.post("/dating/with/check/", agreed(friends.walk(client, OMAR), email="omar@friends.example"))
    carried = shown_in(answer.content.decode(), "carried")
    code = re.search(r"\d{6}", InstallContent.objects.order_by("-pk")[0].mail["subject"])
    assert code
    wrong = "000000" if code[0] != "000000" else "111111"
    for _try in range(6):
        assert client.post("/dating/with/code/", {"carried": carried, "mail_code": wrong}).status_code == 422
    assert client.post("/dating/with/code/", {"carried": carried, "mail_code": code[0]}).status_code == 400
    assert not Member.objects.exists()


def test_a_page_before_the_code_cannot_be_passed_off_as_proved(client: Client, friends: Friends) -> None:
    given = agreed(friends.walk(client, OMAR), email="victim@dating.example")
    carried = shown_in(client.post("/dating/with/check/", given).content.decode(), "carried")
    answer = client.post("/dating/with/check/", {**given, "carried": carried})
    assert answer.status_code == 200
    answer = client.post("/dating/with/code/", {"carried": given["carried"], "mail_code": "123456"})
    assert answer.status_code == 400
    assert not Member.objects.exists()


def test_nobody_is_made_from_an_arrival_whose_address_nobody_proved(rf: RequestFactory, friends: Friends) -> None:
    arrival = providers.Arrival("mark", "victim@dating.example", False, "", "browser")
    checked = providers.Checked("Victim", date(1990, 1, 1), [], False)
    with pytest.raises(VisitOver):
        providers.join(rf.post("/"), arrival, checked)
    assert Person.objects.with_email("victim@dating.example") is None


@pytest.mark.parametrize("told", [False, None, "yes", 1])
def test_only_an_address_that_is_said_to_be_confirmed_is_proved(client: Client, friends: Friends, told: Any) -> None:
    somebody = friends.book.people[NORA]
    friends.book.people[NORA] = replace(somebody, told=somebody.told | {"email_verified": told})
    if told == 1:
        friends.book.people[NORA] = replace(somebody, told=somebody.told | {"email_verified": "no"})
    page = friends.walk(client, NORA).content.decode()
    assert "Send me a code" in page
    assert shown_in(page, "email") == "nora@friends.example"


def test_an_operator_may_say_that_the_provider_tells_confirmed_addresses_alone(
    client: Client, friends: Friends, settings: Settings
) -> None:
    settings.OAUTH = settings.OAUTH | {"proves_email": True}
    assert "no code is needed" in friends.walk(client, OMAR).content.decode()
    assert "Send me a code" in friends.walk(Client(), PIA).content.decode()


@pytest.mark.promise("DATE-JOIN")
def test_coming_again_with_it_signs_in(client: Client, friends: Friends) -> None:
    member = nora(friends, client)
    other = Client()
    assert friends.walk(other, NORA)["Location"] == "/dating/today/"
    assert other.get("/dating/start/").status_code == 200
    assert Member.objects.get() == member
    assert Person.objects.filter(email_index=member.person.email_index).count() == 1


def test_coming_again_asks_for_the_second_factor_of_whoever_has_one(client: Client, friends: Friends) -> None:
    member = nora(friends, client)
    Person.objects.filter(pk=member.person_id).update(second_factor=True)
    other = Client()
    assert friends.walk(other, NORA)["Location"] == "/sign-in/second/"
    assert other.get("/dating/start/")["Location"].startswith("/sign-in/")


def test_whoever_is_suspended_is_not_let_in(client: Client, friends: Friends) -> None:
    member = nora(friends, client)
    Person.objects.filter(pk=member.person_id).update(suspended_at=clock.now())
    answer = friends.walk(Client(), NORA)
    assert answer.status_code == 403
    assert "suspended" in answer.content.decode()


def test_the_providers_id_is_kept_nowhere(client: Client, friends: Friends) -> None:
    somebody = replace(friends.book.people[NORA], subject="facebook-id-8877665544")
    friends.book.people[somebody.subject] = somebody
    client.post("/dating/with/check/", agreed(friends.walk(client, somebody.subject)))
    assert ProviderLink.objects.exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert somebody.subject.encode() not in repr(cursor.fetchall()).encode(), table


def test_an_address_that_signs_in_here_is_linked_only_after_signing_in(friends: Friends) -> None:
    known = people.person("nora@friends.example", "Nora")
    answer = friends.walk(Client(), NORA)
    assert answer.status_code == 409
    assert "Sign in" in answer.content.decode()
    assert not ProviderLink.objects.exists()
    assert not Member.objects.exists()
    assert Person.objects.with_email("nora@friends.example") == known


def test_an_unproved_address_that_is_known_is_told_to_its_mailbox_alone(client: Client, friends: Friends) -> None:
    people.person("omar@friends.example", "Omar")
    answer = client.post("/dating/with/check/", agreed(friends.walk(client, OMAR), email="omar@friends.example"))
    assert answer.status_code == 200
    mail = InstallContent.objects.order_by("-pk")[0].mail
    assert mail["subject"] == "You are here already"
    assert not re.search(r"\d{6}", mail["text"])


def test_a_member_who_is_signed_in_links_it_signs_in_with_it_and_unlinks_it(friends: Friends) -> None:
    browser = maya().client
    assert friends.walk(browser, NORA)["Location"] == "/dating/you/"
    assert "Unlink it" in browser.get("/dating/you/").content.decode()
    assert friends.walk(Client(), NORA)["Location"] == "/dating/today/"
    assert friends.walk(browser, OMAR).status_code == 409
    assert browser.post("/dating/you/unlink/").status_code == 302
    assert not ProviderLink.objects.exists()
    assert "Is this right?" in friends.walk(Client(), NORA).content.decode()


def test_one_account_goes_with_one_person(client: Client, friends: Friends) -> None:
    nora(friends, client)
    browser = maya().client
    answer = friends.walk(browser, NORA)
    assert answer.status_code == 409
    assert ProviderLink.objects.count() == 1


def test_whoever_leaves_leaves_no_link(client: Client, friends: Friends) -> None:
    # Without the picture: while a person has still to look at one, its case holds what is erased.
    given = agreed(friends.walk(client, NORA))
    del given["picture"]
    client.post("/dating/with/check/", given)
    member = Member.objects.get()
    rights_actions().erase_person(member.person_id, actor=SYSTEM)
    assert not ProviderLink.objects.exists()


def test_an_installation_without_a_provider_has_no_such_page(client: Client, settings: Settings) -> None:
    settings.OAUTH = settings.OAUTH | {"client": ""}
    assert client.get("/dating/with/").status_code == 404
    assert client.get("/dating/with/back/?code=x&state=y").status_code == 404
    assert "/dating/with/" not in client.get("/dating/join/").content.decode()


def test_a_provider_elsewhere_must_stand_in_the_list_of_processors(client: Client, settings: Settings) -> None:
    settings.OAUTH = settings.OAUTH | {"client": "id", "secret": "s"}
    assert "oauth:graph.facebook.com" in connectors_in_use()
    answer = client.post("/dating/with/")
    assert answer.status_code == 503
    assert "not been approved" in answer.content.decode()
