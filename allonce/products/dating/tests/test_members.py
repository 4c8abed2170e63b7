"""A member's own space: photos that people look at, a pause, a consent withdrawn, and leaving for good."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allonce.kernel import clock, jobs
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import Actor
from allonce.kernel.casework.holding import OpenCases
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.services import appealing
from allonce.kernel.casework.tests.scene import answered, decided, opened
from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.messaging.ports import Draft
from allonce.kernel.messaging.streams import append
from allonce.kernel.post.models import PersonContent
from allonce.kernel.privacy.rights.export import archive
from allonce.kernel.privacy.rights.services import erasing, limits
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.models import DataKey
from allonce.products.dating.models import Date, Match, Member, Met, PairingEntry, Photo
from allonce.products.dating.noon import LASTS
from allonce.products.dating.services import daily, matching
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, join, picture

pytestmark = pytest.mark.django_db


def add_photo(dater: Dater) -> Photo:
    given = SimpleUploadedFile("me.jpg", picture(), "image/jpeg")
    assert dater.client.post("/dating/you/photos/add/", {"photo": given}).status_code == 302
    return dater.member.photos.get()


def decide(action: str) -> None:
    decided(people.staff(), Case.objects.get(), action)


def told_by_mail(dater: Dater) -> str:
    """All that was mailed to this person."""
    mails = PersonContent.objects.filter(owner_id=dater.member.person_id)
    return " ".join(" ".join(str(each.mail["text"]).split()) for each in mails)


def statuses(dater: Dater, photo: Photo) -> list[int]:
    return [dater.client.get(f"/dating/photos/{photo.id}/{size}.jpg").status_code for size in ("large", "small")]


def test_a_photo_is_seen_by_nobody_else_before_a_person_accepted_it(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        photo = add_photo(one)
        assert statuses(one, photo) == [200, 200] and statuses(other, photo) == [404, 404]
        decide("show")
        assert statuses(other, photo) == [200, 200]
        assert f"/dating/photos/{photo.id}/large.jpg" in other.client.get("/dating/today/").content.decode()


def test_a_refused_photo_is_gone_and_its_member_reads_why(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    photo = add_photo(one)
    scope = Scope("person", one.member.person_id)
    assert len(files.stored(scope)) == 2
    decide("drawing")
    assert not files.stored(scope) and statuses(one, photo) == [404, 404]
    page = one.client.get("/dating/you/").content.decode()
    assert "Not accepted" in page
    assert "it does not show a person" in told_by_mail(one)


@pytest.mark.promise("DATE-MODERATION")
def test_the_photo_queue_has_findings_a_named_decision_and_an_appeal(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    photo = add_photo(one)
    jobs.run_due()
    case, sam = Case.objects.get(), people.staff()
    opened(sam, case)
    assert (
        "What a program noticed, and may have wrong" in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
    )
    decision = decided(sam, case, "drawing")
    assert decision.decided_by == sam.person and not files.stored(Scope("person", one.member.person_id))
    page = one.client.get(f"/me/decisions/{decision.pk}/").content.decode()
    assert "it does not show a person" in page and "Sam Reed" in page
    appealing.file(decision, "It is a painting of me, by me, and I can be recognised.", by=one.member.person)
    answered(people.fellow(sam, "moderation"), case, upheld=True)
    assert not Photo.objects.filter(pk=photo.pk).exists()


@pytest.mark.promise("DATE-MODERATION")
def test_a_new_description_is_looked_at_and_what_is_removed_comes_back_on_appeal(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        one.client.post("/dating/you/words/", {"first_name": "Maya", "about": "Write to me on WhatsApp"})
        case, sam = Case.objects.get(kind="dating.words"), people.staff()
        opened(sam, case)
        assert "another messenger" in sam.client.get(f"/operator/cases/{case.pk}/").content.decode()
        assert "WhatsApp" in other.client.get("/dating/today/").content.decode()
        decision = decided(sam, case, "contact")
        assert "WhatsApp" not in other.client.get("/dating/today/").content.decode()
        assert "it has contact details" in told_by_mail(one)
        appealing.file(decision, "It was a joke about my grandmother.", by=one.member.person)
        answered(people.fellow(sam, "moderation"), case, upheld=True)
        assert one.again().about == "Write to me on WhatsApp"


def test_a_description_that_did_not_change_is_not_looked_at_again(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    for name in ("Maya", "May"):
        one.client.post("/dating/you/words/", {"first_name": name, "about": "Clocks"})
    assert PersonCaseText.objects.filter(case__kind="dating.words").count() == 1


def test_a_photo_of_somebody_whose_date_is_over_is_no_longer_given_out(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        photo = add_photo(one)
        decide("show")
    with clock.travel(AFTER_NOON + LASTS):
        assert statuses(other, photo) == [404, 404]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"no picture", "cannot be taken"), (picture(size=(200, 200)), "too small")],
)
def test_what_is_no_photo_is_refused_in_words(pair: tuple[Dater, Dater], data: bytes, words: str) -> None:
    one, _other = pair
    given = SimpleUploadedFile("me.jpg", data, "image/jpeg")
    answer = one.client.post("/dating/you/photos/add/", {"photo": given}, follow=True)
    assert words in answer.content.decode()
    assert not Photo.objects.exists()


@pytest.mark.promise("DATE-DEACTIVATE")
def test_a_pause_hides_at_once_and_a_return_restores(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        made = matching.match(one.member, other.member)
        one.client.post("/dating/you/pause/")
        assert "Maya" not in other.client.get("/dating/today/").content.decode()
        assert "You are invisible" in one.client.get("/dating/today/").content.decode()
        assert other.client.get(f"/dating/matches/{made.id}/").status_code == 200
    with clock.travel(AFTER_NOON + LASTS):
        assert daily.run(ZONE, DAY.replace(month=12, day=1)).active == 1
        one.client.post("/dating/you/return/")
    assert one.again().state == "active" and one.again().about == one.member.about


@pytest.mark.promise("DATE-SENSITIVE")
def test_a_withdrawn_consent_deletes_those_values_and_leaves_the_rest(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    one.client.post("/dating/you/who/withdraw/")
    with clock.travel(AFTER_NOON):
        other.client.get("/dating/today/")
    member = one.again()
    assert (member.sex, member.seeks, member.consented_at) == (None, None, None)
    assert not PairingEntry.objects.filter(member=member).exists()
    assert member.first_name == "Maya" and member.wishes
    with clock.travel(AFTER_NOON + LASTS):
        assert daily.run(ZONE, DAY.replace(month=12, day=1)).active == 1


def test_the_copy_of_what_is_held_has_what_was_written_to_a_match(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    made = matching.match(one.member, other.member)
    append(made.id, other.member.seat, Draft(uuid4(), "text", {"text": "The hill with the bakery"}))
    with ZipFile(BytesIO(archive.of_person(one.member.person))) as packed:
        assert "The hill with the bakery" in packed.read("data/messaging.Entry.json").decode()
    tess = join("Tess")
    with ZipFile(BytesIO(archive.of_person(tess.member.person))) as packed:
        assert "data/messaging.Entry.json" not in packed.namelist()


@pytest.mark.parametrize("limit", ["restricted", "objected", "suspended"])
def test_who_restricts_objects_or_is_suspended_is_nobodys_date(pair: tuple[Dater, Dater], limit: str) -> None:
    one, _other = pair
    actor = Actor(kind="person", id=one.member.person_id)
    if limit == "restricted":
        limits.restrict(one.member.person, actor=actor)
    elif limit == "objected":
        limits.object_to(one.member.person, "profiling", actor=actor)
    else:
        Person.objects.filter(pk=one.member.person_id).update(suspended_at=clock.now())
    with clock.travel(AFTER_NOON + LASTS):
        for each in pair:
            each.client.get("/dating/you/")
        Met.objects.all().delete()
        Date.objects.all().delete()
        daily.run(ZONE, DAY + timedelta(days=1))
        assert not Date.objects.exists()
        if limit != "suspended":
            assert "Nobody is chosen for you" in one.client.get("/dating/today/").content.decode()


def test_who_ended_a_match_does_not_match_again_on_the_same_day(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with clock.travel(AFTER_NOON):
        for each in pair:
            each.client.post(f"/dating/today/{each.date.id}/like/")
        one.client.post(f"/dating/matches/{Match.objects.get().id}/end/")
        for each in pair:
            each.client.post(f"/dating/today/{each.date.id}/like/")
            assert each.member.first_name not in other.client.get("/dating/today/").content.decode()
    assert not Match.objects.exists()


@pytest.mark.promise("DATE-DELETE")
def test_who_leaves_is_gone_from_the_other_sides_lists_with_all_that_was_written(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    made = matching.match(one.member, other.member)
    append(made.id, one.member.seat, Draft(uuid4(), "text", {"text": "Hello"}))
    person_id = one.member.person_id
    erasing.erase_person(person_id, actor=Actor(kind="person", id=person_id))
    jobs.run_due()
    assert not Member.objects.filter(pk=one.member.pk).exists()
    assert not Match.objects.exists() and not Met.objects.exists() and not Date.objects.exists()
    assert not Stream.objects.exists() and not Entry.objects.exists()
    assert "Maya" not in other.client.get("/dating/matches/").content.decode()


@pytest.mark.promise("DATE-DELETE")
def test_a_photo_or_a_description_that_waits_for_a_look_keeps_nobody_from_leaving(pair: tuple[Dater, Dater]) -> None:
    one, _other = pair
    add_photo(one)
    one.client.post("/dating/you/words/", {"first_name": "Maya", "about": "Clocks"})
    one.client.post("/dating/safety/complain/", {"text": "Nobody answered my report."})
    person_id = one.member.person_id
    assert Case.objects.filter(state="open").count() == 3
    assert not OpenCases().holds_on(Scope("person", person_id))
    Case.objects.filter(kind="dating.photo").update(held=True)
    assert len(OpenCases().holds_on(Scope("person", person_id))) == 1


@pytest.mark.promise("DATE-DELETE")
@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_the_key_of_what_two_people_wrote_is_destroyed_when_one_ends_it(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    made = matching.match(one.member, other.member)
    matching.unmatch(one.member, made.id)
    assert not DataKey.objects.filter(scope_kind="account", scope_id=made.id, state="active").exists()


@pytest.mark.promise("DATE-PROFILE")
def test_a_profile_needs_only_what_is_required_and_the_preview_is_what_the_date_sees(
    pair: tuple[Dater, Dater],
) -> None:
    one, other = pair
    assert one.again().state == "active" and not one.member.about and not one.member.photos.exists()
    words = {"first_name": "Maya", "about": "I repair old clocks.", "interests": ["hiking"], "answer_sunday": "A walk."}
    with clock.travel(AFTER_NOON):
        answer = one.client.post("/dating/you/words/", words)
        assert answer.status_code == 302, answer.content.decode()
        own, seen = (
            each.get(address).content.decode()
            for each, address in ((one.client, "/dating/you/"), (other.client, "/dating/today/"))
        )
    preview = own[own.index("date-preview") :]
    for said in ("Maya, 33", "York", "I repair old clocks.", "Hiking"):
        assert said in preview and said in seen
