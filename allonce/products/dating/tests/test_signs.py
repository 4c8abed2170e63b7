"""Signs of fraud: one alone is nothing, together they put a member before people, and nothing else happens by them."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from allonce.kernel import clock, jobs
from allonce.kernel.accounts.tests import people
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.tests.scene import decided, opened
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.streams import append
from allonce.products.dating import whereabouts
from allonce.products.dating.models import Member, Photo, PhotoCheck, Report, Signal
from allonce.products.dating.noticing import pictures
from allonce.products.dating.services import matching, photos, signs
from allonce.products.dating.services.signs import CONDUCT_CASE
from allonce.products.dating.tests import mmdb
from allonce.products.dating.tests.scene import Dater, join, maya, noah, picture

pytestmark = pytest.mark.django_db


def photograph(seed: int = 1, quality: int = 95, size: tuple[int, int] = (640, 800)) -> bytes:
    """Something with as many edges and colours as a photograph, the same for the same seed."""
    random = np.random.default_rng(seed)
    rough = Image.fromarray(random.integers(0, 255, (8, 6, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grain = random.integers(-12, 12, (size[1], size[0], 3))
    image = Image.fromarray(np.clip(np.asarray(rough) + grain, 0, 255).astype(np.uint8))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


def asks_for_money(who: Dater, of: Dater) -> None:
    made = matching.match(who.member, of.member)
    append(made.id, who.member.seat, Draft(uuid4(), "text", {"text": "Please send me £50", "marks": ["money"]}))


def add(who: Dater, data: bytes) -> Photo:
    made = photos.take(who.member, data, "me.jpg")
    jobs.run_due()
    return made


def conduct() -> list[Case]:
    return list(Case.objects.filter(kind=CONDUCT_CASE))


def complain(about: Dater, minutes: int, name: str) -> Member:
    by = join(name).member
    report = Report.objects.create(by=by, about=about.member, category="fake")
    Report.objects.filter(pk=report.pk).update(at=clock.now() - timedelta(minutes=minutes))
    return by


@pytest.mark.promise("DATE-FRAUD")
@pytest.mark.parametrize("kind", Signal.Kind.values)
def test_a_single_sort_of_sign_never_makes_a_case_however_often(kind: str) -> None:
    who = noah()
    for number in range(9):
        signs.note(who.member, kind, {"match": str(number)})
    assert Signal.objects.count() == 9 and conduct() == []


@pytest.mark.promise("DATE-FRAUD")
def test_a_single_complaint_adds_no_case_by_a_machine() -> None:
    who = noah()
    complain(who, 5, "Tess")
    assert not signs.weigh(who.member).is_enough and conduct() == []


@pytest.mark.promise("DATE-FRAUD")
def test_several_sorts_are_put_before_people_with_their_evidence_and_nothing_is_done() -> None:
    who, other = noah(), maya()
    add(other, photograph())
    add(who, photograph(quality=60))
    assert conduct() == []
    asks_for_money(who, other)
    (case,) = conduct()
    assert (case.person_id, case.opened_by, case.state) == (who.member.person_id, "detector", "open")
    sam = people.staff()
    opened(sam, case)
    page = sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    assert "Asked a match for money" in page and "A photo that another member has, too" in page and "6 points" in page
    assert who.again().state == "active" and not who.member.suspensions.exists()


@pytest.mark.promise("DATE-FRAUD")
def test_who_was_flagged_wrongly_loses_nothing_and_the_same_signs_do_not_count_again() -> None:
    who, other = noah(), maya()
    asks_for_money(who, other)
    signs.note(who.member, Signal.Kind.HOSTING, {})
    decided(people.staff(), conduct()[0], "no_action")
    assert who.again().state == "active" and not who.member.suspensions.exists()
    assert who.client.get("/dating/today/").status_code == 200
    signs.note(who.member, Signal.Kind.FAR, {"km": 2000})
    assert len(conduct()) == 1


@pytest.mark.promise("DATE-FRAUD")
def test_complaints_within_minutes_or_from_one_circle_count_once() -> None:
    who = noah()
    first = complain(who, 600, "Tess")
    complain(who, 595, "Una")
    friend = complain(who, 300, "Vic")
    matching.match(first, friend)
    assert signs.weigh(who.member).seen == {"complaint": 1}
    complain(who, 60, "Wanda")
    assert signs.weigh(who.member).seen == {"complaint": 2} and len(conduct()) == 1


@pytest.mark.promise("DATE-FRAUD")
def test_a_sign_keeps_nothing_of_what_was_written() -> None:
    who, other = noah(), maya()
    asks_for_money(who, other)
    signs.note(who.member, Signal.Kind.HOSTING, {})
    kept = str([each.facts for each in Signal.objects.all()])
    kept += str([each.words for each in PersonCaseText.objects.all()])
    assert "£50" not in kept and "Please" not in kept


@pytest.mark.promise("DATE-FRAUD")
def test_a_borrowed_photo_is_known_again_after_saving_it_anew_and_smaller() -> None:
    who, other = noah(), maya()
    add(other, photograph())
    add(who, photograph(seed=2))
    assert not Signal.objects.exists()
    image = Image.open(io.BytesIO(photograph())).resize((480, 600))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=50)
    add(who, written.getvalue())
    assert [(each.kind, each.member) for each in Signal.objects.all()] == [("photo", who.member)]


def test_the_same_member_may_add_a_photo_twice_and_its_print_goes_with_it() -> None:
    who = noah()
    add(who, photograph())
    second = add(who, photograph())
    assert not Signal.objects.exists() and PhotoCheck.objects.count() == 2
    photos.remove(who.member, second.id)
    assert PhotoCheck.objects.count() == 1


FAR, RELAY, HOME = "198.51.100.7", "203.0.113.9", "192.0.2.1"
LISBON = {"location": {"latitude": 38.7, "longitude": -9.1}}
LEEDS = {"location": {"latitude": 53.8, "longitude": -1.5}}


@pytest.fixture
def addresses(tmp_path: Path, settings: Settings) -> None:
    relay = {"is_hosting_provider": True}
    known: dict[str, Any] = {"198.51.100.0/24": LISBON, "203.0.113.0/24": relay, "192.0.2.0/24": LEEDS}
    settings.ADDRESS_DATABASES = [str(mmdb.write(tmp_path / "addresses.mmdb", known))]
    whereabouts._reader.cache_clear()


@pytest.mark.promise("DATE-FRAUD")
@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize(("address", "kinds"), [(FAR, ["far"]), (RELAY, ["hosting"]), (HOME, []), ("10.0.0.1", [])])
def test_a_visit_from_far_away_or_through_a_hosting_network_is_a_sign(address: str, kinds: list[str]) -> None:
    who = noah()
    Member.objects.update(seen_at=clock.now() - timedelta(hours=1))
    who.client.get("/dating/you/", REMOTE_ADDR=address)
    found = list(Signal.objects.filter(member=who.member))
    assert [each.kind for each in found] == kinds and conduct() == []
    assert address not in str([each.facts for each in found])


def test_without_a_database_no_address_is_looked_up() -> None:
    who = noah()
    Member.objects.update(seen_at=clock.now() - timedelta(hours=1))
    who.client.get("/dating/you/", REMOTE_ADDR=FAR)
    assert not Signal.objects.exists()


def test_a_program_says_what_it_measured_beside_the_photo_and_decides_nothing() -> None:
    who = noah()
    photo = add(who, picture("peachpuff"))
    sam, case = people.staff(), Case.objects.get()
    assert "Few colours" not in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    opened(sam, case)
    page = sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    assert "may have wrong" in page and "Few colours" in page
    photo.refresh_from_db()
    assert photo.state == "waiting"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (photograph(), []),
        (picture(), ["drawing"]),
        (photograph(3, size=(400, 400)), []),
    ],
)
def test_measures_tell_a_drawing_from_a_photograph(data: bytes, codes: list[str]) -> None:
    assert [each for each in pictures.look(data).codes if each != "skin"] == codes


def test_a_wall_of_skin_is_a_hint_and_a_meadow_is_none() -> None:
    def plain(colour: tuple[int, int, int]) -> bytes:
        written = io.BytesIO()
        Image.new("RGB", (400, 400), colour).save(written, "PNG")
        return written.getvalue()

    for skin in ((224, 172, 105), (141, 85, 36), (198, 134, 66)):
        assert "skin" in pictures.look(plain(skin)).codes
    assert "skin" not in pictures.look(plain((60, 140, 60))).codes
    assert pictures.look(plain((60, 140, 60))).print == b""
