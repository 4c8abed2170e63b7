"""Incognito: come upon by nobody, and yet the date of the day."""

import pytest

from allonce.products.dating.models import Date, Photo
from allonce.products.dating.services import daily, instant, photos
from allonce.products.dating.tests.scene import ZONE, Dater, maya, noah, picture
from allonce.products.dating.tests.spending import NEXT_DAY, at, choose, copy_of, crowns, plain

pytestmark = pytest.mark.django_db


def hide(who: Dater, on: str = "on") -> str:
    return who.client.post("/dating/you/incognito/", {"incognito": on}, follow=True).content.decode()


def test_who_is_incognito_is_suggested_to_nobody_and_is_again_afterwards() -> None:
    with at():
        one, other = maya(), noah()
        assert "You are incognito." in hide(other)
        assert "Noah" not in one.client.get("/dating/next/").content.decode()
        assert one.client.post(f"/dating/next/{other.member.id}/").status_code == 404
        hide(other, "off")
        assert "Noah" in one.client.get("/dating/next/").content.decode()


def test_who_goes_incognito_leaves_suggestions_drawn_before_with_their_photos() -> None:
    with at():
        one, other = maya(), noah()
        photo = photos.take(other.member, picture(), "me.jpg")
        Photo.objects.update(state=Photo.State.SHOWN)
        one.client.get("/dating/next/")
        assert one.client.get(f"/dating/photos/{photo.id}/small.jpg").status_code == 200
        hide(other)
        assert "Noah" not in one.client.get("/dating/next/").content.decode()
        assert one.client.get(f"/dating/photos/{photo.id}/small.jpg").status_code == 404
        one.client.post(f"/dating/next/{other.member.id}/")
    assert crowns(one) == 3


def test_the_date_of_the_day_comes_as_ever() -> None:
    with at():
        one, other = maya(), noah()
        hide(one)
        hide(other)
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        assert "Noah" in one.client.get("/dating/today/").content.decode()
        assert "Maya" in other.client.get("/dating/today/").content.decode()


def test_whom_they_chose_sees_them_at_noon_and_no_sooner() -> None:
    with at():
        one, other = maya(), noah()
        hide(one)
        pages = ("/dating/today/", "/dating/next/", "/dating/matches/", "/me/notices/")
        before = [plain(other.client.get(each).content.decode()) for each in pages]
        choose(one, other)
        assert [plain(other.client.get(each).content.decode()) for each in pages] == before
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        assert "Maya" in other.client.get("/dating/today/").content.decode()


def test_nobody_meets_them_at_once_unless_they_look_themselves() -> None:
    with at():
        one, other = maya(), noah()
        hide(other)
        one.client.post("/dating/now/")
        instant.look_for_all()
        assert not Date.objects.exists()
        other.client.post("/dating/now/")
        assert one.date.other == other.member


def test_nobody_is_told_and_the_copy_says_so_to_the_member_alone() -> None:
    with at():
        one, other = maya(), noah()
        copied = copy_of(one)
        hide(other)
        assert copy_of(one) == copied
        assert '"incognito": true' in copy_of(other)
