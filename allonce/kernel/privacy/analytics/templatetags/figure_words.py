"""Codes of the figures in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from allonce.kernel.accounts.ports import action_words

register = template.Library()


@register.filter
def figure_word(code: str) -> str:
    """What a code means, or the code itself where it is a name already."""
    known: dict[str, Any] = {
        "rest": _("Too few to name, and some more"),
        "direct": _("Nowhere: typed, or kept to themselves"),
        "other": _("Others"),
        "ios": "iOS",
        "macos": "macOS",
        "chromeos": "ChromeOS",
        "robot": _("Robots that say so"),
    }
    if code in known:
        return str(known[code])
    if code in action_words():
        return str(action_words()[code])
    return code if "." in code else code.replace(":", ": ").replace("_", " ").capitalize()
