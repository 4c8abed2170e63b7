"""Every change of somebody's choices, whichever way it reached us: one record, one history, the same effect."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.legal.marketing.models import Basis, Change, Channel, Contact, Copy, Preference, Wording
from allonce.kernel.legal.marketing.purposes import ALL, ConsentPurpose, marketing_purposes, purpose_of
from allonce.kernel.legal.marketing.services.assessments import current_assessment

Act = Change.Act


class ObjectedSince(UserError):
    """An agreement from before the objection does not outweigh it."""

    code = "objected_since"
    status = 409
    message = gettext_lazy("They objected after that. An earlier agreement does not outweigh a later objection.")


class ObjectionNotOffered(UserError):
    """Without the offer to object when the address was taken there is no soft opt-in (PECR regulation 22(3)(c))."""

    code = "objection_not_offered"
    message = gettext_lazy("Only addresses whose holders could object when they gave them may be written to.")


class NotForMarketing(UserError):
    """Only marketing stands on anything but consent."""

    code = "not_for_marketing"
    message = gettext_lazy("This can only be allowed by consent.")


class NoAssessment(UserError):
    """No assessment of this purpose holds today."""

    code = "no_assessment"
    status = 409
    message = gettext_lazy("There is no current assessment that lets this stand on a legitimate interest.")


class WordingChanged(ValueError):
    """The sentence of a version was edited after somebody agreed to it: add a new one instead."""


@dataclass(frozen=True)
class Said:
    """How a choice reached us: through which channel, carried by whom, and when it was made (now, if not told)."""

    channel: str
    actor: Actor
    at: datetime | None = None
    staff: Person | None = None

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return self.at or now()


@dataclass(frozen=True)
class Origin:
    """Where an address came from: a source ("enquiry" or "sale"), the day, and whether objecting was offered then."""

    source: str
    on: date
    objection_offered: bool


@transaction.atomic
def give(contact: Contact, purpose_code: str, said: Said, wording: int | None = None) -> Preference:
    """Somebody agreed to the sentence of that version (the present one, if not told). Audited.

    It outweighs an objection made before. Raises UnknownPurpose, or ObjectedSince.
    """
    purpose = purpose_of(purpose_code)
    row = _locked(contact, purpose.code, said)
    if row.consented and wording in (None, row.wording):
        return row
    if row.objected_at and said.moment < row.objected_at:
        raise ObjectedSince
    version = wording or purpose.version
    _keep_wording(purpose, version)
    row.basis, row.since, row.wording = Basis.CONSENT, said.moment, version
    row.channel, row.objected_at, row.withdrawn_at = said.channel, None, None
    row.save()
    _note(contact, purpose.code, Act.GIVEN, said, wording=version)
    return row


@transaction.atomic
def stop(contact: Contact, purpose_code: str, said: Said) -> bool:
    """Somebody withdrew, unsubscribed or objected, for one purpose or (`all`) every kind of marketing. Audited.

    It holds at once: letters that no relay has taken yet are taken back. What was done before stays lawful and
    recorded. False if it stood like that already. Raises UnknownPurpose.
    """
    marketing = purpose_code == ALL or purpose_of(purpose_code).marketing
    rows = [_locked(contact, code, said) for code in _affected(purpose_code)]
    changed = [row for row in rows if _stop_one(row, said, marketing=marketing)]
    if not changed:
        return False
    if marketing:
        _recall(contact, [row.purpose for row in rows])
    _note(contact, purpose_code, Act.OBJECTED if marketing else Act.WITHDRAWN, said)
    return True


@transaction.atomic
def note_soft_opt_in(contact: Contact, purpose_code: str, said: Said, origin: Origin) -> bool:
    """Somebody enquired or bought, and was offered to object. Audited. False where consent or an objection stands.

    Raises ObjectionNotOffered, NotForMarketing or UnknownPurpose.
    """
    if not origin.objection_offered:
        raise ObjectionNotOffered
    row = _marketing_row(contact, purpose_code, said)
    if row.objected_at or row.basis == Basis.CONSENT:
        return False
    row.basis, row.since, row.channel = Basis.SOFT_OPT_IN, said.moment, said.channel
    row.source, row.source_on = origin.source, origin.on
    row.save()
    _note(contact, purpose_code, Act.SOFT_OPT_IN, said, source=origin.source, source_on=origin.on)
    return True


@transaction.atomic
def rely_on_interest(contact: Contact, purpose_code: str, said: Said) -> bool:
    """The Operator relies on a legitimate interest, by the current assessment. Audited.

    False where anything stands already. Raises NoAssessment, NotForMarketing or UnknownPurpose.
    """
    assessment = current_assessment(purpose_code)
    row = _marketing_row(contact, purpose_code, said)
    if assessment is None:
        raise NoAssessment
    if row.objected_at or row.basis != Basis.NONE:
        return False
    row.basis, row.since, row.assessment, row.channel = Basis.INTEREST, said.moment, assessment, said.channel
    row.save()
    _note(contact, purpose_code, Act.INTEREST, said)
    return True


def _affected(purpose_code: str) -> list[str]:
    if purpose_code != ALL:
        return [purpose_code]
    return [ALL, *(purpose.code for purpose in marketing_purposes())]


def _marketing_row(contact: Contact, purpose_code: str, said: Said) -> Preference:
    if not purpose_of(purpose_code).marketing:
        raise NotForMarketing
    return _locked(contact, purpose_code, said)


def _locked(contact: Contact, code: str, said: Said) -> Preference:
    """The row of one purpose, behind the contact's lock. A new one inherits an objection to everything."""
    Contact.objects.select_for_update().get(pk=contact.pk)
    row = Preference.objects.filter(contact=contact, purpose=code).first()
    if row is not None:
        return row
    everything = Preference.objects.filter(contact=contact, purpose=ALL).first()
    inherits = everything is not None and any(purpose.code == code for purpose in marketing_purposes())
    objected_at = everything.objected_at if everything and inherits else None
    return Preference(contact=contact, purpose=code, channel=said.channel, objected_at=objected_at)


def _stop_one(row: Preference, said: Said, *, marketing: bool) -> bool:
    had_basis = row.basis != Basis.NONE
    if not had_basis and (row.objected_at or not marketing):
        return False
    if row.basis == Basis.CONSENT:
        row.withdrawn_at = said.moment
    if marketing:
        row.objected_at = row.objected_at or said.moment
    row.basis, row.channel, row.assessment = Basis.NONE, said.channel, None
    row.save()
    return True


def _recall(contact: Contact, purpose_codes: Iterable[str]) -> None:
    copies = Copy.objects.filter(contact=contact, newsletter__purpose__in=purpose_codes)
    post.recall(list(copies.values_list("letter_id", flat=True)))


def _keep_wording(purpose: ConsentPurpose, version: int) -> None:
    """Keep the sentence itself, so that the record still proves something when the code has moved on."""
    text = str(purpose.wordings[version - 1])
    kept, _made = Wording.objects.get_or_create(purpose=purpose.code, version=version, defaults={"text": text})
    if kept.text != text:
        raise WordingChanged(f"{purpose.code} version {version} was agreed to in other words")


def _note(contact: Contact, purpose_code: str, act: str, said: Said, **more: Any) -> None:
    noted_by = said.staff
    Change.objects.create(
        contact=contact,
        purpose=purpose_code,
        act=act,
        channel=Channel(said.channel),
        at=said.moment,
        noted_by=noted_by,
        **more,
    )
    data = {"purpose": purpose_code, "channel": said.channel}
    audit.record(f"marketing.{act}", actor=said.actor, target=f"marketing.Contact:{contact.id}", data=data)
