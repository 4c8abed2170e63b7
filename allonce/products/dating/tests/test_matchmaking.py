"""Matchmakers: what they see without and with a reason, what is recorded of it, and a pick that begins at noon."""

import re
from datetime import timedelta

import pytest

from allonce.kernel import clock
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor, person_looks
from allonce.kernel.audit.models import Entry
from allonce.kernel.privacy.rights.services import erasing, limits
from allonce.products.dating.models import Block, Date, Pick, Shortlist
from allonce.products.dating.services import daily, matchmaking, profile
from allonce.products.dating.tests.scene import ZONE, Dater, join, maya, noah
from allonce.products.dating.tests.spending import NEXT_DAY, at, choose, copy_of, crowns, kinds_told, plain

pytestmark = pytest.mark.django_db
ROOT = "/operator/dating/matchmaking/"
REASON = "Weekly round for those who wait longest"


def open_list(staff: Inhabitant, who: Dater) -> str:
    answer = staff.client.post(f"{ROOT}{who.member.id}/", {"reason": REASON}, follow=True)
    return str(answer.content.decode())


def pick(staff: Inhabitant, who: Dater, other: Dater) -> str:
    answer = staff.client.post(f"{ROOT}{who.member.id}/{other.member.id}/pick/", follow=True)
    return str(answer.content.decode())


def test_the_list_tells_how_long_people_around_a_town_wait_and_nothing_of_who_they_are() -> None:
    with at(-24 * 9):
        one = maya()
    with at():
        one.client.get("/dating/today/")
        noah()
        join("Faye", town="Truro")
        sam = people.staff()
        page = sam.client.get(f"{ROOT}?town=York").content.decode()
        assert page.index("9 days") < page.index("0 days") and page.count("Number ") == 2
        assert "Maya" not in page and "Noah" not in page and "@dating.example" not in page
        assert not person_looks(one.member.person_id).exists()
        assert "Nobody waits there" in sam.client.get(f"{ROOT}?town=Aberdeen").content.decode()
        assert "do not know this town" in sam.client.get(f"{ROOT}?town=Nowhereville").content.decode()


def test_each_one_looked_at_can_read_who_looked_when_and_why() -> None:
    with at():
        one, other, stranger = maya(), noah(), join("Ella", "woman", "woman")
        sam = people.staff()
        assert "Maya" not in sam.client.get(f"{ROOT}{one.member.id}/").content.decode()
        page = open_list(sam, one)
        assert "Maya, 33" in page and "Noah, 35" in page and "Ella" not in page
        for each in (one, other):
            look = person_looks(each.member.person_id).get()
            assert look.staff_id == sam.person.id and look.reason == REASON
        assert not person_looks(stranger.member.person_id).exists()


def test_without_a_reason_nothing_opens_and_after_an_hour_it_is_closed_again() -> None:
    with at():
        one, _other = maya(), noah()
        sam = people.staff()
        answer = sam.client.post(f"{ROOT}{one.member.id}/", {"reason": "look"})
        assert answer.status_code == 422 and not Shortlist.objects.exists()
        open_list(sam, one)
        kim = people.fellow(sam, "matchmaking")
        assert "Maya" not in kim.client.get(f"{ROOT}{one.member.id}/").content.decode()
    with at(1.1):
        page = sam.client.get(f"{ROOT}{one.member.id}/").content.decode()
        assert "Maya" not in page and "Open with a reason" in page


def test_nothing_on_the_page_tells_whom_somebody_hopes_to_meet() -> None:
    with at():
        one, _other = join("Ella", "woman", "woman man"), join("Zoe", "woman", "woman")
        page = open_list(people.staff(), one)
        body = page[page.index("Shortlist for") :]
        assert "Zoe" in body and "Each of you is somebody the other hopes to meet." in body
        assert not re.search(r"\b(men|man|women|woman|seeks|bisexual|lesbian|gay|straight)\b", body, re.IGNORECASE)


def test_a_pick_is_their_date_at_noon_and_neither_learns_of_it_before() -> None:
    with at():
        one, other = maya(), noah()
        join("Iris")
        join("Theo", "man", "woman")
        sam = people.staff()
        open_list(sam, one)
        pages = ("/dating/today/", "/dating/matches/", "/dating/you/", "/dating/next/", "/me/notices/")
        for each in pages:
            one.client.get(each)
            other.client.get(each)
        before = [plain(who.client.get(each).content.decode()) for who in (one, other) for each in pages]
        copied = copy_of(one), copy_of(other)
        assert "Picked" in pick(sam, one, other)
        assert [plain(who.client.get(each).content.decode()) for who in (one, other) for each in pages] == before
        assert (copy_of(one), copy_of(other)) == copied
        assert Entry.objects.filter(action="dating.picked", actor_id=sam.person.id).count() == 1
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        daily.run(ZONE, NEXT_DAY)
    assert one.date.other == other.member and other.date.other == one.member
    assert kinds_told(one) == kinds_told(other) == ["dating.date"] and Date.objects.count() == 4


