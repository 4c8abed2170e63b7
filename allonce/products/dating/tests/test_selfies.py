"""A selfie that a person compares: a pose, a consent, destroyed by the decision, and a mark that goes."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allonce.kernel import clock
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import Actor
from allonce.kernel.casework.models import Case
from allonce.kernel.casework.services import appealing
from allonce.kernel.casework.tests.scene import answered, decided, opened
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.vault import Scope, files
from allonce.products.dating.models import Photo, Selfie
from allonce.products.dating.services import photos, selfies
from allonce.products.dating.tests.scene import AFTER_NOON, Dater, join, picture
from allonce.products.dating.tests.spending import copy_of

pytestmark = pytest.mark.django_db
MARK = "Photo checked by a person on"


@pytest.fixture(autouse=True)
def _at_one_moment() -> object:
    with clock.travel(AFTER_NOON):
        yield


def with_photo(dater: Dater, colour: str = "teal") -> Photo:
    photo = photos.take(dater.member, picture(colour), "me.jpg")
    Photo.objects.filter(pk=photo.pk).update(state=Photo.State.SHOWN, decided_at=clock.now())
    Case.objects.all().delete()
    return photo


def send(dater: Dater, *, consent: bool = True) -> int:
    dater.client.post("/dating/you/selfie/pose/")
    given: dict[str, object] = {"selfie": SimpleUploadedFile("me.jpg", picture("brown"), "image/jpeg")}
    answer = dater.client.post("/dating/you/selfie/", given | ({"consent": "on"} if consent else {}))
    return int(answer.status_code)


def kept(dater: Dater) -> int:
    return len(files.stored(Scope("person", dater.member.person_id)))


def decide(action: str) -> None:
    decided(people.staff(), Case.objects.get(kind="dating.selfie"), action)


def test_a_pose_is_drawn_and_stays_until_it_is_over_so_that_nobody_draws_until_one_fits() -> None:
    one = join("Maya")
    with_photo(one)
    poses = set()
    for _ in range(8):
        one.client.post("/dating/you/selfie/pose/")
        poses.add(Selfie.objects.get().pose)
    assert len(poses) == 1
    assert "It holds for half an hour" in one.client.get("/dating/you/selfie/").content.decode()
    with clock.travel(AFTER_NOON + timedelta(minutes=31)):
        assert send_late(one) == 422
    assert not Case.objects.exists()


def send_late(dater: Dater) -> int:
    given = {"selfie": SimpleUploadedFile("me.jpg", picture(), "image/jpeg"), "consent": "on"}
    return int(dater.client.post("/dating/you/selfie/", given).status_code)


def test_nothing_is_kept_or_looked_at_without_the_tick() -> None:
    one = join("Maya")
    with_photo(one)
    before = kept(one)
    assert send(one, consent=False) == 422
    assert kept(one) == before and not Case.objects.exists()


def test_a_person_sees_selfie_pose_and_photos_and_no_picture_is_left_after_the_decision(
    pair: tuple[Dater, Dater],
) -> None:
    one, other = pair
    with_photo(one)
    before = kept(one)
    assert send(one) == 302 and kept(one) == before + 1
    case, sam = Case.objects.get(), people.staff()
    assert "data:image/jpeg" not in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    opened(sam, case)
    page = sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    assert page.count("data:image/jpeg") == 2 and "Pose asked for" in page
    assert MARK not in other.client.get("/dating/today/").content.decode()
    decided(sam, case, "same")
    assert kept(one) == before
    assert f"{MARK} 30 Nov 2026" in other.client.get("/dating/today/").content.decode()


@pytest.mark.parametrize("action", ["again", "other", "no_action"])
def test_without_a_yes_there_is_no_mark_and_the_picture_is_destroyed_all_the_same(
    pair: tuple[Dater, Dater], action: str
) -> None:
    one, other = pair
    with_photo(one)
    before = kept(one)
    send(one)
    decide(action)
    assert kept(one) == before
    assert MARK not in other.client.get("/dating/today/").content.decode()
    one.client.post("/dating/you/selfie/pose/")
    assert bool(selfies.pose_of(selfies.of(one.member))) == (action != "other")


def test_a_refusal_has_a_reason_and_an_appeal_after_which_another_selfie_may_be_sent() -> None:
    one = join("Maya")
    with_photo(one)
    send(one)
    sam, case = people.staff(), Case.objects.get()
    decision = decided(sam, case, "other")
    assert "seems to show somebody else" in one.client.get(f"/me/decisions/{decision.pk}/").content.decode()
    assert "not accepted" in one.client.get("/dating/you/selfie/").content.decode()
    appealing.file(decision, "I have cut my hair since, and it is me.", by=one.member.person)
    answered(people.fellow(sam, "moderation"), case, upheld=True)
    one.client.post("/dating/you/selfie/pose/")
    assert selfies.pose_of(selfies.of(one.member))


def test_the_mark_goes_when_a_photo_that_was_not_checked_comes_first(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with_photo(one)
    send(one)
    decide("same")
    with clock.travel(AFTER_NOON + timedelta(minutes=5)):
        new = with_photo(one, "navy")
        assert MARK in other.client.get("/dating/today/").content.decode()
        one.client.post(f"/dating/you/photos/{new.id}/first/")
        assert MARK not in other.client.get("/dating/today/").content.decode()
        assert "Your first photo has not been checked" in one.client.get("/dating/you/selfie/").content.decode()


def test_a_photo_that_came_after_the_selfie_gets_no_mark() -> None:
    one = join("Maya")
    old = with_photo(one)
    send(one)
    with clock.travel(AFTER_NOON + timedelta(minutes=5)):
        new = photos.take(one.member, picture("navy"), "me.jpg")
        Photo.objects.filter(pk=new.pk).update(state=Photo.State.SHOWN, decided_at=clock.now())
        decide("same")
    assert Photo.objects.get(pk=old.pk).checked_at and not Photo.objects.get(pk=new.pk).checked_at


def test_withdrawn_selfie_and_mark_are_gone_at_once() -> None:
    one = join("Maya")
    photo = with_photo(one)
    before = kept(one)
    send(one)
    one.client.post("/dating/you/selfie/withdraw/")
    assert kept(one) == before and not Selfie.objects.exists()
    sam = people.staff()
    decided(sam, Case.objects.get(), "no_action")
    assert send(one) == 302
    decided(people.fellow(sam, "moderation"), Case.objects.get(state="open"), "same")
    one.client.post("/dating/you/selfie/withdraw/")
    assert not Photo.objects.get(pk=photo.pk).checked_at


def test_what_nobody_decides_about_is_destroyed_within_thirty_days() -> None:
    one = join("Maya")
    with_photo(one)
    before = kept(one)
    send(one)
    with clock.travel(AFTER_NOON + timedelta(days=27)):
        assert selfies.forget(clock.now()) == 0
    with clock.travel(AFTER_NOON + timedelta(days=29)):
        assert selfies.forget(clock.now()) == 1
    assert kept(one) == before and not Selfie.objects.exists()


def test_without_a_photo_that_others_see_there_is_nothing_to_compare_with() -> None:
    one = join("Maya")
    page = one.client.post("/dating/you/selfie/pose/", follow=True).content.decode()
    assert "Add a photo first" in page and not Selfie.objects.exists()


def test_what_is_no_picture_is_refused_beside_the_field() -> None:
    one = join("Maya")
    with_photo(one)
    one.client.post("/dating/you/selfie/pose/")
    given = {"selfie": SimpleUploadedFile("me.jpg", b"no picture", "image/jpeg"), "consent": "on"}
    answer = one.client.post("/dating/you/selfie/", given)
    assert answer.status_code == 422 and "cannot be taken" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_copy_says_that_it_was_sent_and_leaving_takes_everything() -> None:
    one = join("Maya")
    with_photo(one)
    send(one)
    assert "dating.Selfie" in copy_of(one)
    erasing.erase_person(one.member.person_id, actor=Actor(kind="person", id=one.member.person_id))
    assert not Selfie.objects.exists() and kept(one) == 0
