"""The letters of the desk, sealed with the key of the request they are about, written in the caller's transaction."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.legal.authority import authority
from allonce.kernel.privacy.requests import references
from allonce.kernel.privacy.requests.models import RightsRequest


def in_words(day: date) -> str:
    """A day as people write it: 21 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def how_to_complain() -> list[str]:
    """Whom to turn to if an answer is not enough: ourselves, the authority and how to reach it, the courts."""
    who = authority()
    reached = ", ".join(part for part in (who.address, who.website, who.phone) if part)
    ours = ", ".join((settings.OPERATOR_EMAIL, settings.OPERATOR_PHONE, settings.OPERATOR_ADDRESS))
    return [
        _("Not content with this? Tell us, and we look again: %s.") % ours,
        _("You may also complain to the supervisory authority: %(name)s, %(reached)s.")
        % {"name": who.name, "reached": reached},
        _("And you may go to court."),
    ]


def send(request: RightsRequest, kind: str, subject: str, paragraphs: Sequence[str], action: str = "") -> None:
    """A letter to the sender of a request, with its reference, the way to its page, and how to complain."""
    subject = f"{subject} ({request.reference})"
    link = references.page("requests:own", references.sign("request", request.id))
    words = post.Words(
        subject=subject,
        paragraphs=paragraphs,
        action=post.Action(action or _("See how your request stands"), link),
        closing=how_to_complain(),
    )
    post.send(post.letter(request.scope, f"requests.{kind}", request.email, words))


def send_receipt(request: RightsRequest) -> None:
    """It has arrived, under which name, and by when it is answered. Says the same whoever is known here."""
    about = {"right": request.get_right_display(), "due": in_words(request.due_on), "reference": request.reference}
    paragraphs = [
        _("We have your request: %(right)s. Its reference is %(reference)s.") % about,
        _("You get our answer by %(due)s at the latest.") % about,
    ]
    if not request.is_paused:
        send(request, "received", _("We have your request"), paragraphs)
        return
    paragraphs.append(
        _("First we must know that it was you. Confirm that this mailbox is yours; days until then come on top.")
    )
    paragraphs.append(_("If you did not ask us anything, do nothing: nothing about you is given to anybody."))
    send(request, "received", _("We have your request"), paragraphs, _("Confirm that this is my mailbox"))


def send_repeated(request: RightsRequest) -> None:
    """The same was asked again while it is open: one request, one answer."""
    paragraphs = [
        _("You asked us this before and it is still open, so we have added what you wrote now."),
        _("Its reference stays %(reference)s and you get our answer by %(due)s at the latest.")
        % {"reference": request.reference, "due": in_words(request.due_on)},
    ]
    send(request, "repeated", _("We have your request already"), paragraphs)
