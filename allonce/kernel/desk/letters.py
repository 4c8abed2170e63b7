"""What the desk writes to senders: sealed with the ticket's key, threaded below their own mails."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.clock import now
from allonce.kernel.clock.saying import as_people_say
from allonce.kernel.desk import links
from allonce.kernel.desk.hours import HOURS
from allonce.kernel.desk.models import Dispute, Line, Ticket
from allonce.kernel.privacy.requests.letters import in_words

# By these a desk knows its own letters when they come back, and other machines know that no person wrote them.
LOOP_MARK = "allonce-desk"
OWN = {"X-Loop": LOOP_MARK}
BY_MACHINE = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


def send(ticket: Ticket, kind: str, paragraphs: Sequence[str], *, by_machine: bool = False, action: str = "") -> UUID:
    """A letter to the sender, answered by mail or on their page; returns the letter's id."""
    words = post.Words(
        subject=f"{ticket.subject} [{ticket.reference}]",
        heading=ticket.subject,
        paragraphs=paragraphs,
        action=post.Action(action or _("Open your ticket"), links.page_of(ticket.id)),
        closing=[_("Answer this letter, and it reaches the same ticket. Its number is %s.") % ticket.reference],
    )
    letter = post.letter(ticket.scope, f"desk.{kind}", ticket.email, words)
    headers = OWN | (BY_MACHINE if by_machine else {}) | _thread(ticket)
    return post.send(replace(letter, headers=headers, reply_to=settings.SUPPORT_EMAIL))


def send_receipt(ticket: Ticket) -> None:
    """It has arrived, under which number, and by when the desk answers. Never sent to a machine."""
    due = as_people_say(ticket.answer_due_at or now(), ZoneInfo(HOURS.zone))
    said = [
        _("We have your message. Its number is %s.") % ticket.reference,
        _("The desk is there from nine to five, Monday to Friday, except on public holidays."),
        _("You have our answer by %s.") % due,
    ]
    send(ticket, "receipt", said, by_machine=True)


def send_answer(ticket: Ticket, line: Line) -> UUID:
    """What a member of staff wrote."""
    return send(ticket, "answer", [part for part in line.words.split("\n\n") if part.strip()])


def send_solved(ticket: Ticket) -> None:
    """It counts as solved; how it was, and that a word opens it again."""
    said = [
        _("We think that this is solved. If it is not, answer this letter and it is open again."),
        _("How was it? One click on your ticket's page tells us."),
    ]
    send(ticket, "solved", said, by_machine=True, action=_("Say how it was"))


def send_closed_incident(ticket: Ticket) -> None:
    """Terms, 6.2: not reproduced, not seen again for a month."""
    said = [
        _("We could not reproduce what you reported, and for a month it was not reported again."),
        _("So we close this incident without further action. If it comes back, answer this letter: it is open again."),
    ]
    send(ticket, "closed", said)


def send_dispute_receipt(ticket: Ticket, dispute: Dispute) -> None:
    """The case number, and by when it is investigated; a late one waits for a person first."""
    due = in_words(dispute.due_on)
    said = [_("Your dispute has the case number %s.") % ticket.reference]
    if dispute.late:
        said.append(_("It came more than fourteen days after the event, so a person decides whether we take it."))
    else:
        said.append(_("We look into it within seven working days: by %s.") % due)
    if dispute.access:
        said.append(_("You let us look at the data of your account that the case needs. That ends with the case."))
    send(ticket, "dispute", said, by_machine=True)


def send_outcome(ticket: Ticket, dispute: Dispute) -> None:
    """What came of it, why, who says so; and mediation where no agreement was reached."""
    about = {"case": ticket.reference, "outcome": dispute.get_outcome_display()}
    said = [_("Case %(case)s is decided: %(outcome)s.") % about]
    said += [part for part in dispute.reasons.split("\n\n") if part.strip()]
    if dispute.outcome in (Dispute.Outcome.NONE, Dispute.Outcome.UNFOUNDED, Dispute.Outcome.NOT_TAKEN):
        said.append(_("If you do not agree, you can turn to a mediator: %s.") % mediator())
    if dispute.access:
        said.append(_("Our access to your account's data for this case has ended."))
    send(ticket, "outcome", said)


def mediator() -> str:
    """Whom to turn to where no agreement is reached."""
    return settings.MEDIATOR or _("the Centre for Effective Dispute Resolution, www.cedr.com")


def _thread(ticket: Ticket) -> dict[str, str]:
    """So that mail programs show the letter below the sender's own mails."""
    mails = Line.objects.filter(ticket=ticket).exclude(mail_key="").order_by("at")
    ids = [each.mail_id for each in mails if each.mail_id]
    return {"In-Reply-To": ids[-1], "References": " ".join(ids[-10:])} if ids else {}
