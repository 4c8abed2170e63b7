"""The staff's side: answer, note, take, set aside, solve, and the time that it took."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import now
from allonce.kernel.desk import letters
from allonce.kernel.desk.hours import due_at
from allonce.kernel.desk.mail_keys import key_of
from allonce.kernel.desk.models import Line, Ticket, TimeEntry
from allonce.kernel.desk.services import common
from allonce.kernel.desk.services.filing import Sent, keep
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.post.delivering import letter_message_id

AFTER = {"waiting": Ticket.State.WAITING, "open": Ticket.State.OPEN, "solved": Ticket.State.SOLVED}
MOST_MINUTES = 1440


class Unfit(UserError):
    """Something is missing; `fields` says what."""

    code = "unfit"
    status = 422


@dataclass(frozen=True)
class Answer:
    """What goes out, where the ticket stands after it, and the minutes that it took. `revision` is what was read."""

    words: str = field(repr=False)
    revision: int
    after: str = "waiting"
    minutes: int = 0
    files: tuple[Sent, ...] = ()


@transaction.atomic
def answer(staff: StaffAccess, ticket_id: UUID, given: Answer) -> Line:
    """Write to the sender. Raises TicketClosed, TicketMoved if somebody was quicker, or Unfit. Audited."""
    if not given.words.strip():
        raise Unfit(fields={"words": _("Write an answer first.")})
    ticket = common.still_open(ticket_id, given.revision)
    line = common.add(ticket, Line.Kind.ANSWER, staff.actor, given.words)
    keep(line, given.files)
    line.mail_key = key_of(letter_message_id(letters.send_answer(ticket, line)))
    line.save(update_fields=["mail_key"])
    ticket.answered_at = ticket.answered_at or now()
    ticket.handler_id = ticket.handler_id or staff.person.id
    ticket.state = AFTER[given.after]
    changed = common.stop_clock(ticket)
    common.save(ticket, *changed, "answered_at", "handler_id", "state")
    if given.minutes:
        spend(staff, ticket, given.minutes)
    if ticket.state == Ticket.State.SOLVED:
        letters.send_solved(ticket)
    return line


@transaction.atomic
def note(staff: StaffAccess, ticket_id: UUID, words: str) -> Line:
    """Something that only staff may read. Raises NotFound or Unfit. Audited."""
    if not words.strip():
        raise Unfit(fields={"words": _("Write the note first.")})
    ticket = common.locked(ticket_id)
    line = common.add(ticket, Line.Kind.NOTE, staff.actor, words)
    common.save(ticket)
    return line


@transaction.atomic
def log(staff: StaffAccess, ticket_id: UUID, minutes: int) -> TimeEntry:
    """Minutes spent, on a closed ticket too. Raises NotFound or Unfit. Audited."""
    return spend(staff, common.locked(ticket_id), minutes)


def spend(staff: StaffAccess, ticket: Ticket, minutes: int) -> TimeEntry:
    """Minutes spent on a ticket under lock."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Unfit(fields={"minutes": _("Give the minutes as a number from 1 to 1,440.")})
    entry = TimeEntry.objects.create(ticket=ticket, staff_id=staff.person.id, minutes=minutes)
    common.add(ticket, Line.Kind.EVENT, staff.actor, str(minutes), event="time_logged")
    return entry


@transaction.atomic
def take(staff: StaffAccess, ticket_id: UUID, handler: UUID | None) -> None:
    """Who handles it: somebody of the desk, or nobody. Audited."""
    from allonce.kernel.desk.telling import staff_of_the_desk

    if handler is not None and handler not in {each.pk for each in staff_of_the_desk()}:
        raise NotFound
    ticket = common.still_open(ticket_id)
    ticket.handler_id = handler
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="taken" if handler else "let_go")
    common.save(ticket, "handler_id")


@transaction.atomic
def sort(staff: StaffAccess, ticket_id: UUID, kind: str, priority: str) -> None:
    """What it is and how urgent; the time for the next answer follows. A dispute stays one. Audited."""
    ticket = common.still_open(ticket_id)
    if ticket.kind != Ticket.Kind.DISPUTE and kind in (Ticket.Kind.QUESTION, Ticket.Kind.INCIDENT):
        ticket.kind = kind
    ticket.priority = Ticket.Priority(priority)
    if ticket.awaits_since:
        ticket.answer_due_at = due_at(ticket.priority, ticket.awaits_since)
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="sorted")
    common.save(ticket, "kind", "priority", "answer_due_at")


@transaction.atomic
def reopen(staff: StaffAccess, ticket_id: UUID) -> None:
    """By staff, without a word of the sender. Audited."""
    ticket = common.locked(ticket_id)
    if ticket.merged_into_id:
        raise Unfit(_("It was merged into another ticket, which is the one that stands."))
    ticket.state, ticket.closed_at, ticket.closed_by = Ticket.State.OPEN, None, None
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="reopened")
    common.save(ticket, "state", "closed_at", "closed_by")
