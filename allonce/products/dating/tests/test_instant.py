"""A date at once: with somebody who is here, or the Crown back."""

import pytest

from allonce.kernel.billing import credits as ledger
from allonce.products.dating.models import Block, Date, InstantWait, Report
from allonce.products.dating.services import instant
from allonce.products.dating.tests.scene import Dater, join, maya, noah
from allonce.products.dating.tests.spending import at, crowns

pytestmark = pytest.mark.django_db


@pytest.mark.promise("DATE-INSTANT")
def test_a_date_at_once_is_with_somebody_who_is_here_now() -> None:
    with at():
        one, other = maya(), noah()
        assert one.client.post("/dating/now/")["Location"] == "/dating/today/"
        assert one.date.other == other.member and other.date.other == one.member
        assert "Noah" in one.client.get("/dating/today/").content.decode()
    assert [crowns(one), crowns(other)] == [2, 3]
    assert ledger.check() == []


@pytest.mark.promise("DATE-INSTANT")
def test_when_nobody_is_here_the_crown_comes_back_within_minutes() -> None:
    with at(-3):
        noah()
    with at():
        one = maya()
        assert "Looking for somebody" in one.client.post("/dating/now/", follow=True).content.decode()
        assert crowns(one) == 2
    with at(0.1):
        instant.look_for_all()
        assert "Nothing was taken" in one.client.get("/dating/now/").content.decode()
    assert crowns(one) == 3 and not Date.objects.exists() and ledger.check() == []


def test_two_who_look_at_once_pay_for_one_date_between_them() -> None:
    with at(-3):
        one, other = maya(), noah()
    with at():
        one.client.post("/dating/now/")
    with at(0.05):
        other.client.post("/dating/now/")
        assert one.date.other == other.member
    assert crowns(one) + crowns(other) == 5
    assert set(InstantWait.objects.values_list("state", flat=True)) == {"met"}


def test_a_search_can_be_stopped_and_asking_twice_sets_aside_once() -> None:
    with at():
        one = maya()
        one.client.post("/dating/now/")
        one.client.post("/dating/now/")
        assert crowns(one) == 2
        one.client.post("/dating/now/stop/")
        assert crowns(one) == 3


def test_a_date_at_once_stands_beside_the_date_of_the_day(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    with at():
        third = join("Theo", "man", "woman")
        one.client.post("/dating/now/")
        page = one.client.get("/dating/today/").content.decode()
        assert "Theo, 33" in page and "Your date of the day: Noah" in page
        dates = {date.other_id: date for date in Date.objects.filter(member=one.member)}
        other = dates[_other.member.id]
        assert "Noah, 35" in one.client.get(f"/dating/today/?date={other.pk}").content.decode()
    assert third.member.id in dates


def test_a_search_that_found_somebody_cannot_be_stopped_for_nothing() -> None:
    with at():
        one, _other = maya(), noah()
        one.client.post("/dating/now/")
        answer = one.client.post("/dating/now/stop/", follow=True).content.decode()
    assert "nothing was taken" not in answer and crowns(one) == 2


def test_somebody_blocked_or_reported_is_nobodys_date_at_once() -> None:
    with at():
        one, other, fourth = maya(), noah(), join("Theo", "man", "woman")
        Block.objects.create(by=other.member, blocked=one.member)
        Report.objects.create(by=one.member, about=fourth.member, category="money")
        one.client.post("/dating/now/")
    assert not Date.objects.exists()
