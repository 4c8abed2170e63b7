"""A change of ownership: prepared and announced by staff, objected to by anybody, handed over without objectors."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.requests import jobs
from allonce.kernel.privacy.requests.models import Transfer, TransferObjection

NOTICE_DAYS = 30


class TooSoon(UserError):
    """People must have time to think and to object."""

    code = "too_soon"


class NotNow(UserError):
    """The transfer is in a state in which this cannot be done."""

    code = "transfer_not_now"
    status = 409
    message = gettext_lazy("This cannot be done now. Look at how the change of ownership stands.")


@dataclass(frozen=True)
class Plan:
    """Who takes over, when, and what people are told."""

    new_owner: str
    transfer_on: date
    text: str


@transaction.atomic
def prepare(staff: StaffAccess, plan: Plan) -> Transfer:
    """A draft that nobody is told of yet; audited. Raises TooSoon."""
    _require_ahead(plan.transfer_on)
    transfer = Transfer.objects.create(
        new_owner=plan.new_owner.strip(),
        transfer_on=plan.transfer_on,
        text=plan.text.strip(),
        created_by=staff.person.id,
    )
    _record(staff.actor, "transfer.prepared", transfer)
    return transfer


@transaction.atomic
def announce(staff: StaffAccess, transfer_id: UUID) -> None:
    """Begin to tell everybody, at least thirty days ahead; audited. Raises TooSoon or NotNow."""
    transfer = _in_state(transfer_id, Transfer.State.DRAFT)
    _require_ahead(transfer.transfer_on)
    transfer.state, transfer.announced_at, transfer.announced_by = Transfer.State.ANNOUNCED, now(), staff.person.id
    try:
        with transaction.atomic():
            transfer.save(update_fields=["state", "announced_at", "announced_by"])
    except IntegrityError as error:
        raise NotNow(_("Another change of ownership is announced. Hand it over or call it off first.")) from error
    jobs.announce_transfer.later(transfer.id)
    _record(staff.actor, "transfer.announced", transfer)


@transaction.atomic
def call_off(staff: StaffAccess, transfer_id: UUID) -> None:
    """The business stays where it is; audited. Raises NotNow."""
    transfer = Transfer.objects.select_for_update().filter(pk=transfer_id).first()
    if transfer is None:
        raise NotFound
    if transfer.state not in {Transfer.State.DRAFT, Transfer.State.ANNOUNCED}:
        raise NotNow
    transfer.state = Transfer.State.CANCELLED
    transfer.save(update_fields=["state"])
    _record(staff.actor, "transfer.called_off", transfer)


@transaction.atomic
def object_to(transfer_id: UUID, person: Person, actor: Actor, channel: str) -> None:
    """This person's data does not go along; no reason is asked. Safe to repeat. Raises NotNow."""
    transfer = _in_state(transfer_id, Transfer.State.ANNOUNCED)
    how = {"channel": channel}
    _row, new = TransferObjection.objects.get_or_create(transfer=transfer, person=person, defaults=how)
    if new:
        _record(actor, "transfer.objected", transfer)


@transaction.atomic
def take_back(transfer_id: UUID, person: Person, actor: Actor) -> None:
    """The objection is taken back, by the person alone. Safe to repeat. Raises NotNow."""
    transfer = _in_state(transfer_id, Transfer.State.ANNOUNCED)
    if TransferObjection.objects.filter(transfer=transfer, person=person).delete()[0]:
        _record(actor, "transfer.objection_taken_back", transfer)


def _require_ahead(day: date) -> None:
    first = today() + timedelta(days=NOTICE_DAYS)
    if day < first:
        message = _("Choose %s or later: people are told at least thirty days ahead.") % f"{first.day} {first:%b %Y}"
        raise TooSoon(message, fields={"transfer_on": message})


def _in_state(transfer_id: UUID, state: "Transfer.State") -> Transfer:
    transfer = Transfer.objects.select_for_update().filter(pk=transfer_id).first()
    if transfer is None:
        raise NotFound
    if transfer.state != state:
        raise NotNow
    return transfer


def _record(actor: Actor, action: str, transfer: Transfer) -> None:
    audit.record(action, actor=actor, target=f"requests.Transfer:{transfer.id}")
