"""Twenty ways to learn of a pass, of a like before its time, of an exact place or of whom somebody seeks. None works.

Tried as the member who was passed or liked, as a third member, as a scraper with an account, and as a stranger.
"""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from allonce.kernel import clock
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import Credential
from allonce.kernel.notices.models import Notice
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.post.push.models import Push
from allonce.kernel.privacy.rights.export import archive
from allonce.products.dating.models import Date, Member, Photo
from allonce.products.dating.noon import LASTS
from allonce.products.dating.services import daily, matching, photos, profile
from allonce.products.dating.stream import MatchKind
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, join, maya, noah, picture

pytestmark = [pytest.mark.django_db, pytest.mark.promise("DATE-PASS"), pytest.mark.promise("DATE-LIKE")]
PAGES = ("/dating/today/", "/dating/matches/", "/dating/you/", "/dating/next/", "/me/notices/", "/me/data/")
Pair = tuple[Dater, Dater]
TOKENS = re.compile(r'(csrfmiddlewaretoken" value|nonce|data-now|datetime)="[^"]+"|hx-headers=\S+ \S+|\d+ min[a-z]*')


@pytest.fixture(autouse=True)
def _at_one_moment() -> object:
    with clock.travel(AFTER_NOON):
        yield


def seen(dater: Dater, pages: tuple[str, ...] = PAGES) -> list[str]:
    """What the pages hold, without what differs at each visit."""
    return [TOKENS.sub("", dater.client.get(each).content.decode()) for each in pages]


def act(who: Dater, what: str) -> None:
    assert who.client.post(f"/dating/today/{who.date.id}/{what}/").status_code == 302


def copy_of(dater: Dater) -> str:
    """Every text of the copy of their data, without times."""
    with ZipFile(BytesIO(archive.of_person(dater.member.person))) as packed:
        texts = [packed.read(each).decode() for each in packed.namelist() if each.endswith((".json", ".csv", ".html"))]
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+\S*|\d+ \w+ \d{4}[, ]+\d\d:\d\d(:\d\d)?", "", "\n".join(texts))


# The member who was passed, and the one who is liked.


@pytest.mark.parametrize("deed", ["pass", "like"])
def test_1_pages_beside_the_card_differ_after_a_pass_or_a_like(pair: Pair, deed: str) -> None:
    one, other = pair
    beside = PAGES[1:]
    seen(other)
    before = seen(other, beside)
    act(one, deed)
    assert seen(other, beside) == before


def test_2_the_card_differs_after_a_pass(pair: Pair) -> None:
    one, other = pair
    before = seen(other)
    act(one, "pass")
    assert seen(other) == before


def test_3_headers_or_length_of_an_answer_differ_after_a_pass(pair: Pair) -> None:
    one, other = pair

    def headers() -> dict[str, str]:
        return {name: value for name, value in other.client.get("/dating/today/").items() if "Policy" not in name}

    before = headers()
    act(one, "pass")
    assert headers() == before


def test_4_the_server_works_longer_after_a_pass(pair: Pair) -> None:
    one, other = pair

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            other.client.get("/dating/today/")
        return [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in queries]

    asked()
    before = asked()
    act(one, "pass")
    assert asked() == before


@pytest.mark.parametrize("deed", ["pass", "like"])
def test_5_a_notice_a_mail_or_a_push_comes_of_a_pass_or_a_like(pair: Pair, deed: str) -> None:
    one, _other = pair
    before = [each.objects.count() for each in (Notice, OutboxMail, Push)]
    act(one, deed)
    assert [each.objects.count() for each in (Notice, OutboxMail, Push)] == before


def test_6_liking_somebody_who_passed_is_answered_otherwise(pair: Pair) -> None:
    one, other = pair
    act(one, "pass")
    answer = other.client.post(f"/dating/today/{other.date.id}/like/", follow=True).content.decode()
    assert "You like Maya." in answer


def test_7_writing_to_somebody_who_passed_is_answered_otherwise(pair: Pair) -> None:
    one, other = pair
    act(one, "pass")
    answer = other.client.post(f"/dating/today/{other.date.id}/write/", {"text": "Hello"}, follow=True)
    assert answer.status_code == 200 and "Once Maya answers" in answer.content.decode()


@pytest.mark.parametrize("deed", ["pass", "like"])
def test_8_the_copy_of_ones_data_tells_of_the_others_deed(pair: Pair, deed: str) -> None:
    one, other = pair
    before = copy_of(other)
    act(one, deed)
    assert copy_of(other) == before


def test_9_somebody_who_passed_is_left_out_of_the_next_days(pair: Pair) -> None:
    one, other = pair
    third = join("Iris")
    act(one, "pass")
    with clock.travel(AFTER_NOON + LASTS):
        third.client.get("/dating/today/")
        Member.objects.update(seen_at=clock.now())
        daily.run(ZONE, DAY + timedelta(days=1))
    assert Date.objects.filter(member=other.member, other=third.member).exists()


def _paused(one: Dater, other: Dater) -> None:
    profile.pause(one.again())


def _blocked(one: Dater, other: Dater) -> None:
    one.client.post(f"/dating/people/{other.member.id}/block/")


