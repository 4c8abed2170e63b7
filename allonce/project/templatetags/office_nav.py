"""The office's side menu. An entry shows as soon as the room that serves it is mounted."""

from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts import entitlements, navigation

register = template.Library()


class Entry(NamedTuple):
    url_name: str
    label: Any
    icon: str


# Literal icon names, so that the build can find them: icon="..." (see clients/office/icons.mjs).
GROUPS: list[tuple[Any, list[Entry]]] = [
    (
        _("Catalogue"),
        [
            Entry("catalogue:home", _("Products"), icon="ruler-measure"),
            Entry("catalogue:import", _("Import prices"), icon="table-import"),
            Entry("catalogue:settings", _("Prices and tax"), icon="adjustments"),
            Entry("catalogue:publish", _("Publish"), icon="cloud-upload"),
        ],
    ),
    (
        _("Mobile"),
        [
            Entry("devices:users", _("Users and devices"), icon="device-mobile"),
            Entry("quoting:sent", _("Sent"), icon="send"),
            Entry("quoting:documents", _("Documents"), icon="file-text"),
            Entry("devices:open", _("Open a job file"), icon="folder-open"),
            Entry("devices:keys", _("Keys and recovery"), icon="key"),
        ],
    ),
    (
        _("Business"),
        [
            Entry("accounts:overview", _("Account"), icon="building-store"),
            Entry("accounts:people", _("People"), icon="users"),
            Entry("accounts:activity", _("Activity"), icon="history"),
            Entry("accounts:looks", _("Who looked"), icon="eye"),
        ],
    ),
]


def _mounted(entry: Entry, path: str) -> dict[str, Any] | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    return {"url": url, "label": entry.label, "icon": entry.icon, "current": path == url}


def _groups(request: HttpRequest) -> list[tuple[Any, list[Entry]]]:
    """The house's own groups, and before the last one those that products add for this account."""
    lines = [each for each in navigation.entries("business") if each.shown is None or each.shown(request)]
    added: dict[Any, list[Entry]] = {}
    for each in lines:
        added.setdefault(each.group, []).append(Entry(each.url_name, each.label, each.icon))
    business, own = GROUPS[-1]
    more = added.pop("", [])
    field = [] if _has_only_others(request) else GROUPS[:-1]
    return [*field, *added.items(), (business, own + more)]


def _has_only_others(request: HttpRequest) -> bool:
    """Whether the account has services, and Setup and Mobile are none of them."""
    access = getattr(request, "access", None)
    if access is None:
        return False
    known: bool | None = getattr(request, "has_only_others", None)
    if known is None:
        held = set(entitlements.standing(access.account.id).values_list("service", flat=True))
        known = bool(held) and "field" not in held
        request.has_only_others = known  # type: ignore[attr-defined]  # the menu stands on a page twice
    return known


@register.inclusion_tag("parts/office_nav.html", takes_context=True)
def office_nav(context: Context) -> dict[str, Any]:
    """Groups of entries, with the longest address that starts the current path marked as current."""
    path = context["request"].path
    request = context["request"]
    groups = []
    for label, entries in _groups(request):
        shown = [found for entry in entries if (found := _mounted(entry, path))]
        groups.append({"label": label, "entries": shown})
    shown_all = [entry for group in groups for entry in group["entries"]]
    if not any(entry["current"] for entry in shown_all):
        inside = [entry for entry in shown_all if path.startswith(entry["url"])]
        for entry in sorted(inside, key=lambda found: -len(found["url"]))[:1]:
            entry["current"] = True
    passed_on = {name: context.get(name) for name in ("request", "access", "csrf_token")}
    return {"groups": groups, **passed_on}
