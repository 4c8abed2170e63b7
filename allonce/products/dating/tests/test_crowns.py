"""Crowns and VIP: what is given, what is sold, and what happens without any."""

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.accounts.tests import people
from allonce.products.dating.deployment import check_welcome
from allonce.products.dating.models import Date, InstantWait
from allonce.products.dating.services import daily, loyalty, paying, profile
from allonce.products.dating.tests.scene import ZONE, maya, noah
from allonce.products.dating.tests.spending import NEXT_DAY, at, choose, crowns, without_crowns

pytestmark = pytest.mark.django_db


@pytest.mark.promise("DATE-CROWNS")
def test_everybody_is_welcomed_with_the_same_and_thanked_each_month_once() -> None:
    with at():
        both = maya(), noah()
        assert [crowns(each) for each in both] == [3, 3]
        profile.consent(both[0].member, "woman", ["man"])
        assert crowns(both[0]) == 3
    with at(24 * 30):
        people.browser_of(both[0].member.person).get("/dating/today/")
        loyalty.thank_all(clock.now())
        loyalty.thank_all(clock.now())
    assert [crowns(each) for each in both] == [4, 3]


@pytest.mark.promise("DATE-CROWNS")
def test_a_welcome_that_differs_by_gender_is_the_operators_own_choice_and_is_warned_of(settings: Settings) -> None:
    assert check_welcome() == []
    settings.DATING_WELCOME_BY_GENDER = {"man": 1}
    assert "discrimination" in str(check_welcome()[0].hint)
    with at():
        assert [crowns(each) for each in (maya(), noah())] == [3, 1]


def test_without_crowns_nothing_happens_and_the_page_says_where_there_are_some() -> None:
    with at():
        one, other = maya(), noah()
        without_crowns(one)
        one.client.get("/dating/next/")
        assert "Get Crowns" in one.client.get(f"/dating/next/{other.member.id}/").content.decode()
        for address in (f"/dating/next/{other.member.id}/", "/dating/now/"):
            assert one.client.post(address)["Location"] == "/dating/crowns/"
    assert not Date.objects.exists() and not InstantWait.objects.exists()


@pytest.mark.promise("DATE-VIP")
def test_the_crowns_page_offers_packs_and_vip_at_their_prices() -> None:
    one = maya()
    page = one.client.get("/dating/crowns/").content.decode()
    for price in ("19.99", "44.99", "59.99"):
        assert price in page
    order = one.client.get("/me/billing/order/vip.3/").content.decode()
    assert "44.99" in order and "VIP, 3 months" in order


def test_vip_covers_choosing_and_dates_at_once_but_no_first_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with at():
        one, other = maya(), noah()
        monkeypatch.setattr(paying, "is_vip", lambda member: member.pk == one.member.pk)
        choose(one, other)
        assert crowns(one) == 3
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "Hello"})
    assert crowns(one) == 2
