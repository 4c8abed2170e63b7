"""Disclosures that the law demands: by a named person, limited to what is demanded, and recorded."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, vault
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.requests.files import judged
from allonce.kernel.privacy.requests.models import Disclosure
from allonce.kernel.privacy.requests.services import telling
from allonce.kernel.vault import files

NAME = "what was given"


class IncompleteDisclosure(UserError):
    """Something that the record must hold is missing or makes no sense; `fields` says what."""

    code = "incomplete_disclosure"


class SamePerson(UserError):
    """Four eyes are two people."""

    code = "same_person"
    status = 403
    message = gettext_lazy("You recorded this disclosure, so somebody else has to agree to it.")


class DecidedAlready(UserError):
    """The disclosure was given or dropped before."""

    code = "decided_already"
    status = 409
    message = gettext_lazy("This disclosure was decided already.")


@dataclass(frozen=True)
class Facts:
    """What a disclosure is. `concerns` is the address of the person or account it is about; may be empty.

    `withheld_until` with its reason: the law forbids to tell those concerned until that day.
    """

    authority: str
    legal_basis: str
    scope_asked: str
    scope_given: str
    left_out: str
    reference: str = ""
    concerns: str = ""
    limited: bool = False
    four_eyes: bool = False
    withheld_because: str = ""
    withheld_until: date | None = None
    file: bytes = b""


@transaction.atomic
def record(staff: StaffAccess, facts: Facts) -> Disclosure:
    """Record a disclosure under the name of the member of staff who makes it; audited.

    With four eyes nothing counts as given until somebody else agrees. Raises IncompleteDisclosure or UnfitFile.
    """
    _require_whole(facts)
    person, account = _concerned(facts.concerns)
    disclosure = Disclosure(
        authority=facts.authority,
        legal_basis=facts.legal_basis,
        reference=facts.reference,
        scope_asked=facts.scope_asked,
        scope_given=facts.scope_given,
        left_out=facts.left_out,
        person=person,
        account=account,
        staff_id=staff.person.id,
        four_eyes=facts.four_eyes,
        state=Disclosure.State.WAITING if facts.four_eyes else Disclosure.State.GIVEN,
        given_at=None if facts.four_eyes else now(),
        withheld_because=facts.withheld_because,
        withheld_until=facts.withheld_until,
    )
    vault.create_key(disclosure.scope)
    _keep_file(disclosure, facts.file)
    disclosure.save(force_insert=True)
    _tell_if_allowed(disclosure)
    _record(staff, "disclosure.recorded", disclosure)
    return disclosure


@transaction.atomic
def agree(staff: StaffAccess, disclosure_id: UUID) -> None:
    """The second pair of eyes: from now on the disclosure counts as given. Raises SamePerson or DecidedAlready."""
    disclosure = _waiting(disclosure_id)
    if disclosure.staff_id == staff.person.id:
        raise SamePerson
    disclosure.second_id, disclosure.given_at = staff.person.id, now()
    disclosure.state = Disclosure.State.GIVEN
    disclosure.save(update_fields=["second_id", "given_at", "state"])
    _tell_if_allowed(disclosure)
    _record(staff, "disclosure.agreed", disclosure)


@transaction.atomic
def drop(staff: StaffAccess, disclosure_id: UUID) -> None:
    """Nothing is given after all; the copy of what would have been given goes. Raises DecidedAlready."""
    disclosure = _waiting(disclosure_id)
    disclosure.state, disclosure.file_type, disclosure.file_size = Disclosure.State.DROPPED, "", 0
    disclosure.save(update_fields=["state", "file_type", "file_size"])
    _record(staff, "disclosure.dropped", disclosure)
    files.delete(_ref(disclosure))


@transaction.atomic
def copy_of_what_was_given(staff: StaffAccess, disclosure_id: UUID) -> tuple[str, bytes]:
    """Media type and content of the attachment; each opening is audited. Raises NotFound."""
    disclosure = Disclosure.objects.filter(pk=disclosure_id).exclude(file_type="").first()
    if disclosure is None:
        raise NotFound
    _record(staff, "disclosure.opened", disclosure)
    return disclosure.file_type, files.read(_ref(disclosure))


@transaction.atomic
def note_reading(staff: StaffAccess, disclosure_id: UUID) -> None:
    """Audit that this member of staff reads the record now. Raises NotFound."""
    disclosure = Disclosure.objects.filter(pk=disclosure_id).first()
    if disclosure is None:
        raise NotFound
    _record(staff, "disclosure.read", disclosure)


def _require_whole(facts: Facts) -> None:
    wrong: dict[str, str] = {}
    if not facts.limited:
        wrong["limited"] = _("Confirm that nothing beyond what is demanded is given.")
    if facts.withheld_until is not None and facts.withheld_until <= today():
        wrong["withheld_until"] = _("Choose a day after today, or leave it empty.")
    if bool(facts.withheld_because.strip()) != (facts.withheld_until is not None):
        wrong["withheld_because"] = _("Say why those concerned may not be told, and until when; or leave both empty.")
    if wrong:
        raise IncompleteDisclosure(fields=wrong)


def _concerned(address: str) -> tuple[Person | None, Account | None]:
    if not address:
        return None, None
    person, account = Person.objects.with_email(address), Account.objects.with_email(address)
    if person is None and account is None:
        message = _("Nothing is held under this address. Check it, or leave it empty.")
        raise IncompleteDisclosure(message, fields={"concerns": message})
    return person, account


def _keep_file(disclosure: Disclosure, data: bytes) -> None:
    if data:
        disclosure.file_type, kept = judged(data)
        disclosure.file_size, disclosure.file_digest = len(kept), sha256(kept).hexdigest()
        files.save(disclosure.scope, disclosure.id, NAME, kept)


def _tell_if_allowed(disclosure: Disclosure) -> None:
    if disclosure.state == Disclosure.State.GIVEN and disclosure.withheld_until is None:
        telling.tell(disclosure)


def _waiting(disclosure_id: UUID) -> Disclosure:
    disclosure = Disclosure.objects.select_for_update().filter(pk=disclosure_id).first()
    if disclosure is None:
        raise NotFound
    if disclosure.state != Disclosure.State.WAITING:
        raise DecidedAlready
    return disclosure


def _ref(disclosure: Disclosure) -> files.FileRef:
    return files.FileRef(disclosure.scope, disclosure.id, NAME)


def _record(staff: StaffAccess, action: str, disclosure: Disclosure) -> None:
    target = f"requests.Disclosure:{disclosure.id}"
    # The account reads its own record: what it may not be told yet does not stand there yet.
    shown = None if disclosure.is_withheld else disclosure.account_id
    audit.record(action, actor=staff.actor, account_id=shown, target=target)
