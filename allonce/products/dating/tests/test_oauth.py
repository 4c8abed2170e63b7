"""The way to a provider and back: bound to the browser, used once, judged as RFC 6749 and RFC 7636 want it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.accounts.tests import people
from allonce.kernel.post.outward import readable_url
from allonce.products.dating.models import Member, ProviderLink
from allonce.products.dating.oauth import client as oauth
from allonce.products.dating.oauth.errors import ProviderSilent
from allonce.products.dating.oauth.likes import WORDS, interests_in
from allonce.products.dating.oauth.profile import read
from allonce.products.dating.oauth.provider import back_address
from allonce.products.dating.tests.providing import CLIENT, NORA, SECRET, Friends, agreed
from allonce.products.dating.tests.scene import maya, noah
from allonce.products.dating.words import INTERESTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator() -> None:
    people.staff()


def asked(there: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(there).query))


def changed(back: str, **other: str) -> str:
    """The way back with other parameters; an empty one is left out."""
    parts = urlsplit(back)
    given = dict(parse_qsl(parts.query)) | other
    return f"{parts.path}?{urlencode({name: value for name, value in given.items() if value})}"


@pytest.mark.promise("DATE-JOIN")
def test_the_provider_is_asked_with_state_and_a_challenge_that_are_new_each_time(
    client: Client, friends: Friends
) -> None:
    first, second = asked(friends.sent_there(client)), asked(friends.sent_there(client))
    assert first["response_type"] == "code"
    assert (first["client_id"], first["redirect_uri"]) == (CLIENT, back_address())
    assert first["scope"] == "public_profile email user_birthday user_likes"
    assert (first["code_challenge_method"], len(first["code_challenge"])) == ("S256", 43)
    assert len(first["state"]) >= 32
    assert {first[name] == second[name] for name in ("state", "code_challenge")} == {False}
    assert SECRET not in str(first)


def test_the_way_there_needs_a_press_with_a_csrf_token(friends: Friends) -> None:
    assert Client(enforce_csrf_checks=True).post("/dating/with/").status_code == 403
    page = Client().get("/dating/with/")
    assert f"form-action 'self' {friends.book.address}" in page["Content-Security-Policy"]


@pytest.mark.parametrize("state", ["", "x", "forged-state-forged-state-forged-state"])
def test_an_answer_with_another_state_counts_for_nothing_and_spoils_nothing(
    client: Client, friends: Friends, state: str
) -> None:
    back = friends.choose(friends.sent_there(client), NORA)
    assert client.get(changed(back, state=state)).status_code == 400
    assert client.get(back).status_code == 200


def test_an_answer_to_anothers_visit_counts_for_nothing(friends: Friends) -> None:
    """Whoever sends somebody their own answer signs nobody in and links nothing."""
    attackers = friends.choose(friends.sent_there(Client()), NORA)
    victim = maya().client
    assert victim.get(attackers).status_code == 400
    friends.sent_there(victim)
    assert victim.get(attackers).status_code == 400
    assert not ProviderLink.objects.exists()


def test_an_answer_counts_once(client: Client, friends: Friends) -> None:
    back = friends.choose(friends.sent_there(client), NORA)
    assert client.get(back).status_code == 200
    assert client.get(back).status_code == 400


def test_an_answer_after_ten_minutes_comes_too_late(client: Client, friends: Friends) -> None:
    back = friends.choose(friends.sent_there(client), NORA)
    with clock.travel(clock.now() + timedelta(minutes=11)):
        assert client.get(back).status_code == 400


def test_a_link_that_somebody_began_does_not_end_with_somebody_else(friends: Friends) -> None:
    """Signing out and in again in the same browser, while the provider's page is open, links nothing."""
    browser = maya().client
    back = friends.choose(friends.sent_there(browser), NORA)
    kept = browser.session["dating_provider_visit"]
    other = noah().client
    session = other.session
    session["dating_provider_visit"] = kept
    session.save()
    assert other.get(back).status_code == 400
    assert not ProviderLink.objects.exists()


def test_a_page_that_was_checked_in_another_browser_joins_nobody(client: Client, friends: Friends) -> None:
    given = agreed(friends.walk(client, NORA))
    other = Client()
    friends.walk(other, NORA)
    assert other.post("/dating/with/check/", given).status_code == 400
    assert Client().post("/dating/with/check/", given).status_code == 400
    assert client.post("/dating/with/check/", {**given, "carried": given["carried"][:-2]}).status_code == 400
    with clock.travel(clock.now() + timedelta(minutes=31)):
        assert client.post("/dating/with/check/", given).status_code == 400
    assert not Member.objects.exists()
    assert client.post("/dating/with/check/", given).status_code == 302
    assert client.post("/dating/with/check/", given).status_code == 400
    assert Member.objects.count() == 1


def test_no_parameter_leads_anywhere_else(client: Client, friends: Friends) -> None:
    there = client.post("/dating/with/?next=https://evil.example/", {"next": "https://evil.example/"})["Location"]
    assert there.startswith(f"{friends.book.address}/authorize?")
    assert "evil" not in there
    back = friends.choose(there, NORA) + "&next=https://evil.example/&redirect_uri=https://evil.example/"
    answer = client.get(back)
    assert "evil.example" not in answer.content.decode()
    joined = client.post("/dating/with/check/?next=https://evil.example/", agreed(answer))
    assert joined["Location"] == "/dating/start/"
    again = Client()
    back = friends.choose(friends.sent_there(again), NORA) + "&next=https://evil.example/"
    assert again.get(back)["Location"] == "/dating/today/"


