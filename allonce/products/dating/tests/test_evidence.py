"""Evidence: a person keeps reported content with a reason and an end; it leaves members' sight and outlasts them."""

from datetime import timedelta

import pytest

from allonce.kernel import clock, jobs
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant, at_the_console
from allonce.kernel.audit import Actor
from allonce.kernel.casework.models import Case, PersonCaseText
from allonce.kernel.casework.tests.scene import decided, opened
from allonce.kernel.privacy.requests.models import Disclosure
from allonce.kernel.privacy.requests.services import disclosures
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.retention.services import holds
from allonce.kernel.privacy.rights.services import erasing
from allonce.products.dating.models import Match, Member, Photo
from allonce.products.dating.services import matching, photos
from allonce.products.dating.tests.scene import AFTER_NOON, Dater, picture
from allonce.products.dating.tests.test_safety import report, say

pytestmark = [pytest.mark.django_db, pytest.mark.promise("DATE-EVIDENCE")]
WHY = "The police of York asked for it in a case of fraud."


def order(**other: object) -> dict[str, object]:
    until = (AFTER_NOON + timedelta(days=90)).date().isoformat()
    return {"what": ["photos", "words", "conversations"], "reason": WHY, "authority": "York 17", "until": until} | other


@pytest.fixture
def sam() -> Inhabitant:
    return people.staff()


@pytest.fixture
def case(pair: tuple[Dater, Dater], sam: Inhabitant) -> Case:
    """Noah, with a photo and a description, is reported by Maya with what he wrote; Sam has the case open."""
    one, other = pair
    with clock.travel(AFTER_NOON):
        photos.take(other.member, picture(), "me.jpg")
        Photo.objects.update(state="shown")
        member = other.again()
        member.about = "I can double your money"
        member.save(update_fields=["about"])
        say(matching.match(one.member, other.member), other, "Send me £200")
        report(one, other, with_messages="on")
        made = Case.objects.get(kind="dating.conduct")
        opened(sam, made)
    return made


def keep(sam: Inhabitant, case: Case, **other: object) -> int:
    with clock.travel(AFTER_NOON):
        return sam.client.post(f"/operator/dating/cases/{case.pk}/evidence/", order(**other)).status_code


def test_it_leaves_the_sight_of_everybody_and_is_whole_in_the_case(
    pair: tuple[Dater, Dater], sam: Inhabitant, case: Case
) -> None:
    one, other = pair
    assert keep(sam, case) == 302
    photo, match = Photo.objects.get(), Match.objects.get()
    with clock.travel(AFTER_NOON):
        assert "double your money" not in one.client.get("/dating/today/").content.decode()
        for each in pair:
            assert each.client.get(f"/dating/photos/{photo.id}/large.jpg").status_code == 404
            assert each.client.get(f"/dating/matches/{match.id}/").status_code == 404
            assert each.client.post(f"/dating/matches/{match.id}/end/").status_code == 404
        assert other.client.post(f"/dating/you/photos/{photo.id}/remove/").status_code == 404
    kept = PersonCaseText.objects.get(pk=LegalHold.objects.get().row).words
    assert kept["pictures"][str(photo.id)]
    assert "Send me £200" in str(kept["reported"]) and "double your money" in str(kept["facts"])


def test_the_hold_has_a_person_a_reason_and_an_end_and_is_told(
    pair: tuple[Dater, Dater], sam: Inhabitant, case: Case
) -> None:
    keep(sam, case)
    hold = LegalHold.objects.get()
    assert (hold.placed_by, hold.reason) == (sam.person.id, WHY)
    assert hold.until == (AFTER_NOON + timedelta(days=90)).date()
    assert WHY in pair[1].client.get("/me/data/").content.decode()


def test_it_survives_the_members_deletion_until_the_hold_ends(
    pair: tuple[Dater, Dater], sam: Inhabitant, case: Case
) -> None:
    _one, other = pair
    keep(sam, case)
    with clock.travel(AFTER_NOON):
        case.refresh_from_db()
        decided(sam, case, "no_action")
    person_id = other.member.person_id
    erasing.erase_person(person_id, actor=Actor(kind="person", id=person_id))
    jobs.run_due()
    hold = LegalHold.objects.get()
    assert "Send me £200" in str(PersonCaseText.objects.get(pk=hold.row).words["reported"])
    with at_the_console(sam) as access:
        holds.release(access, hold.pk)
    for waiting in erasing.unfinished():
        erasing.carry_out(waiting)
    assert not Member.objects.filter(pk=other.member.pk).exists()
    assert not PersonCaseText.objects.filter(pk=hold.row).exists()


def test_its_hand_over_is_recorded_as_a_disclosure(pair: tuple[Dater, Dater], sam: Inhabitant, case: Case) -> None:
    keep(sam, case)
    page = sam.client.get(f"/operator/dating/cases/{case.pk}/evidence/").content.decode()
    assert 'href="/operator/disclosures/new/"' in page
    facts = disclosures.Facts(
        authority="Police of York",
        legal_basis="A production order",
        scope_asked="What was reported about one member",
        scope_given="The copy that is held in the case",
        left_out="Everything else",
        limited=True,
        concerns=pair[1].member.person.email,
    )
    with at_the_console(sam) as access:
        disclosures.record(access, facts)
    given = Disclosure.objects.get()
    assert given.person == pair[1].member.person and given.staff_id == sam.person.id and given.given_at


@pytest.mark.parametrize("missing", ["what", "reason", "until"])
def test_without_a_reason_or_an_end_nothing_is_kept(
    pair: tuple[Dater, Dater], sam: Inhabitant, case: Case, missing: str
) -> None:
    assert keep(sam, case, **{missing: ""}) == 422
    assert not LegalHold.objects.exists() and Photo.objects.get().state == "shown"
    assert pair[1].again().about


def test_staff_who_did_not_open_the_case_and_members_cannot_keep_anything(
    pair: tuple[Dater, Dater], sam: Inhabitant, case: Case
) -> None:
    kim = people.fellow(sam, "moderation")
    assert keep(kim, case) == 404
    assert pair[0].client.post(f"/operator/dating/cases/{case.pk}/evidence/", order()).status_code == 404
    assert not LegalHold.objects.exists()