def test_10_a_block_looks_other_than_a_pause(pair: Pair) -> None:
    def after(deed: Callable[[Dater, Dater], None], both: Pair) -> str:
        deed(*both)
        return seen(both[1], ("/dating/today/",))[0]

    third, fourth = join("Iris"), join("Theo", "man", "woman")
    daily.run(ZONE, DAY)
    words = after(_paused, pair), after(_blocked, (third, fourth))
    assert words[0] == words[1]


# A third member, a scraper, a stranger.


def test_11_a_date_is_answered_or_read_with_anothers_id(pair: Pair) -> None:
    third = join("Tess")
    for what in ("like", "pass", "write"):
        assert third.client.post(f"/dating/today/{pair[0].date.id}/{what}/", {"text": "x"}).status_code == 404
    assert third.client.get(f"/dating/today/?date={pair[0].date.id}").content.decode().count("Noah") == 0


def test_12_a_third_member_sits_down_in_a_conversation(pair: Pair) -> None:
    match = matching.match(pair[0].member, pair[1].member)
    third = join("Tess")
    session = SignInSession.objects.get(person=third.member.person)
    with pytest.raises(NotFound):
        MatchKind().seat(Credential(session=session), match.id)


@pytest.mark.parametrize("address", ["report", "block", "rate"])
def test_13_addresses_tell_which_ids_are_members(pair: Pair, address: str) -> None:
    third = join("Tess")

    def status(member_id: UUID) -> int:
        path = f"/dating/rating/{member_id}/" if address == "rate" else f"/dating/people/{member_id}/{address}/"
        return int(third.client.post(path, {"stars": "3", "category": "money", "words": "x"}).status_code)

    assert status(pair[0].member.id) == status(uuid4()) == 404


def test_14_a_photo_is_fetched_by_whoever_has_its_address(pair: Pair) -> None:
    one, _other = pair
    photo = photos.take(one.member, picture(), "me.jpg")
    Photo.objects.update(state=Photo.State.SHOWN)
    address = f"/dating/photos/{photo.id}/large.jpg"
    assert join("Tess").client.get(address).status_code == 404
    assert Client().get(address).status_code in {302, 404}
    assert (
        "private" in pair[1].client.get(address)["Cache-Control"]
        or "no-store" in pair[1].client.get(address)["Cache-Control"]
    )


def test_15_whoever_collects_profiles_sees_more_than_a_few_a_day() -> None:
    one = maya()
    for number in range(15):
        join(f"M{number}", "man", "woman")
    shown: set[str] = set()
    for _ in range(5):
        shown |= set(re.findall(r"M\d+, \d\d", one.client.get("/dating/next/").content.decode()))
    assert len(shown) == 5


def test_16_a_man_finds_out_by_suggestions_or_at_once_that_a_woman_seeks_women() -> None:
    man, woman = noah(), join("Ella", "woman", "woman")
    assert "Ella" not in man.client.get("/dating/next/").content.decode()
    man.client.post("/dating/now/")
    assert not Date.objects.exists()
    assert man.client.get(f"/dating/next/{woman.member.id}/").status_code == 404


# Places.


def test_17_a_page_holds_coordinates(pair: Pair) -> None:
    one, other = pair
    spot = one.member.spot
    page = other.client.get("/dating/today/").content.decode()
    for value in (spot["lat"], spot["lon"]):
        assert f"{value:.2f}" not in page


def test_18_three_distances_find_a_house() -> None:
    here, there = join("Maya", town="York"), join("Iris", town="York")
    from allonce.products.dating.views.showing import profile_of

    for town in ("Leeds", "Harrogate", "Hull"):
        watcher = join(f"W{town}", "man", "woman", town=town)
        apart = {profile_of(each.member, watcher.member).km for each in (here, there)}
        assert len(apart) == 1 and apart.pop() % 5 == 0


def test_19_a_photo_carries_where_it_was_taken(pair: Pair) -> None:
    one, other = pair
    image = Image.open(io.BytesIO(picture()))
    exif = image.getexif()
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 57.0, 36.0), 3: "W", 4: (1.0, 5.0, 2.0)})
    exif[0x010F] = "Secretcam"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    assert b"Secretcam" in written.getvalue()
    photo = photos.take(one.member, written.getvalue(), "me.jpg")
    Photo.objects.update(state=Photo.State.SHOWN)
    served = other.client.get(f"/dating/photos/{photo.id}/large.jpg").content
    assert b"Secretcam" not in served and not Image.open(io.BytesIO(served)).getexif()


# Whom somebody seeks.


def test_20_a_profile_a_reason_or_a_copy_tells_whom_the_other_seeks() -> None:
    one, other = join("Ella", "woman", "woman man"), join("Zoe", "woman", "woman")
    daily.run(ZONE, DAY)
    page = other.client.get("/dating/today/").content.decode()
    assert "Ella" in page
    body = page[page.index("date-card") : page.index("date-actions")]
    assert not re.search(r"\b(men|man|women|woman|seeks|bisexual|lesbian|gay|straight)\b", body, re.IGNORECASE)
    assert '"woman", "man"' not in copy_of(other) and str(one.member.seeks) not in copy_of(other)
