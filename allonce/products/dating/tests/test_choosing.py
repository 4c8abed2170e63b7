"""Choosing the next date: who is shown, what it costs, and that nobody learns of it before the noon, or of why."""

import pytest

from allonce.kernel import clock
from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.privacy.rights.services import erasing
from allonce.products.dating import places
from allonce.products.dating.models import Block, Date, Suggestion
from allonce.products.dating.services import around, choosing, daily, profile
from allonce.products.dating.tests.scene import ZONE, join, maya, noah
from allonce.products.dating.tests.spending import NEXT_DAY, at, choose, copy_of, crowns, kinds_told, plain

pytestmark = pytest.mark.django_db


def test_an_index_that_was_prepared_answers_as_one_that_was_not() -> None:
    with at():
        one, _other = maya(), noah()
        around.prepare(ZONE)
        assert "Noah, 35" in one.client.get("/dating/next/").content.decode()
        around.prepare("Pacific/Auckland")


@pytest.mark.promise("DATE-NEXT")
def test_the_one_chosen_is_the_date_of_the_next_noon_for_both_and_the_crown_is_taken_once() -> None:
    with at():
        one, other = maya(), noah()
        page = one.client.get("/dating/next/").content.decode()
        assert "Noah, 35" in page and "1 Crown" in page
        choose(one, other)
        choose(one, other)
        assert crowns(one) == 2 and not Date.objects.exists()
        assert "You chose Noah." in one.client.get("/dating/next/").content.decode()
        assert "Noah" not in one.client.get("/dating/today/").content.decode()
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        daily.run(ZONE, NEXT_DAY)
        assert "Maya" in other.client.get("/dating/today/").content.decode()
    assert Date.objects.count() == 2
    assert kinds_told(one) == kinds_told(other) == ["dating.date"]
    assert ledger.check() == [] and crowns(one) == 2


@pytest.mark.promise("DATE-NEXT")
@pytest.mark.parametrize(
    ("sex", "seeks", "born"), [("man", "man", 1991), ("woman", "woman", 1991), ("man", "woman", 1950)]
)
def test_nobody_is_suggested_against_what_either_side_hopes_for(sex: str, seeks: str, born: int) -> None:
    with at():
        one, other = maya(), join("Other", sex, seeks, born=born)
        assert "Other" not in one.client.get("/dating/next/").content.decode()
        assert one.client.post(f"/dating/next/{other.member.id}/").status_code == 404
    assert crowns(one) == 3 and not Date.objects.exists()


def test_whoever_is_chosen_sees_nothing_of_it_before_noon() -> None:
    with at():
        one, other = maya(), noah()
        pages = ("/dating/today/", "/dating/next/", "/dating/matches/", "/dating/you/", "/me/notices/", "/me/data/")
        for each in pages:
            other.client.get(each)
        before = [plain(other.client.get(each).content.decode()) for each in pages]
        copied = copy_of(other)
        choose(one, other)
        after = [plain(other.client.get(each).content.decode()) for each in pages]
        assert copy_of(other) == copied
    assert "Maya, 33" in before[1]
    assert after == before


def test_two_who_choose_each_other_pay_for_one_date_between_them() -> None:
    with at():
        one, other = maya(), noah()
        choose(one, other)
        choose(other, one)
        assert "You chose Maya." in other.client.get("/dating/next/").content.decode()
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        daily.run(ZONE, NEXT_DAY)
    assert one.date.other == other.member and Date.objects.count() == 2
    assert crowns(one) + crowns(other) == 5
    assert kinds_told(one) == kinds_told(other) == ["dating.date"]
    assert ledger.check() == []


def test_ones_own_choice_comes_before_being_chosen_and_the_other_has_the_crown_back_at_noon() -> None:
    with at():
        one, other, third = maya(), noah(), join("Iris")
        other.client.get("/dating/next/")
        choose(one, other)
        choose(other, third)
        assert "You chose Noah." in one.client.get("/dating/next/").content.decode()
        assert crowns(one) == 2
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
    assert other.date.other == third.member
    assert crowns(one) == 3 and crowns(other) == 2
    assert not Date.objects.filter(member=one.member).exists()
    assert ledger.check() == []


def test_a_chosen_date_whose_other_side_left_does_not_begin_and_costs_nothing() -> None:
    with at():
        one, other = maya(), noah()
        choose(one, other)
        profile.pause(other.again())
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        assert not Date.objects.exists() and crowns(one) == 3
        profile.come_back(other.again())
        daily.run(ZONE, NEXT_DAY)
    assert one.date.other == other.member, "the two never met, so they can be chosen again"


def test_two_who_choose_the_same_at_once_do_not_both_pay() -> None:
    with at():
        one, rival, other = maya(), join("Iris"), noah()
        rival.client.get("/dating/next/")
        choose(one, other)
        answer = rival.client.post(f"/dating/next/{other.member.id}/", follow=True).content.decode()
    assert "Nothing was taken" in answer
    assert [crowns(one), crowns(rival)] == [2, 3]


def test_the_suggestions_stay_the_same_until_noon_so_that_nobody_can_draw_the_whole_town() -> None:
    with at():
        one = maya()
        for number in range(12):
            join(f"M{number}", "man", "woman")
        for _ in range(4):
            one.client.get("/dating/next/")
        assert Suggestion.objects.filter(member=one.member).count() == choosing.SHOWN
        others = set(Suggestion.objects.values_list("other", flat=True))
        hidden = next(date for date in one.member.__class__.objects.exclude(pk__in=others) if date.sex == "man")
        assert one.client.get(f"/dating/next/{hidden.id}/").status_code == 404


def test_a_block_after_the_choice_gives_the_crown_back() -> None:
    with at():
        one, other = maya(), noah()
        choose(one, other)
        Block.objects.create(by=other.member, blocked=one.member)
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
    assert not Date.objects.exists() and crowns(one) == 3 and ledger.check() == []


def test_moving_away_after_the_choice_neither_loses_the_crown_nor_makes_it_free() -> None:
    with at():
        one, other = maya(), noah()
        choose(one, other)
        town = places.named("Auckland")
        assert town
        profile.live_in(one.again(), town)
    with at(23.99):
        choosing.begin(clock.now())
    assert not Date.objects.exists() and crowns(one) == 3
    assert Suggestion.objects.get(chosen_at__isnull=False).settled_at


def test_who_was_not_here_for_two_days_or_changed_their_hopes_is_nobodys_choice() -> None:
    with at(-50):
        noah()
    with at():
        one, changed = maya(), join("Theo", "man", "woman")
        assert "Theo, 33" in one.client.get("/dating/next/").content.decode()
        profile.consent(changed.again(), "man", ["man"])
        page = one.client.get("/dating/next/").content.decode()
        one.client.post(f"/dating/next/{changed.member.id}/")
    assert "Noah" not in page and "Theo" not in page
    assert crowns(one) == 3


def test_the_crown_comes_back_when_the_one_chosen_leaves_for_good() -> None:
    with at():
        one, other = maya(), noah()
        choose(one, other)
        erasing.erase_person(other.member.person_id, actor=Actor(kind="person", id=other.member.person_id))
        assert crowns(one) == 3