def test_a_members_own_choice_comes_before_a_pick() -> None:
    with at():
        one, other, third = maya(), noah(), join("Iris")
        sam = people.staff()
        open_list(sam, one)
        pick(sam, one, other)
        choose(other, third)
        assert crowns(other) == 2
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
    assert other.date.other == third.member and Pick.objects.get().settled_at
    assert not Date.objects.filter(member=one.member).exists()


def test_whoever_is_picked_or_has_chosen_is_on_no_other_list() -> None:
    with at():
        one, other, third, fourth = maya(), noah(), join("Iris"), join("Theo", "man", "woman")
        sam = people.staff()
        for each in (one, third):
            open_list(sam, each)
        pick(sam, one, other)
        assert "cannot be each other" in pick(sam, third, other)
        assert "Noah" not in open_list(sam, third)
        choose(fourth, third)
        assert "cannot be each other" in pick(sam, third, fourth)
    assert Pick.objects.count() == 1


@pytest.mark.parametrize("what", ["block", "pause", "contact", "object"])
def test_what_happens_between_pick_and_noon_counts(what: str) -> None:
    with at():
        one, other = maya(), noah()
        sam = people.staff()
        open_list(sam, one)
        pick(sam, one, other)
        if what == "block":
            Block.objects.create(by=other.member, blocked=one.member)
        elif what == "pause":
            profile.pause(other.again())
        elif what == "contact":
            other.client.post("/dating/you/contacts/", {"text": one.member.person.email})
        else:
            limits.object_to(one.member.person, "profiling", actor=Actor(kind="person", id=one.member.person_id))
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
    assert not Date.objects.exists() and Pick.objects.get().settled_at


def test_a_pick_can_be_taken_back_before_noon() -> None:
    with at():
        one, other = maya(), noah()
        sam = people.staff()
        open_list(sam, one)
        assert "Take the pick back" in pick(sam, one, other)
        sam.client.post(f"{ROOT}{one.member.id}/undo/")
        assert not Pick.objects.exists()
        assert sam.client.post(f"{ROOT}{one.member.id}/undo/").status_code == 404


def test_nobody_is_picked_whom_the_matchmaker_did_not_look_at() -> None:
    with at():
        one, other = maya(), noah()
        far = join("Faye", "man", "woman", town="Auckland")
        sam = people.staff()
        assert sam.client.post(f"{ROOT}{one.member.id}/{other.member.id}/pick/").status_code == 404
        open_list(sam, one)
        assert sam.client.post(f"{ROOT}{one.member.id}/{far.member.id}/pick/").status_code == 404
    assert not Pick.objects.exists()


def test_to_staff_without_the_duty_and_to_members_it_does_not_exist() -> None:
    with at():
        one, other = maya(), noah()
        kim = people.fellow(people.staff(), "moderation")
        for client in (kim.client, other.client):
            assert client.get(ROOT).status_code == 404
            assert client.post(f"{ROOT}{one.member.id}/", {"reason": REASON}).status_code == 404
        assert "Matchmaking" not in kim.client.get("/operator/cases/").content.decode()


def test_matchmakers_do_not_see_or_pick_for_themselves() -> None:
    with at():
        one = maya()
        sam = people.staff()
        profile_of_sam = join("Noah", "man", "woman")
        type(profile_of_sam.member).objects.filter(pk=profile_of_sam.member.pk).update(person=sam.person)
        assert sam.client.post(f"{ROOT}{profile_of_sam.member.id}/", {"reason": REASON}).status_code == 404
        assert "Noah" not in open_list(sam, one)


def test_lists_and_picks_go_with_the_member_and_when_they_are_over() -> None:
    with at():
        one, other = maya(), noah()
        sam = people.staff()
        open_list(sam, one)
        pick(sam, one, other)
        erasing.erase_person(other.member.person_id, actor=Actor(kind="person", id=other.member.person_id))
        assert not Pick.objects.exists()
    with at(2):
        matchmaking.forget(clock.now() + timedelta(days=3))
    assert not Shortlist.objects.exists()
