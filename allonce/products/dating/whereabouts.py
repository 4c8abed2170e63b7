"""Where an address lies and what it belongs to, from files that the Operator supplies. Nothing is asked outside."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import maxminddb
import structlog
from django.conf import settings

log = structlog.get_logger("allonce.dating")
HOSTING = ("is_hosting_provider", "is_anonymous_vpn", "is_public_proxy", "is_tor_exit_node", "is_anonymous_proxy")


@dataclass(frozen=True)
class Whereabouts:
    """`spot` is {"lat", "lon"}, where known; `hosting` whether the address belongs to a hosting network or a relay."""

    spot: dict[str, float] | None
    hosting: bool


def of_address(address: str) -> Whereabouts | None:
    """What the files say of an address, None if there are none or none knows it."""
    known = [found for each in settings.ADDRESS_DATABASES if (found := _ask(each, address))]
    if not known:
        return None
    spots = [spot for found in known if (spot := _spot(found)) is not None]
    return Whereabouts(spots[0] if spots else None, any(_is_hosting(found) for found in known))


@cache
def _reader(path: str) -> maxminddb.Reader:
    return maxminddb.open_database(path)


def _ask(path: str, address: str) -> dict[str, Any] | None:
    try:
        found = _reader(path).get(address.partition("/")[0])
    except ValueError:
        return None
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        # A file that cannot be read must not keep anybody from their pages.
        log.error("address_database_unreadable", path=path, exc_info=error)
        return None
    return found if isinstance(found, dict) else None


def _spot(found: dict[str, Any]) -> dict[str, float] | None:
    place = found.get("location") or {}
    if "latitude" not in place or "longitude" not in place:
        return None
    return {"lat": float(place["latitude"]), "lon": float(place["longitude"])}


def _is_hosting(found: dict[str, Any]) -> bool:
    marks = {**found, **(found.get("traits") or {})}
    return any(marks.get(name) is True for name in HOSTING)
