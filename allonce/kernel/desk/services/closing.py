"""How tickets end: solved ones by a person, incidents that never came back by a person in batches, merged ones."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, now
from allonce.kernel.desk import letters
from allonce.kernel.desk.models import Line, Ticket, TimeEntry
from allonce.kernel.desk.services import common
from allonce.kernel.desk.services.answering import Unfit

QUIET_MONTHS = 1
RESTS = timedelta(days=14)
BATCH = 500


@transaction.atomic
def not_reproduced(staff: StaffAccess, ticket_id: UUID) -> None:
    """An incident that nobody could make happen again (terms, 6.2). Raises Unfit for what is none. Audited."""
    ticket = common.still_open(ticket_id)
    if ticket.kind != Ticket.Kind.INCIDENT:
        raise Unfit(_("Only an incident can fail to be reproduced. Say first that this is one."))
    ticket.not_reproduced_at = now()
    common.add(ticket, Line.Kind.EVENT, staff.actor, event="not_reproduced")
    common.save(ticket, "not_reproduced_at")


def quiet_incidents() -> "QuerySet[Ticket]":
    """Incidents that a person may close: not reproduced, and not reported for a calendar month. Oldest first."""
    before = datetime.combine(_month_before(now().date()), now().timetz())
    found = Ticket.objects.filter(kind=Ticket.Kind.INCIDENT, not_reproduced_at__isnull=False, reported_at__lte=before)
    return found.exclude(state=Ticket.State.CLOSED).order_by("reported_at")


def _month_before(day: date) -> date:
    """The latest day from which a calendar month is over on `day`: 31 January on 28 February."""
    return max(add_months(day, -QUIET_MONTHS), add_months(day + timedelta(days=1), -QUIET_MONTHS) - timedelta(days=1))


@transaction.atomic
def close_quiet(staff: StaffAccess, ids: Iterable[UUID]) -> int:
    """Close those of `ids` that may be closed now, and tell each sender; how many. Audited, each."""
    chosen = list(quiet_incidents().filter(pk__in=list(ids)).select_for_update())
    for ticket in chosen:
        _close(staff, ticket, "closed_quiet")
        letters.send_closed_incident(ticket)
    return len(chosen)


@transaction.atomic
def close(staff: StaffAccess, ticket_id: UUID) -> None:
    """End a ticket that is solved. Raises TicketClosed or Unfit. Audited."""
    ticket = common.still_open(ticket_id)
    if ticket.state != Ticket.State.SOLVED:
        raise Unfit(_("Answer it as solved first, so that the sender knows."))
    _close(staff, ticket, "closed")


def close_solved() -> int:
    """Close what was solved two weeks ago and not written to since; how many. Judges nobody: a word opens it again."""
    rested = Ticket.objects.filter(state=Ticket.State.SOLVED, changed_at__lte=now() - RESTS)
    return sum(_close_rested(each) for each in rested.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _close_rested(ticket_id: UUID) -> int:
    ticket = common.locked(ticket_id)
    if ticket.state != Ticket.State.SOLVED or ticket.changed_at > now() - RESTS:
        return 0
    ticket.state, ticket.closed_at = Ticket.State.CLOSED, now()
    common.add(ticket, Line.Kind.EVENT, SYSTEM, event="rested")
    common.save(ticket, "state", "closed_at")
    return 1


@transaction.atomic
def merge(staff: StaffAccess, ticket_id: UUID, number: int) -> Ticket:
    """Put this ticket into another; lines and time stay, and later mails go there.

    What somebody else wrote is for staff alone there. Raises Unfit if there is no such other one. Audited on both.
    """
    gone = common.still_open(ticket_id)
    into = Ticket.objects.select_for_update().filter(number=number).exclude(pk=gone.pk).first()
    if into is None or into.is_closed or gone.kind == Ticket.Kind.DISPUTE:
        raise Unfit(fields={"number": _("Give the number of another open ticket.")})
    TimeEntry.objects.filter(ticket=gone).update(ticket=into)
    _carry_over(gone, into)
    gone.merged_into = into
    common.add(into, Line.Kind.EVENT, staff.actor, gone.reference, event="merged")
    common.save(into, *common.await_answer(into), *_open(into))
    _close(staff, gone, "merged_away", "merged_into")
    return into


def _open(ticket: Ticket) -> tuple[str, ...]:
    ticket.state = Ticket.State.OPEN
    return ("state",)


def _carry_over(gone: Ticket, into: Ticket) -> None:
    """The lines are sealed to their ticket, so they are written anew under the other's key, in their order."""
    from allonce.kernel.desk.services.filing import Sent, keep
    from allonce.kernel.vault import files

    by_stranger = gone.email_index != into.email_index
    for line in Line.objects.filter(ticket=gone).exclude(kind=Line.Kind.EVENT).order_by("at"):
        sent = [Sent(each.name, each.media_type, files.read(each.ref), each.inline) for each in line.files.all()]
        kept = {name: getattr(line, name) for name in COPIED}
        copy = Line(ticket=into, by_stranger=line.kind == Line.Kind.WORD and by_stranger, **kept)
        copy.save(force_insert=True)
        keep(copy, sent)


COPIED = ("kind", "at", "place", "by_kind", "by_id", "words", "whole", "mail_id", "mail_key", "proof")


def _close(staff: StaffAccess, ticket: Ticket, event: str, *more: str) -> None:
    ticket.state, ticket.closed_at, ticket.closed_by = Ticket.State.CLOSED, now(), staff.person.id
    changed = common.stop_clock(ticket)
    common.add(ticket, Line.Kind.EVENT, staff.actor, event=event)
    common.save(ticket, *changed, "state", "closed_at", "closed_by", *more)
