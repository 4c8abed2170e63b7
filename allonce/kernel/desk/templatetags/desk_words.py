"""States, due times and events of tickets in words."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.clock.saying import as_people_say
from allonce.kernel.desk.models import Line, RawMail, Ticket
from allonce.kernel.desk.wording import EVENTS

register = template.Library()
BAR, STEP, HIGHEST = 36, 50, 110
WHYS = {
    "": gettext_lazy("Waits to be read"),
    "auto_reply": gettext_lazy("An answer by machine"),
    "bounce": gettext_lazy("Returned mail"),
    "list": gettext_lazy("A mailing list"),
    "loop": gettext_lazy("Our own mail came back"),
    "no_sender": gettext_lazy("It names no sender"),
}


@register.simple_tag
def ticket_state(ticket: Ticket) -> SafeString:
    """The state as a word with its colour and shape."""
    kinds = {"open": "next", "waiting": "warn", "solved": "good", "closed": ""}
    return format_html('<span class="status-word {}">{}</span>', kinds[ticket.state], ticket.get_state_display())


@register.simple_tag
def due(ticket: Ticket) -> SafeString:
    """When the next answer falls due; red once it is late."""
    if ticket.answer_due_at is None:
        return format_html('<span class="muted">{}</span>', _("Nothing due"))
    said = as_people_say(ticket.answer_due_at, get_current_timezone())
    kind = "bad" if ticket.is_late else "next"
    return format_html('<span class="status-word {}">{}</span>', kind, _("Late: %s") % said if ticket.is_late else said)


@register.simple_tag
def ticket_event(line: Line) -> str:
    """What happened, with what it says beside it."""
    said = str(EVENTS.get(line.event, line.event))
    return f"{said}: {line.words}" if line.words else said


@register.simple_tag
def mail_why(mail: RawMail) -> str:
    """Why a mail became no ticket."""
    return str(WHYS.get(mail.why, _("Could not be read (%s)") % mail.why))


@register.filter
def at_key(found: Mapping[Any, Any], key: Any) -> Any:
    """The value at a key, or nothing."""
    return found.get(key, "")


@register.simple_tag
def so_long(minutes: float) -> str:
    """Minutes as hours and minutes."""
    hours, rest = divmod(round(minutes), 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest} if hours else _("%d min") % rest


@register.simple_tag
def week_bar(place: int, week: Any) -> SafeString:
    """One bar of the picture of weeks."""
    height = round(HIGHEST * week.height / 100)
    about = (place * STEP + (STEP - BAR) // 2, HIGHEST + 10 - height, BAR, max(height, 1), week.day, week.tickets)
    return format_html('<rect x="{}" y="{}" width="{}" height="{}" rx="3"><title>{}: {}</title></rect>', *about)
