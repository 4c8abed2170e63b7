"""Codes of the list of processors in words."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext_lazy as _

from allonce.kernel.declarations import CATEGORIES
from allonce.kernel.privacy.processors import regions

register = template.Library()
STANDINGS = {
    "current": (_("In use"), "good"),
    "ending": (_("In use, assess again soon"), "warn"),
    "run_out": (_("Assessment ran out"), "bad"),
    "pending": (_("Not signed yet"), "warn"),
    "unsuitable": (_("Not suitable"), "bad"),
    "ended": (_("Ended"), ""),
}
TARGETS = {
    "database": _("Database"),
    "keys": _("Keys, in a database of their own"),
    "files": _("Files"),
    "backups": _("Backups"),
}


@register.filter
def region(code: str) -> str:
    """A country's name."""
    return regions.region_name(code)


@register.filter
def regions_of(codes: Iterable[str]) -> str:
    """Names of countries in a row."""
    return ", ".join(regions.region_name(each) for each in codes)


@register.filter
def kinds(codes: Iterable[str]) -> list[str]:
    """Kinds of data as sentences' parts."""
    return [CATEGORIES[each].says for each in codes if each in CATEGORIES]


@register.filter
def standing_word(code: str) -> str:
    return str(STANDINGS[code][0])


@register.filter
def standing_colour(code: str) -> str:
    return STANDINGS[code][1]


@register.filter
def target(name: str) -> str:
    """A storage target's name; the settings' own word where they add one."""
    return str(TARGETS.get(name, name))