def test_a_no_at_the_provider_leads_to_a_clear_page(client: Client, friends: Friends) -> None:
    answer = friends.walk(client, "")
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "You said no there" in said
    assert "/dating/join/" in said


@pytest.mark.parametrize("query", [{"error": "server_error", "code": ""}, {"code": ""}, {"code": "made-up"}])
def test_an_error_of_the_provider_leads_to_a_clear_page(
    client: Client, friends: Friends, query: dict[str, str]
) -> None:
    back = friends.choose(friends.sent_there(client), NORA)
    answer = client.get(changed(back, **query))
    assert answer.status_code == 503
    assert "does not answer rightly" in answer.content.decode()
    assert "made-up" not in answer.content.decode()


def test_a_provider_that_is_down_leads_to_a_clear_page(client: Client, friends: Friends) -> None:
    friends.book.broken = 500
    assert friends.walk(client, NORA).status_code == 503


def test_the_code_is_worth_nothing_without_our_verifier_and_secret(client: Client, friends: Friends) -> None:
    """What the double judges as a provider does: the real exchange passes only because all of it is right."""
    back = friends.choose(friends.sent_there(client), NORA)
    code = parse_qs(urlsplit(back).query)["code"][0]
    right = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_address(), "client_id": CLIENT}
    assert friends.post("/token", right | {"client_secret": "guess"})[0] == 401
    stolen = right | {"client_secret": SECRET, "code_verifier": "x" * 64}
    status, _to, body = friends.post("/token", stolen)
    assert (status, b"invalid_grant" in body) == (400, True)


def test_a_wrong_verifier_of_ours_is_noticed(client: Client, friends: Friends) -> None:
    back = friends.choose(friends.sent_there(client), NORA)
    session = client.session
    session["dating_provider_visit"] = session["dating_provider_visit"] | {"verifier": "y" * 64}
    session.save()
    assert client.get(back).status_code == 503


def test_the_addresses_that_stand_without_settings_can_be_called() -> None:
    for each in (settings.OAUTH["token"], settings.OAUTH["profile"], settings.OAUTH["authorize"]):
        assert readable_url(each, trusted=True).host.endswith(".facebook.com")


def test_the_challenge_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert oauth.challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize("told", [[], "x", None, {}, {"id": 7}, {"id": ""}, {"id": "x" * 201}])
def test_a_profile_that_names_nobody_is_none(told: Any) -> None:
    with pytest.raises(ProviderSilent):
        read(told)


def test_a_profile_is_read_in_the_words_of_openid_connect_too() -> None:
    told = {
        "sub": "248289761001",
        "given_name": "Jane",
        "birthdate": "1990-10-31",
        "email": "jane@friends.example",
        "email_verified": True,
        "picture": "https://friends.example/jane.jpg",
        "interests": ["Sauna"],
    }
    found = read(told)
    assert (found.first_name, found.birth, found.proved) == ("Jane", date(1990, 10, 31), True)
    assert (found.picture, found.likes) == ("https://friends.example/jane.jpg", ("Sauna",))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"birthday": "1990"}, "birth"),
        ({"birthday": "10/31"}, "birth"),
        ({"birthday": 19901031}, "birth"),
        ({"email": "not an address", "email_verified": True}, "email"),
        ({"email_verified": True}, "proved"),
        ({"picture": {"data": {"url": "https://x.example/s.jpg", "is_silhouette": True}}}, "picture"),
        ({"picture": {"data": []}}, "picture"),
        ({"first_name": ["x"]}, "first_name"),
        ({"likes": {"data": [{"name": 3}, None, {}]}}, "likes"),
        ({"likes": "hiking"}, "likes"),
    ],
)
def test_what_makes_no_sense_is_left_out(told: dict[str, Any], name: str) -> None:
    assert not getattr(read({"id": "1", **told}), name)


def test_interests_are_found_by_whole_words_and_eight_at_most() -> None:
    likes = ["York Hiking Club", "Hiking in Wales", "The Winery", "Board Games & Beer"]
    assert interests_in(likes) == ["hiking", "wine", "board_games"]
    assert interests_in(["Twine", "Brunchless", "Winery2"]) == []
    assert len(interests_in(WORDS.values())) == 8
    assert WORDS.keys() == INTERESTS.keys()


@pytest.mark.parametrize("path", ["http://10.0.0.1/x.jpg", "file:///etc/passwd", "{double}", "x"])
def test_a_picture_is_fetched_from_no_inner_address(friends: Friends, settings: Settings, path: str) -> None:
    """The address is the provider's word; this one answers, and is not asked outside a demo."""
    address = path.replace("{double}", f"{friends.book.address}/pictures/{NORA}.jpg")
    if path == "{double}":
        assert oauth.picture_at(address)
    settings.LOOPBACK_CALLS = False
    assert oauth.picture_at(address) is None
