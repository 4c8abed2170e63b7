"""States of requests as words, and the month of an answer as a line."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.clock import today
from allonce.kernel.privacy.requests.deadline import standing
from allonce.kernel.privacy.requests.letters import in_words
from allonce.kernel.privacy.requests.models import RightsRequest

register = template.Library()
WIDTH = 600


@dataclass(frozen=True)
class Piece:
    """A stretch of the line in its own units; `kind` is running, paused or late."""

    kind: str
    start: int
    width: int


@register.simple_tag
def request_state(request: RightsRequest) -> SafeString:
    """How a request stands, as a word with its colour and shape."""
    kind, word = _state(request)
    return format_html('<span class="status-word {}">{}</span>', kind, word)


@register.simple_tag
def days_left(request: RightsRequest) -> str:
    """How long there is until the last day, as people say it."""
    left = (request.due_on - today()).days
    if not request.is_open:
        return ""
    if left < 0:
        return ngettext("%d day late", "%d days late", -left) % -left
    if left == 0:
        return _("today")
    return ngettext("in %d day", "in %d days", left) % left


@register.filter
def day(value: date) -> str:
    """21 Nov 2026."""
    return in_words(value)


@register.inclusion_tag("requests/parts/clock.html")
def clock_line(request: RightsRequest) -> dict[str, Any]:
    """The time of a request as a line: received, running, standing, due, today."""
    until = today() if request.closed_at is None else request.closed_at.date()
    due, first = request.due_on, request.received_on
    last = max(due, until)
    days = max((last - first).days, 1)

    def at(when: date) -> int:
        return max(0, min(WIDTH, round((when - first).days * WIDTH / days)))

    stood = standing(request.spans, first, until)
    pieces = [Piece("running", 0, at(min(until, due)))]
    pieces += [Piece("paused", at(start), max(at(stop) - at(start), 3)) for start, stop in stood]
    if until > due:
        pieces.append(Piece("late", at(due), WIDTH - at(due)))
    return {
        "request": request,
        "pieces": pieces,
        "now": at(until),
        "due": at(due),
        "stood": sum((stop - start).days for start, stop in stood),
        "until": until,
    }


def _state(request: RightsRequest) -> tuple[str, Any]:
    if request.state == "answered":
        return "good", _("Answered")
    if not request.is_open:
        return "", request.get_state_display()
    if request.is_late:
        return "bad", _("Late")
    if request.is_paused:
        return "warn", _("Clock stands")
    return "next", _("Open")
