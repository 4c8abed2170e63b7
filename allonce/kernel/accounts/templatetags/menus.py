"""Lines of menus that rooms registered, each with its address and whether it is the current page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from allonce.kernel.accounts import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: Context, place: navigation.Place) -> list[dict[str, Any]]:
    """The menu's lines as dictionaries: url, label, icon, current, and waiting, a count (None: not counted)."""
    request = context.get("request")
    path = request.path if request else ""
    lines = [_line(entry, request) for entry in navigation.entries(place) if _stands(entry, request)]
    inside = [line for line in lines if path.startswith(line["url"])]
    for line in sorted(inside, key=lambda found: -len(found["url"]))[:1]:
        line["current"] = True
    return lines


def _stands(entry: navigation.Entry, request: HttpRequest | None) -> bool:
    return entry.shown is None or (request is not None and entry.shown(request))


def _line(entry: navigation.Entry, request: HttpRequest | None) -> dict[str, Any]:
    waiting = entry.count(request) if entry.count and request else None
    return {
        "url": reverse(entry.url_name),
        "label": entry.label,
        "icon": entry.icon,
        "current": False,
        "waiting": waiting,
    }
