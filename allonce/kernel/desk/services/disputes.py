"""Disputes (terms, 12): a case number at once, seven working days, access for the case alone, redress by a person."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.models import StaffLook
from allonce.kernel.accounts.services import staff as looks
from allonce.kernel.clock import now, today, working_days_after
from allonce.kernel.desk import letters
from allonce.kernel.desk.models import Dispute, DisputeLook, Line, Ticket
from allonce.kernel.desk.services import common
from allonce.kernel.desk.services.answering import Unfit
from allonce.kernel.desk.services.opening import Opened, open_ticket
from allonce.kernel.privacy.requests.letters import in_words

DAYS_TO_RAISE = 14
WORKING_DAYS = 7
LOOK_MINUTES = 60


@dataclass(frozen=True)
class Raised:
    """What the account disputes, when it happened, and whether staff may look at its data for the case."""

    subject: str = field(repr=False)
    words: str = field(repr=False)
    happened_on: date
    access: bool


@transaction.atomic
def raise_dispute(by: AccountAccess, given: Raised) -> Ticket:
    """A new case. One that comes after day 14 opens marked late, and a person says whether it is taken. Audited."""
    if given.happened_on > today():
        raise Unfit(fields={"happened_on": _("Choose today or an earlier day.")})
    said = (by.person.name, by.person.email, given.subject, given.words)
    kind = Ticket.Kind.DISPUTE
    opened = Opened(Ticket.Channel.PORTAL, *said, kind=kind, person=by.person, account=by.account)
    ticket = open_ticket(opened, by.actor)
    late = today() - given.happened_on > timedelta(days=DAYS_TO_RAISE)
    dispute = Dispute(
        ticket=ticket,
        happened_on=given.happened_on,
        due_on=working_days_after(today(), WORKING_DAYS),
        late=late,
        access=given.access,
    )
    dispute.save(force_insert=True)
    letters.send_dispute_receipt(ticket, dispute)
    return ticket


@transaction.atomic
def take(staff: StaffAccess, ticket_id: UUID) -> None:
    """Take a late dispute all the same; its seven working days begin today. Audited."""
    ticket, dispute = _open_case(ticket_id)
    if not dispute.waits_to_be_taken:
        raise Unfit(_("This case is taken already."))
    dispute.taken_by, dispute.due_on = staff.person.id, working_days_after(today(), WORKING_DAYS)
    dispute.save(update_fields=["taken_by", "due_on"])
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="dispute_taken")
    common.save(ticket)
    said = _("We take your case all the same, and look into it by %s.") % in_words(dispute.due_on)
    letters.send(ticket, "dispute", [said])


@transaction.atomic
def look(staff: StaffAccess, ticket_id: UUID) -> StaffLook:
    """Open the account for reading, by the sender's word for this case. Raises Unfit without it. Audited, and shown."""
    ticket, dispute = _open_case(ticket_id)
    if not dispute.access or ticket.account_id is None:
        raise Unfit(_("The sender did not let you look at the account's data for this case. Ask them first."))
    reason = _("Case %s, as its sender allowed") % ticket.reference
    found = looks.start_look(staff, ticket.account_id, reason, LOOK_MINUTES)
    DisputeLook.objects.create(dispute=dispute, look=found)
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="dispute_looked")
    return found


@transaction.atomic
def decide(staff: StaffAccess, ticket_id: UUID, outcome: str, reasons: str) -> None:
    """End a case with what is put right and why; access ends with it. Raises Unfit or TicketClosed. Audited."""
    ticket, dispute = _open_case(ticket_id)
    if not reasons.strip():
        raise Unfit(fields={"reasons": _("Say why: the sender reads it.")})
    if dispute.waits_to_be_taken and outcome != Dispute.Outcome.NOT_TAKEN:
        raise Unfit(fields={"outcome": _("It came late: take it first, or say that it is not taken.")})
    dispute.outcome, dispute.reasons = Dispute.Outcome(outcome), reasons.strip()
    _end_access(dispute)
    dispute.save(update_fields=["outcome", "reasons", "access_ended_at"])
    ticket.state, ticket.closed_at, ticket.closed_by = Ticket.State.CLOSED, now(), staff.person.id
    changed = common.stop_clock(ticket)
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="dispute_decided")
    common.save(ticket, *changed, "state", "closed_at", "closed_by")
    letters.send_outcome(ticket, dispute)


def _end_access(dispute: Dispute) -> None:
    """Whoever still reads the account for this case reads no more."""
    dispute.access_ended_at = now()
    StaffLook.objects.filter(dispute_looks__dispute=dispute, ended_at=None).update(ended_at=now())


def _open_case(ticket_id: UUID) -> tuple[Ticket, Dispute]:
    ticket = common.still_open(ticket_id)
    dispute = Dispute.objects.select_for_update().filter(ticket=ticket).first()
    if dispute is None:
        raise Unfit(_("This ticket is no dispute."))
    return ticket, dispute
