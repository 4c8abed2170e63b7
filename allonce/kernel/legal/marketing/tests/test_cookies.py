from collections.abc import Iterator
from html import unescape

import pytest
from django.http import HttpRequest
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.legal.marketing import consents, cookies, purposes
from allonce.kernel.legal.marketing.cookies import CHOICE, Kept
from allonce.kernel.legal.marketing.tests.scene import stranger

pytestmark = pytest.mark.django_db
COUNTER = Kept("visits", "Counts your visits.", "One day", "analytics")


@pytest.fixture
def _counting() -> Iterator[None]:
    """An installation that keeps something optional."""
    cookies.register_cookie(COUNTER)
    yield
    cookies._register.pop(COUNTER.name)
    purposes._purposes.pop(cookies.consent_code("analytics"))


@pytest.mark.promise("PRIV-COOKIES")
def test_the_cookies_of_signing_in_stand_in_the_register(olivia: Inhabitant) -> None:
    answer = Client().post("/sign-in/", {"email": olivia.person.email, "password": "three unrelated words"})
    assert answer.status_code == 302
    assert {"sessionid", "known_browser"} <= set(answer.cookies)
    assert all(cookies.known_cookie(name) for name in answer.cookies)


@pytest.mark.promise("PRIV-COOKIES")
@pytest.mark.usefixtures("_counting")
def test_nothing_optional_is_allowed_before_somebody_said_yes_and_nothing_after_no() -> None:
    client = stranger()
    assert not allowed(client)
    client.post("/cookies/", {"choice": "all"})
    assert allowed(client)
    client.cookies["visits"] = "7"
    gone = client.post("/cookies/", {"choice": "none"})
    assert not allowed(client)
    assert gone.cookies["visits"]["max-age"] == 0


@pytest.mark.promise("PRIV-COOKIES")
def test_the_page_lists_each_cookie_with_purpose_and_lifetime() -> None:
    page = unescape(Client().get("/cookies/").content.decode())
    for kept in cookies.everything_kept():
        assert kept.name in page
        assert str(kept.lifetime) in page
        assert str(kept.purpose) in page


@pytest.mark.promise("PRIV-COOKIES")
@pytest.mark.usefixtures("_counting")
def test_after_refusing_every_page_still_works(olivia: Inhabitant) -> None:
    for client in (stranger(), olivia.client):
        client.post("/cookies/", {"choice": "none"}, headers={"Origin": "http://testserver"})
        for path in ("/", "/sign-in/", "/sign-up/", "/cookies/", "/newsletter/", "/account/", "/me/consents/"):
            assert client.get(path).status_code in {200, 302}
    assert b"Harbour Blinds" in olivia.client.get("/account/").content


def test_nothing_is_asked_where_nothing_optional_is_kept() -> None:
    assert b"cookie-banner" not in Client().get("/").content
    assert b"nothing to ask you" in Client().get("/cookies/").content


@pytest.mark.usefixtures("_counting")
def test_the_question_stands_on_pages_until_it_is_answered_and_covers_nothing() -> None:
    client = stranger()
    assert b"cookie-banner" in client.get("/").content
    client.post("/cookies/", {"choice": "none", "next": "/"})
    assert b"cookie-banner" not in client.get("/").content


@pytest.mark.usefixtures("_counting")
def test_the_choice_names_nobody_and_lasts_six_months() -> None:
    kept = stranger().post("/cookies/", {"analytics": "on"}).cookies[CHOICE]
    assert kept.value == "1.analytics"
    assert 180 <= kept["max-age"] / 86400 <= 184
    assert kept["httponly"]


@pytest.mark.usefixtures("_counting")
def test_a_signed_in_persons_choice_is_a_consent_that_their_page_of_choices_can_end(olivia: Inhabitant) -> None:
    olivia.client.post("/cookies/", {"choice": "all"}, headers={"Origin": "http://testserver"})
    assert consents.given(olivia.person, "cookies.analytics")
    assert allowed(olivia.client)
    olivia.client.post("/me/consents/", {"purpose": "cookies.analytics", "given": "no"})
    assert not allowed(olivia.client)


def test_a_redirect_after_choosing_leads_to_no_other_site() -> None:
    answer = stranger().post("/cookies/", {"choice": "none", "next": "https://evil.example/"})
    assert answer["Location"] == "/cookies/"


def allowed(client: Client) -> bool:
    """Whether this browser, as it is, may be given something of the kind "analytics"."""
    answer = client.get("/cookies/")
    request: HttpRequest = answer.wsgi_request
    return cookies.allowed(request, "analytics")
