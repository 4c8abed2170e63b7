"""Times, durations and states of Chat in words."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from allonce.kernel.clock import as_people_say, now
from allonce.kernel.post.webhooks_out.wording import why
from allonce.products.chat.leads.models import Delivery, Lead
from allonce.products.chat.reports.figures import NOTHING, so_long

register = template.Library()
register.filter("so_long", so_long)
register.filter("why_webhook", why)

LEAD_KINDS = {
    Lead.State.NEW: "next",
    Lead.State.DELIVERED: "",
    Lead.State.CONTACTED: "warn",
    Lead.State.WON: "good",
    Lead.State.LOST: "bad",
    Lead.State.DUPLICATE: "",
}
DELIVERY_KINDS = {Delivery.State.WAITING: "", Delivery.State.DELIVERED: "good", Delivery.State.DEAD: "bad"}
PRESENCE = {"online": "good", "away": "warn", "offline": ""}


@register.simple_tag
def at(moment: datetime | None, zone: str) -> SafeString:
    """A moment as people of that zone say it, exact on hover."""
    if moment is None:
        return SafeString("")
    local, shown = moment.astimezone(ZoneInfo(zone)), as_people_say(moment, ZoneInfo(zone))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(), f"{local:%d %b %Y %H:%M:%S %Z}", shown
    )


@register.filter
def since(moment: datetime | None) -> str:
    """How long it has lasted."""
    return so_long(max(timedelta(), now() - moment).total_seconds()) if moment else ""


@register.simple_tag
def lead_state(lead: Lead) -> SafeString:
    """A lead's state as a word with its colour and shape."""
    kind = LEAD_KINDS[Lead.State(lead.state)]
    return format_html('<span class="status-word {}">{}</span>', kind, lead.get_state_display())


@register.simple_tag
def delivery_state(row: Delivery) -> SafeString:
    """A delivery's state as a word with its colour and shape."""
    kind = DELIVERY_KINDS[Delivery.State(row.state)]
    return format_html('<span class="status-word {}">{}</span>', kind, row.get_state_display())


@register.simple_tag
def presence_word(presence: str) -> SafeString:
    """Whether somebody is there."""
    words = {"online": _("Online"), "away": _("Away"), "offline": _("Offline")}
    return format_html('<span class="status-word {}">{}</span>', PRESENCE[presence], words[presence])


@register.filter
def percent(value: float | None) -> str:
    """Whole percent, or a dash where there is nothing to count."""
    return NOTHING if value is None else f"{round(value)} %"


@register.filter
def stars(value: float | None) -> str:
    """A mean of stars with one decimal."""
    return NOTHING if value is None else f"{value:.1f}"


@register.filter
def listing_title(context: Any) -> str:
    """What a conversation is about: the listing's title, else the page's."""
    given = context or {}
    return str((given.get("listing") or {}).get("title") or (given.get("page") or {}).get("title") or "")


@register.filter
def get(mapping: Any, key: str) -> Any:
    """One value of a mapping, or a form's field."""
    return mapping[key]


@register.filter
def reach(row: Delivery) -> str:
    """Where a delivery goes, for people: endpoints are named by their way alone."""
    return "" if row.way == Delivery.Way.WEBHOOK else row.target
