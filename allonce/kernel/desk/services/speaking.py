"""The sender's side after the first word: they write again, say how it was, and find their page."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.desk.models import Line, Ticket
from allonce.kernel.desk.models.tickets import STARS
from allonce.kernel.desk.services import common
from allonce.kernel.desk.services.filing import NOTHING, Carried, keep
from allonce.kernel.errors import UserError


class NothingSaid(UserError):
    """An empty word."""

    code = "nothing_said"
    status = 422


class NotYet(UserError):
    """It can only be said how it was once it is solved."""

    code = "not_yet"
    status = 409


@transaction.atomic
def write(ticket_id: UUID, words: str, actor: Actor, carried: Carried = NOTHING) -> Line:
    """One more word of the sender. It opens a solved or closed ticket again, and is a recurrence of an incident.

    Raises NotFound, or NothingSaid. Audited.
    """
    ticket = _standing(common.locked(ticket_id))
    if not words.strip() and not carried.files:
        raise NothingSaid(_("Write something first."), fields={"words": _("Write something first.")})
    line = common.add(ticket, Line.Kind.WORD, actor, words, **carried.of_mail)
    if left_out := keep(line, carried.files):
        common.add(ticket, Line.Kind.EVENT, actor, str(left_out), event="files_left_out")
    changed = common.await_answer(ticket)
    ticket.state, ticket.reported_at = Ticket.State.OPEN, now()
    ticket.closed_at = ticket.closed_by = None
    common.save(ticket, *changed, "state", "reported_at", "closed_at", "closed_by")
    return line


def _standing(ticket: Ticket) -> Ticket:
    """What was said to a merged ticket goes to the one that stands."""
    return common.locked(ticket.merged_into_id) if ticket.merged_into_id else ticket


@transaction.atomic
def rate(ticket_id: UUID, stars: int, words: str, actor: Actor) -> None:
    """How it was: one to five stars; the last word counts. Raises NotFound or NotYet. Audited."""
    ticket = common.locked(ticket_id)
    if ticket.state not in (Ticket.State.SOLVED, Ticket.State.CLOSED):
        raise NotYet(_("You can say how it was once it is solved."))
    if stars not in STARS:
        raise NotYet(_("Choose one to five stars."))
    ticket.stars, ticket.stars_words = stars, words.strip()
    common.add(ticket, Line.Kind.EVENT, actor, event="rated")
    common.save(ticket, "stars", "stars_words")
