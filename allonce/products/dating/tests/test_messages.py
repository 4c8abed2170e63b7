"""What a message gives away: its writer is asked first, its reader is warned calmly, and nothing of it is kept."""

from uuid import uuid4

import pytest
from django.test import Client

from allonce.kernel import clock
from allonce.kernel.messaging import Draft, Seat
from allonce.kernel.messaging.streams import append
from allonce.products.dating.models import Match, Signal
from allonce.products.dating.noticing import words
from allonce.products.dating.services import matching
from allonce.products.dating.stream import MatchKind, ThinkAgain
from allonce.products.dating.tests.scene import AFTER_NOON, Dater
from allonce.products.dating.warnings import TO_READER, TO_WRITER


@pytest.mark.promise("DATE-SAFETY")
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Call me on 07700 900123", ["phone"]),
        ("my number is +44 7400 123456", ["phone"]),
        ("07700.900.123", ["phone"]),
        ("maya.m@mail.example", ["mail"]),
        ("maya at gmail dot com", ["mail"]),
        ("maya (at) gmail (dot) com", ["mail"]),
        ("look: https://a.example/x", ["link"]),
        ("all of it at foo.com", ["link"]),
        ("t.me/maya", ["link"]),
        ("I live at 12 Gillygate Street", ["address"]),
        ("come to YO31 7EP", ["address"]),
        ("Are you on WhatsApp?", ["messenger"]),
        ("I am on Signal, too", ["messenger"]),
        ("Could you lend me £200?", ["money"]),
        ("I lost my wallet. Please SEND ME some money!", ["money"]),
        ("It needs only a gift card", ["money"]),
        ("I'll pay you back", ["money"]),
        ("I need 500 euros for a visa, my IBAN is below", ["money"]),
    ],
)
def test_what_had_better_wait_is_noticed(text: str, kinds: list[str]) -> None:
    assert list(words.notice(text)) == kinds


@pytest.mark.promise("DATE-SAFETY")
@pytest.mark.parametrize(
    "text",
    [
        "Saturday at 12:30, or on 2026-12-05?",
        "It is five minutes down the road",
        "5 minutes down the road, 2 steps to the way in",
        "Money is not everything, but the bank holiday was lovely.",
        "I read 3 books in 2 weeks and would lend you one",
        "The traffic signal on the corner was red for 20 minutes",
        "We were 1200 people at the concert of 2019",
        "That costs £3.50 at the market",
        "Let me pay for the coffee, then you pay for the cake",
    ],
)
def test_everyday_words_raise_nothing(text: str) -> None:
    assert words.notice(text) == ()


def test_every_kind_has_words_for_both_sides_and_staff_can_read_the_phrases() -> None:
    assert set(TO_WRITER) == set(TO_READER) == set(words.KINDS)
    assert "gift card" in words.phrases() and all(words.asks_for_money(_spoken(each)) for each in words.phrases())


def _spoken(phrase: str) -> str:
    return phrase.replace("#", "£50").replace("*", "some")


@pytest.fixture
def made(pair: tuple[Dater, Dater]) -> Match:
    return matching.match(pair[0].member, pair[1].member)


def prepared(made: Match, who: Dater, text: str, **more: object) -> Draft:
    seat = Seat(made.id, who.member.seat, staff=False)
    return MatchKind().prepare(seat, Draft(uuid4(), "text", {"text": text, **more}))


@pytest.mark.promise("DATE-SAFETY")
@pytest.mark.django_db
def test_the_writer_is_asked_first_and_may_send_it_all_the_same(pair: tuple[Dater, Dater], made: Match) -> None:
    with pytest.raises(ThinkAgain) as asked:
        prepared(made, pair[0], "Call me on 07700 900123, or lend me £20")
    assert str(TO_WRITER["phone"]) in str(asked.value.message) and str(TO_WRITER["money"]) in str(asked.value.message)
    sent = prepared(made, pair[0], "Call me on 07700 900123, or lend me £20", sure=True)
    assert sent.body == {"text": "Call me on 07700 900123, or lend me £20", "marks": ["money", "phone"]}
    assert prepared(made, pair[0], "Hello", sure=True, marks=["money"]).body == {"text": "Hello"}


