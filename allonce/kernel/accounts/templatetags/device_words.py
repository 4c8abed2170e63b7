"""Words for states, times and figures of devices."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from allonce.kernel.accounts.keys.demo_key import DEMO_RECOVERY_CODE
from allonce.kernel.clock import now

register = template.Library()


@register.simple_tag
def state_word(state: str) -> SafeString:
    """A device's state as a word with its colour and shape."""
    words = {
        "approved": ("good", _("Approved")),
        "pending": ("warn", _("Waits for approval")),
        "unregistered": ("", _("Unregistered")),
        "none": ("", _("No phone yet")),
        "inactive": ("bad", _("Switched off")),
    }
    kind, word = words[state]
    return format_html('<span class="status-word {}">{}</span>', kind, word)


@register.filter
def ago(moment_: datetime) -> str:
    """How long ago, in the largest unit."""
    passed = timesince(moment_, now(), depth=1)
    return _("just now") if passed.startswith("0") else _("%s ago") % passed


@register.simple_tag
def moment(when: datetime) -> SafeString:
    """As people say it; exact on hover."""
    exact = date_format(localtime(when), "j M Y, H:i T")
    return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), exact, ago(when))


@register.simple_tag
def demo_recovery_code() -> str:
    """The printed code of the demo's shop, for pages that say so in the demo."""
    return DEMO_RECOVERY_CODE


@register.filter
def percent(basis_points: int) -> str:
    """Basis points as per cent, without needless noughts."""
    return f"{(Decimal(basis_points) / 100).normalize():f} %"


@register.filter
def as_json(value: Any) -> str:
    """For data attributes."""
    return json.dumps(value)
