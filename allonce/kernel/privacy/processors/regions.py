"""Countries by their ISO 3166 code, and the one group of them that agreements name."""

from collections.abc import Iterable
from importlib.resources import files

from django.utils.translation import gettext_lazy as _

EEA = "EEA"
# The Union's 27 and Iceland, Liechtenstein and Norway (Agreement on the European Economic Area).
EEA_COUNTRIES = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS"),
        *("IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)


# Where the time zone database says it in few letters.
_SAID_OTHERWISE = {"GB": "United Kingdom", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo"}


def _countries() -> dict[str, str]:
    """Names by code, from the ISO 3166 table that comes with the time zone database."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return dict(lines) | _SAID_OTHERWISE


COUNTRIES: dict[str, str] = _countries()


def is_region(code: str) -> bool:
    """Whether this is a country's code, or EEA."""
    return code == EEA or code in COUNTRIES


def countries_of(regions: Iterable[str]) -> frozenset[str]:
    """The countries in these regions."""
    named = set(regions)
    return frozenset(named - {EEA}) | (EEA_COUNTRIES if EEA in named else frozenset())


def region_name(code: str) -> str:
    """How people call it; the code itself where nobody knows it."""
    return str(_("European Economic Area")) if code == EEA else COUNTRIES.get(code, code)
