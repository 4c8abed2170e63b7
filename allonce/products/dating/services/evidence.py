"""Keeping reported content for the authorities: copied into its case under a legal hold, and out of members' sight."""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.models import Case, CaseText, PersonCaseText
from allonce.kernel.casework.services import deciding, words
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.retention.services import holds
from allonce.kernel.privacy.retention.services.holds import NewHold
from allonce.products.dating.models import Match, Member, Photo, Report
from allonce.products.dating.services import blocking, photos

PHOTOS, WORDS, CONVERSATIONS = "photos", "words", "conversations"
WHAT = {
    PHOTOS: gettext_lazy("Photos"),
    WORDS: gettext_lazy("Description and answers"),
    CONVERSATIONS: gettext_lazy("Conversations with those who reported"),
}


class NothingToKeep(UserError):
    """The member has left, or there is nothing of that sort."""

    code = "nothing_to_keep"
    status = 409
    message = gettext_lazy("There is nothing of that sort to keep.")


@dataclass(frozen=True)
class Order:
    """What to keep (keys of WHAT), why, for whom, and until when it is expected to be needed."""

    what: tuple[str, ...]
    reason: str
    authority: str
    until: date


@transaction.atomic
def keep(staff: StaffAccess, case_id: int, order: Order) -> LegalHold:
    """Copy it into the case, hold that copy, and take the original out of members' sight. Audited, and told.

    NotFound unless the case is open to this member of staff; NoMandate unless they press this very moment.
    """
    with deciding.beside(staff, case_id) as (mandate, case):
        member = member_of(case)
        copied = _copied(member, order.what) | _reported(case)
        text = words.write(case, CaseText.Role.EVIDENCE, copied, by=staff.person)
        placed = NewHold("person", str(text.pk), order.reason, order.authority, order.until, PersonCaseText._meta.label)
        hold = holds.place(staff, placed)
        _hide(mandate, member, order.what)
    return hold


def member_of(case: Case) -> Member:
    """The member whom the case is about. Raises NotFound for cases of other products, NothingToKeep."""
    if not case.kind.startswith("dating.") or case.person_id is None:
        raise NotFound
    found = Member.objects.select_for_update().filter(person_id=case.person_id).first()
    if found is None:
        raise NothingToKeep
    return found


def _copied(member: Member, what: tuple[str, ...]) -> dict[str, Any]:
    """What is taken out of sight, as it is now. Pictures are the bytes that others saw."""
    facts = [[_("Kept as evidence"), ", ".join(str(WHAT[each]) for each in what)]]
    pictures = {}
    if PHOTOS in what:
        pictures = {str(photo.id): _bytes_of(photo) for photo in _seen_photos(member)}
        facts.append([_("Photos kept"), str(len(pictures))])
    if WORDS in what:
        facts += [[_("About"), member.about], *([code, text] for code, text in member.answers.items())]
    return {"facts": facts, "pictures": pictures, "how": Case.Opener.STAFF}


def _reported(case: Case) -> dict[str, Any]:
    """What was reported, so that the one copy that is held has everything."""
    texts = [each for each in words.of_case(case) if each.role == CaseText.Role.EVIDENCE]
    reported = [[each.at.isoformat(), each.words.get("facts", []), each.words.get("enclosed", [])] for each in texts]
    return {"reported": reported}


def _hide(mandate: Mandate, member: Member, what: tuple[str, ...]) -> None:
    mandate.exercise()
    if PHOTOS in what:
        _seen_photos(member).update(state=Photo.State.HELD)
    if WORDS in what:
        member.about, member.answers = "", {}
        member.save(update_fields=["about", "answers"])
    if CONVERSATIONS in what:
        reporters = Report.objects.filter(about=member).values("by")
        both = Q(low=member, high__in=reporters) | Q(high=member, low__in=reporters)
        for match in Match.objects.filter(both):
            Match.objects.filter(pk=match.pk).update(held=True)
            blocking.hide_match(match)


def _seen_photos(member: Member) -> Any:
    return Photo.objects.filter(member=member, state__in=(Photo.State.WAITING, Photo.State.SHOWN))


def _bytes_of(photo: Photo) -> str:
    return base64.b64encode(photos.read(photo, "large")).decode()
