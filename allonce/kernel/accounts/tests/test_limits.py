"""Scrapers and floods meet a wall; people at work do not; and nothing can be found by counting through it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.declarations import evidence_for

pytestmark = [pytest.mark.django_db, pytest.mark.promise("SEC-AUTOMATED-ACCESS")]


@pytest.fixture(autouse=True)
def _low_limits(settings: Settings, one_moment: None) -> Iterator[None]:
    settings.STRANGER_REQUESTS, settings.SIGNED_IN_REQUESTS, settings.ACCOUNT_REQUESTS = 3, 5, 7
    cache.clear()
    yield
    cache.clear()


def statuses(client: Client, path: str, times: int, **extra: str) -> list[int]:
    return [client.get(path, **extra).status_code for _ in range(times)]  # type: ignore[arg-type]  # META by name


def test_a_stranger_is_answered_up_to_the_limit_and_told_when_to_come_again() -> None:
    assert statuses(Client(), "/licences/", 3) == [200, 200, 200]
    refused = Client().get("/licences/")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "Wait a little" in refused.content.decode()


def test_programs_are_told_in_their_own_words() -> None:
    statuses(Client(), "/licences/", 3)
    refused = Client().get("/licences/", headers={"Accept": "application/json"})
    assert refused["Content-Type"] == "application/problem+json"
    assert (refused.json()["status"], refused.json()["code"]) == (429, "too_many")
    assert refused.json()["retry_after"] == int(refused["Retry-After"])


def test_the_api_is_limited_too() -> None:
    answers = [Client().get("/api/openapi.json") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"


def test_an_invented_token_does_not_lift_the_limit_of_public_pages() -> None:
    headers = {"HTTP_AUTHORIZATION": "Bearer invented"}
    assert statuses(Client(), "/licences/", 4, **headers)[-1] == 429


def test_the_next_minute_starts_anew() -> None:
    assert statuses(Client(), "/licences/", 4)[-1] == 429
    with travel(now().replace(year=2031)):
        assert Client().get("/licences/").status_code == 200


def test_one_address_does_not_use_up_anothers_requests() -> None:
    assert statuses(Client(), "/licences/", 4, REMOTE_ADDR="198.51.100.7")[-1] == 429
    assert Client().get("/licences/", REMOTE_ADDR="198.51.100.8").status_code == 200


def test_fresh_addresses_of_one_network_count_together() -> None:
    found = [Client().get("/licences/", REMOTE_ADDR=f"2001:db8:1:2::{n:x}").status_code for n in range(1, 5)]
    assert found == [200, 200, 200, 429]
    assert Client().get("/licences/", REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_people_who_signed_in_may_do_more_but_not_anything(olivia: Inhabitant) -> None:
    assert statuses(olivia.client, "/account/", 6) == [200] * 5 + [429]


def test_a_person_is_limited_over_all_their_addresses(olivia: Inhabitant) -> None:
    found = [olivia.client.get("/account/", REMOTE_ADDR=f"198.51.100.{n}").status_code for n in range(6)]
    assert found == [200] * 5 + [429]


def test_an_account_is_limited_over_all_its_people(olivia: Inhabitant) -> None:
    colleague = people.colleague(olivia, Role.OFFICE)
    for n in range(4):
        assert olivia.client.get("/account/", REMOTE_ADDR=f"198.51.100.{n}").status_code == 200
    found = [colleague.client.get("/account/", REMOTE_ADDR=f"203.0.113.{n}").status_code for n in range(4)]
    assert found == [200, 200, 200, 429]


def test_an_account_is_limited_over_all_its_phones(settings: Settings) -> None:
    phone = registered_phone(make_shop("hello@harbour.example"))
    settings.SIGNED_IN_REQUESTS, settings.ACCOUNT_REQUESTS = 100, 2
    cache.clear()
    assert [phone.get("/sync").status_code for _ in range(3)][-1] == 429


def test_a_phone_may_fetch_all_files_of_its_app_at_once() -> None:
    assert 429 not in statuses(Client(), "/mobile/nothing-like-this.js", 20)


def test_no_limit_is_counted_under_an_address(settings: Settings) -> None:
    Client().get("/licences/", REMOTE_ADDR="198.51.100.7")
    if not settings.REDIS_URL:
        kept = repr(vars(cache._connections)) if hasattr(cache, "_connections") else ""
        kept += repr(list(getattr(cache, "_cache", {})))
        assert "limit:" in kept
        assert "198.51.100.7" not in kept


def test_accounts_and_people_cannot_be_counted_through(settings: Settings, olivia: Inhabitant) -> None:
    settings.STRANGER_REQUESTS = settings.SIGNED_IN_REQUESTS = settings.ACCOUNT_REQUESTS = 0
    ben = people.owner("Bayside Blinds", "Ben Bay")
    member = ben.account.memberships.get().pk
    tries = [
        ("post", f"/account/switch/{ben.account.id}/", f"/account/switch/{uuid4()}/"),
        ("post", f"/account/people/{member}/remove/", "/account/people/987654321/remove/"),
        ("get", f"/operator/accounts/{ben.account.id}/", f"/operator/accounts/{uuid4()}/"),
    ]
    for method, theirs, nobodys in tries:
        found = [getattr(olivia.client, method)(path) for path in (theirs, nobodys)]
        assert [each.status_code for each in found] == [404, 404], theirs
        assert found[0].content.replace(theirs.encode(), b"") == found[1].content.replace(nobodys.encode(), b"")


def test_sign_in_and_sign_up_answer_alike_whether_somebody_is_known(settings: Settings, olivia: Inhabitant) -> None:
    settings.STRANGER_REQUESTS = 0
    for path in ("/sign-in/forgotten/", "/sign-up/"):
        answers = [Client().post(path, {"email": each}) for each in (olivia.person.email, "nobody@nowhere.example")]
        assert len({(each.status_code, each.headers.get("Location")) for each in answers}) == 1, path


def test_the_promises_page_hears_whether_limits_are_on(settings: Settings) -> None:
    assert [each.holds for each in evidence_for("SEC-AUTOMATED-ACCESS")] == [True]
    settings.STRANGER_REQUESTS = 0
    assert [each.holds for each in evidence_for("SEC-AUTOMATED-ACCESS")] == [False]
