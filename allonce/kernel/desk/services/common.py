"""What the services of the desk share: the row under lock, its lines, its clock."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.desk.hours import due_at
from allonce.kernel.desk.models import Line, Ticket
from allonce.kernel.errors import NotFound, UserError


class TicketMoved(UserError):
    """Somebody wrote or changed something since the page was opened."""

    code = "ticket_moved"
    status = 409
    message = gettext_lazy("Something has happened on this ticket since you opened it. Read it, then send again.")


class TicketClosed(UserError):
    """It is closed; what can still be done is said by the page."""

    code = "ticket_closed"
    status = 409
    message = gettext_lazy("This ticket is closed. A new word of the sender opens it again.")


def locked(ticket_id: UUID, revision: int | None = None) -> Ticket:
    """The ticket under lock. Raises NotFound, or TicketMoved if it is not at that `revision` any more."""
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound
    if revision is not None and ticket.revision != revision:
        raise TicketMoved
    return ticket


def still_open(ticket_id: UUID, revision: int | None = None) -> Ticket:
    """As `locked`. Raises TicketClosed, too."""
    ticket = locked(ticket_id, revision)
    if ticket.is_closed:
        raise TicketClosed
    return ticket


def add(ticket: Ticket, kind: "Line.Kind", actor: Actor, words: str = "", **more: Any) -> Line:
    """One more line. The audit record has the kind alone, never the words."""
    place = Line.objects.filter(ticket=ticket).count()
    about = {"kind": kind, "by_kind": actor.kind, "by_id": actor.id, "place": place}
    line = Line(ticket=ticket, words=words.strip(), **about, **more)
    line.save(force_insert=True)
    said = f"ticket.{more.get('event') or kind}"
    audit.record(said, actor=actor, account_id=ticket.account_id, target=f"desk.Ticket:{ticket.pk}", data={})
    return line


def save(ticket: Ticket, *fields: str) -> None:
    """Keep what changed, and count it."""
    ticket.revision += 1
    ticket.changed_at = now()
    ticket.save(update_fields=[*fields, "revision", "changed_at"])


def await_answer(ticket: Ticket) -> tuple[str, ...]:
    """It is the desk's turn: the clock runs from the oldest word that nobody answered. The fields that changed."""
    ticket.awaits_since = ticket.awaits_since or now()
    ticket.answer_due_at = due_at(ticket.priority, ticket.awaits_since)
    return ("awaits_since", "answer_due_at")


def stop_clock(ticket: Ticket) -> tuple[str, ...]:
    """Nothing is waited for from the desk. The fields that changed."""
    ticket.awaits_since = ticket.answer_due_at = None
    return ("awaits_since", "answer_due_at")
