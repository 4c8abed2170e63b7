"""One date a day: who is chosen, what a like and a pass let the other side know, and what becomes of two likes."""

import json
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from allonce.kernel import clock, jobs
from allonce.kernel.messaging.models import Stream
from allonce.kernel.notices.models import Notice
from allonce.kernel.post.push.tests.browser import Browser
from allonce.products.dating.models import DailyRun, Date, Match, Met
from allonce.products.dating.noon import noon_of
from allonce.products.dating.services import daily, matching
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, join, maya, noah

pytestmark = pytest.mark.django_db


def at(hours: float = 0) -> AbstractContextManager[None]:
    return clock.travel(AFTER_NOON + timedelta(hours=hours))


def told(dater: Dater) -> list[str]:
    kinds = Notice.objects.filter(person=dater.member.person).order_by("created_at")
    return [each for each in kinds.values_list("kind", flat=True) if each != "dating.date"]


@pytest.mark.promise("DATE-DAILY")
def test_two_who_hope_for_each_other_are_each_others_date_until_the_next_noon(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    assert one.date.other == other.member and other.date.other == one.member
    assert one.date.starts_at == other.date.starts_at
    assert one.date.ends_at - one.date.starts_at == timedelta(hours=24)
    with at():
        page = one.client.get("/dating/today/").content.decode()
    assert "Noah, 35" in page and "Each of you is somebody the other hopes to meet." in page
    with at(24):
        assert "Noah" not in one.client.get("/dating/today/").content.decode()


@pytest.mark.promise("DATE-DAILY")
@pytest.mark.parametrize(
    ("sex", "seeks", "town", "born"),
    [
        ("woman", "woman", "York", 1991),
        ("man", "man", "York", 1991),
        ("woman", "man", "York", 1991),
        ("man", "woman", "York", 1950),
        ("man", "woman", "Auckland", 1991),
    ],
)
def test_nobody_is_chosen_against_what_either_side_hopes_for(sex: str, seeks: str, town: str, born: int) -> None:
    maya()
    join("Other", sex, seeks, town=town, born=born)
    with at():
        daily.run(ZONE, DAY)
    assert not Date.objects.exists()


@pytest.mark.promise("DATE-DAILY")
def test_who_hopes_for_somebody_of_another_gender_is_paired_among_few(pair: tuple[Dater, Dater]) -> None:
    one, other = join("Ada", "other", "man"), join("Rex", "man", "other")
    with at():
        daily.run(ZONE, DAY)
    assert one.date.other == other.member and other.date.other == one.member
    assert pair[0].date.other == pair[1].member


def test_who_has_no_date_is_told_why() -> None:
    alone, rivals = join("Ines", town="Auckland"), [join("Maya"), join("Tess")]
    noah()
    with at():
        for zone in (ZONE, alone.member.zone):
            daily.run(zone, DAY)
        without = next(each for each in rivals if not Date.objects.filter(member=each.member).exists())
        assert "each of them has another date today" in without.client.get("/dating/today/").content.decode()
    with clock.travel(noon_of(alone.member.zone, DAY) + timedelta(minutes=5)):
        assert "Nobody who was here within two days fits" in alone.client.get("/dating/today/").content.decode()


def test_at_noon_the_page_says_that_the_choice_is_being_made() -> None:
    who = maya()
    with at():
        assert "Your date is being chosen" in who.client.get("/dating/today/").content.decode()
        daily.run(ZONE, DAY)
        assert "Your date is being chosen" not in who.client.get("/dating/today/").content.decode()


@pytest.mark.promise("DATE-DAILY")
def test_a_day_run_twice_changes_nothing_and_nobody_meets_twice(pair: tuple[Dater, Dater]) -> None:
    before = list(Date.objects.order_by("pk").values_list("pk", "other_id"))
    with at(1):
        assert daily.run(ZONE, DAY).dates == 0
    assert list(Date.objects.order_by("pk").values_list("pk", "other_id")) == before
    with at(24):
        daily.run(ZONE, DAY + timedelta(days=1))
    assert Date.objects.count() == 2 and Met.objects.count() == 1


def test_a_run_that_was_killed_half_way_is_taken_up_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = [join(f"W{number}") for number in range(4)] + [
        join(f"M{number}", "man", "woman") for number in range(4)
    ]
    monkeypatch.setattr(daily, "BATCH", 1)
    write = daily._write
    written: list[int] = []

    def killed(*given: object) -> int:
        if len(written) == 2:
            raise SystemExit
        written.append(1)
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(daily, "_write", killed)
    with at(), pytest.raises(SystemExit):
        daily.run(ZONE, DAY)
    monkeypatch.setattr(daily, "_write", write)
    assert Date.objects.count() == 4 and daily.due(AFTER_NOON) == [(ZONE, DAY)]
    with at():
        daily.run(ZONE, DAY)
    assert {date.member_id for date in Date.objects.all()} == {each.member.id for each in everybody}
    assert DailyRun.objects.get().finished_at and daily.due(AFTER_NOON) == []


@pytest.mark.promise("DATE-LIKE")
def test_a_like_shows_on_the_dates_own_card_and_nowhere_else_before_it_is_mutual(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        others_pages = ("/dating/matches/", "/dating/you/", "/me/notices/")
        before = [other.client.get(each).content for each in others_pages]
        one.client.post(f"/dating/today/{one.date.id}/like/")
        assert told(other) == []
        assert not Match.objects.exists()
        after = [other.client.get(each).content for each in others_pages]
        assert "Maya likes you." in other.client.get("/dating/today/").content.decode()
    assert [len(each) for each in before] == [len(each) for each in after]


@pytest.mark.promise("DATE-PASS")
def test_a_pass_changes_nothing_that_the_other_side_could_see(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        before = _without_tokens(other.client.get("/dating/today/").content.decode())
        one.client.post(f"/dating/today/{one.date.id}/pass/")
        assert "Passed, and nobody knows." in one.client.get("/dating/today/").content.decode()
        assert _without_tokens(other.client.get("/dating/today/").content.decode()) == before
        other.client.post(f"/dating/today/{other.date.id}/like/")
    assert told(one) == told(other) == []
    assert not Match.objects.exists()


@pytest.mark.promise("DATE-PASS")
def test_after_a_pass_a_paid_message_of_either_still_makes_contact(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/pass/")
        other.client.post(f"/dating/today/{other.date.id}/like/")
        assert not Match.objects.exists()
        other.client.post(f"/dating/today/{other.date.id}/write/", {"text": "I had to ask."})
        assert "wrote to you" in one.client.get("/dating/matches/").content.decode()


@pytest.mark.promise("DATE-MATCH-CHAT")
def test_two_likes_are_a_match_told_to_both_with_a_conversation(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/like/")
        answer = other.client.post(f"/dating/today/{other.date.id}/like/")
        match = Match.objects.get()
        assert answer["Location"] == f"/dating/matches/{match.id}/"
        assert told(one) == told(other) == ["dating.match"]
        assert Stream.objects.get(pk=match.id).account_id == match.id
        for each in pair:
            assert each.client.get(f"/dating/matches/{match.id}/").status_code == 200


@pytest.mark.promise("DATE-NOTIFY")
def test_a_match_wakes_the_browser_that_a_member_lets_be_woken_and_names_nobody(
    pair: tuple[Dater, Dater], browser: Browser
) -> None:
    one, other = pair
    with at():
        other.client.post("/me/notices/browser/", {"on": browser.info}, content_type="application/json")
        one.client.post(f"/dating/today/{one.date.id}/like/")
        jobs.run_due()
        assert browser.server.calls == []
        other.client.post(f"/dating/today/{other.date.id}/like/")
        jobs.run_due()
        (call,) = browser.server.calls
    said = json.loads(browser.plain(call.body))
    assert said["title"] == "It is a match" and "/dating/matches/" in said["url"]
    assert "Maya" not in str(said)


def test_what_was_answered_stays_answered_and_what_is_over_takes_no_answer(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/pass/")
        one.client.post(f"/dating/today/{one.date.id}/like/")
    assert one.date.liked_at is None
    with at(25):
        _other.client.post(f"/dating/today/{_other.date.id}/like/")
    assert _other.date.liked_at is None


def test_a_third_member_and_a_stranger_reach_neither_date_nor_match(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    third = join("Tess")
    with at():
        made = matching.match(one.member, other.member)
        addresses = [
            ("post", f"/dating/today/{one.date.id}/like/"),
            ("post", f"/dating/today/{one.date.id}/pass/"),
            ("get", f"/dating/matches/{made.id}/"),
            ("get", f"/dating/matches/{made.id}/profile/"),
            ("post", f"/dating/matches/{made.id}/end/"),
        ]
        for method, address in addresses:
            assert getattr(third.client, method)(address).status_code == 404, address
            assert getattr(Client(), method)(address).status_code == 302, address
    assert one.date.liked_at is None and one.date.passed_at is None
    assert Match.objects.exists()


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)
