"""Stars are private, can be taken back, are in both copies without names, and teach the choice of dates."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.privacy.rights.export import archive
from allonce.products.dating.models import Date, Photo, Rating
from allonce.products.dating.noon import noon_of
from allonce.products.dating.services import learning, outcomes, pairs, profile, rating
from allonce.products.dating.services.profile import Words
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, join, picture

pytestmark = pytest.mark.django_db


def give(who: Dater, other: Dater, stars: object) -> None:
    with clock.travel(AFTER_NOON):
        who.client.post(f"/dating/rating/{other.member.id}/", {"stars": stars})


def copy_of(dater: Dater) -> str:
    with ZipFile(BytesIO(archive.of_person(dater.member.person))) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".json"))


@pytest.mark.promise("DATE-RATING")
def test_stars_are_seen_by_nobody_and_can_be_taken_back(pair: tuple[Dater, Dater]) -> None:
    from allonce.products.dating.services import photos

    one, other = pair
    with clock.travel(AFTER_NOON):
        photos.take(other.member, picture(), "me.jpg")
        Photo.objects.update(state=Photo.State.SHOWN)
        before = [len(other.client.get(each).content) for each in ("/dating/today/", "/dating/you/", "/me/notices/")]
    give(one, other, 4)
    assert rating.given(one.member, other.member.id) == 4
    with clock.travel(AFTER_NOON):
        after = [len(other.client.get(each).content) for each in ("/dating/today/", "/dating/you/", "/me/notices/")]
        assert "Take back" in one.client.get("/dating/today/").content.decode()
    assert after == before
    give(one, other, 0)
    assert not Rating.objects.exists()


@pytest.mark.promise("DATE-RATING")
def test_the_copies_of_both_have_the_stars_and_the_receivers_no_name(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    give(one, other, 5)
    assert '"stars": 5' in copy_of(one)
    received = copy_of(other)
    assert '"stars": 5' in received
    assert str(one.member.id) not in received[received.index("dating.Rating") :][:600]


@pytest.mark.parametrize("stars", ["6", "-1", "many", ""])
def test_what_is_not_one_to_five_stars_is_refused(pair: tuple[Dater, Dater], stars: str) -> None:
    give(*pair, stars)
    assert not Rating.objects.exists()


def test_only_somebody_who_is_seen_now_can_be_rated(pair: tuple[Dater, Dater]) -> None:
    third = join("Tess")
    for who, other in ((third, pair[1]), (pair[0], third), (pair[0], pair[0])):
        give(who, other, 3)
    assert not Rating.objects.exists()


def dates_of(women: list[Dater], men: list[Dater], days: int, likes: Callable[[int, int], tuple[bool, bool]]) -> None:
    """Everybody meets once; `likes` says of two numbers whether she likes him, and he her."""
    for number, (woman, man) in enumerate((one, other) for one in range(len(women)) for other in range(len(men))):
        day = DAY - timedelta(days=1 + number % days)
        span = pairs.Span(day, noon_of(ZONE, day), Date.Kind.INSTANT)
        sides = pairs.sides_of((women[woman].member, men[man].member), [], span)
        for side, liked in zip(sides, likes(woman, man), strict=True):
            side.liked_at, side.passed_at = (side.starts_at, None) if liked else (None, side.starts_at)
            side.save(force_insert=True)


@pytest.mark.promise("DATE-RATING")
def test_stars_and_likes_say_how_readily_somebody_likes_is_liked_and_is_rated() -> None:
    women = [join(f"W{number}") for number in range(2)]
    men = [join(f"M{number}", "man", "woman") for number in range(4)]
    # The first woman likes all, the second none.
    dates_of(women, men, 2, lambda woman, man: (woman == 0, man % 2 == 0))
    for number, man in enumerate(men):
        Rating(giver=women[0].member, other=man.member, stars=1 + number).save(force_insert=True)
    place = {each.member.id: row for row, each in enumerate([*women, *men])}
    effects = outcomes.effects_of(place, DAY, ZONE)
    assert effects[0, 0] > 0 > effects[1, 0]
    assert effects[2, 2] < effects[5, 2]
    assert not outcomes.effects_of(place, DAY, "Pacific/Auckland").any()


@pytest.mark.slow
@pytest.mark.parametrize("holds", [True, False])
def test_a_model_learned_from_outcomes_is_used_only_where_it_judges_better(
    settings: Settings, tmp_path: Path, holds: bool
) -> None:
    settings.DATA_DIR = tmp_path
    assert learning.learn(DAY) is None
    women = [join(f"W{number}") for number in range(15)]
    men = [join(f"M{number}", "man", "woman") for number in range(15)]
    for each in (*women[::2], *men[::2]):
        profile.describe(each.member, Words(each.member.first_name, "", ["hiking"], {}))

    def likes(woman: int, man: int) -> tuple[bool, bool]:
        """Hikers like hikers and nobody else; where that does not hold, the last days were the other way round."""
        lately = (woman * len(men) + man) % 10 < 2
        alike = woman % 2 == man % 2
        return (alike, alike) if holds or not lately else (not alike, not alike)

    dates_of(women, men, 10, likes)
    made = learning.learn(DAY)
    assert made is not None and made.decisions == 450
    assert made.used is holds
    assert (learning.current().trees is not None) is holds
