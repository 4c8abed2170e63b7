"""Ways on from those of `test_attacks`: to learn whose number it is, and where somebody lives who is travelling."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allonce.kernel import clock
from allonce.products.dating.models import HiddenContact
from allonce.products.dating.tests.scene import AFTER_NOON, join, maya, noah
from allonce.products.dating.tests.test_attacks import PAGES, TOKENS, Pair, copy_of, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_one_moment() -> object:
    with clock.travel(AFTER_NOON):
        yield


# Whose number or address it is.


def test_21_hiding_a_contact_is_answered_otherwise_if_they_are_a_member(pair: Pair) -> None:
    one, other = pair
    other_member = other.again()
    other_member.phone = "+447400123456"
    other_member.save()
    pages = (*PAGES, "/dating/you/contacts/")

    def tried(text: str) -> list[str]:
        answer = one.client.post("/dating/you/contacts/", {"text": text}, follow=True)
        found = [TOKENS.sub("", answer.content.decode()), *seen(one, pages)]
        HiddenContact.objects.all().delete()
        return found

    seen(one, pages)
    assert tried("07400 123456") == tried("07400 123457")
    assert tried(other.member.person.email) == tried("nobody@dating.example")


def test_22_somebody_suggested_goes_when_their_number_is_hidden_or_comes_back_when_it_is_not() -> None:
    one, other = maya(), noah()
    assert "Noah" in one.client.get("/dating/next/").content.decode()
    one.client.post("/dating/you/contacts/", {"text": other.member.person.email})
    assert "Noah" in one.client.get("/dating/next/").content.decode()
    third = join("Iris")
    third.client.post("/dating/you/contacts/", {"text": other.member.person.email})
    assert "Noah" not in third.client.get("/dating/next/").content.decode()
    third.client.post("/dating/you/contacts/remove/")
    assert "Noah" not in third.client.get("/dating/next/").content.decode()


def test_23_the_server_asks_otherwise_when_a_contact_is_a_member(pair: Pair) -> None:
    one, other = pair

    def asked(text: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            one.client.post("/dating/you/contacts/", {"text": text})
        return [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in queries]

    asked("first@x.example")
    assert asked(other.member.person.email) == asked("nobody@dating.example")


def test_24_many_guesses_of_numbers_are_stopped() -> None:
    one = maya()
    last = [one.client.post("/dating/you/contacts/", {"text": f"g{n}@x.example"}).status_code for n in range(22)]
    assert last[0] == 302 and last[-1] == 429


# Where somebody lives who is travelling, and where they will be.


def test_25_a_visitors_card_photo_list_copy_or_distance_tells_where_they_live() -> None:
    one, there = join("Maya", town="Truro"), join("Theo", "man", "woman", town="Leeds")
    given = {"place": "Leeds", "first": clock.now().date().isoformat(), "last": clock.now().date().isoformat()}
    one.client.post("/dating/you/travel/", given)
    told = seen(there, ("/dating/next/",))
    there.client.post("/dating/now/")
    told += [*seen(there), copy_of(there)]
    assert "Visiting Leeds" in told[0] and "Visiting Leeds" in told[1]
    spot = one.member.spot
    assert not [each for each in told if "Truro" in each or f"{spot['lat']:.2f}" in each or "within" in each]


def test_26_a_trip_is_seen_before_it_begins(pair: Pair) -> None:
    one, other = pair
    before = seen(other), copy_of(other)
    day = (clock.now() + timedelta(days=2)).date().isoformat()
    one.client.post("/dating/you/travel/", {"place": "Leeds", "first": day, "last": day})
    assert (seen(other), copy_of(other)) == before