@pytest.mark.promise("DATE-SAFETY")
@pytest.mark.django_db
def test_the_readers_page_has_the_words_that_stand_beside_a_marked_message(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    with clock.travel(AFTER_NOON):
        page = pair[1].client.get(f"/dating/matches/{made.id}/").content.decode()
    for said in TO_READER.values():
        assert str(said) in page


@pytest.mark.django_db
@pytest.mark.parametrize(("marks", "signals"), [(["money"], 1), (["phone"], 0), ([], 0)])
def test_a_request_for_money_is_a_sign_and_nothing_else_is(
    pair: tuple[Dater, Dater], made: Match, marks: list[str], signals: int
) -> None:
    one, _other = pair
    for _ in range(2):
        append(made.id, one.member.seat, Draft(uuid4(), "text", {"text": "Secret words", "marks": marks}))
    found = list(Signal.objects.all())
    assert [each.member for each in found] == [one.member] * signals
    assert "Secret" not in str([each.facts for each in found])


PLAN = {"with_name": "Noah", "where": "The market café", "meets": "2026-12-04T18:30"}


@pytest.mark.promise("DATE-SAFETY")
@pytest.mark.django_db
def test_a_plan_shows_a_trusted_person_where_when_and_with_whom_until_the_day_after(
    pair: tuple[Dater, Dater],
) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        assert one.client.post("/dating/safety/plans/", PLAN).status_code == 302
        page = one.client.get("/dating/safety/plans/").content.decode()
        link = page[page.index("/dating/plan/") :].split('"')[0]
        answer = Client().get(link)
        shown = answer.content.decode()
        assert all(each in shown for each in ("Maya", "Noah", "The market café", "Friday 4 December 2026, 18:30"))
        for hidden in (one.member.place or "York", "1993", "maya@dating.example", str(one.member.id)):
            assert hidden not in shown
        assert answer["Referrer-Policy"] == "no-referrer"
        assert other.client.get("/dating/safety/plans/").content.decode().count("/dating/plan/") == 0
        assert Client().get(link[:-4] + "abc/").status_code == 404
    with clock.travel(AFTER_NOON.replace(month=12, day=5, hour=23)):
        assert Client().get(link).status_code == 200
    with clock.travel(AFTER_NOON.replace(month=12, day=6, hour=0, minute=1)):
        assert Client().get(link).status_code == 404


@pytest.mark.django_db
def test_a_plan_removed_opens_nothing_and_only_its_member_removes_it(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        one.client.post("/dating/safety/plans/", PLAN)
        plan = one.member.plans.get()
        assert other.client.post(f"/dating/safety/plans/{plan.id}/remove/").status_code == 404
        one.client.post(f"/dating/safety/plans/{plan.id}/remove/")
        assert not one.member.plans.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("meets", ["2026-11-29T18:30", "2027-06-01T18:30", "soon"])
def test_a_plan_for_a_day_that_makes_no_sense_is_sent_back(pair: tuple[Dater, Dater], meets: str) -> None:
    one, _other = pair
    with clock.travel(AFTER_NOON):
        answer = one.client.post("/dating/safety/plans/", PLAN | {"meets": meets})
    assert answer.status_code == 422 and "The market café" in answer.content.decode()
    assert not one.member.plans.exists()


@pytest.mark.promise("DATE-SAFETY")
@pytest.mark.django_db
def test_the_safety_page_is_one_press_from_chat_and_you_and_says_what_to_do(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    one, _other = pair
    with clock.travel(AFTER_NOON):
        for page in (f"/dating/matches/{made.id}/", "/dating/you/"):
            assert 'href="/dating/safety/"' in one.client.get(page).content.decode()
        page = one.client.get("/dating/safety/").content.decode()
    for said in ("Keep telephone number, address and surname", "busy public place", "Tell somebody", "tel:999"):
        assert said in page
