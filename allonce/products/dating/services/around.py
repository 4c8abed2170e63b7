"""Who suits a member now: an index of each zone's active members, kept in this process and renewed as they change.

What it holds may be a minute old, so whoever it names is looked up again before they are shown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from time import monotonic
from uuid import UUID

import numpy as np
from django.db.models import Max, QuerySet

from allonce.kernel.clock import today
from allonce.products.dating import index
from allonce.products.dating.index import Packed
from allonce.products.dating.models import Member, Met, PairingEntry
from allonce.products.dating.pairing.members import Exclusions
from allonce.products.dating.pairing.nearby import MOST_SUGGESTED, PoolIndex
from allonce.products.dating.pairing.nearby import instant as best_of
from allonce.products.dating.pairing.nearby import suggest as best_around
from allonce.products.dating.services import learning
from allonce.products.dating.services.pool import pool_of

# An index that took a second to build is used for twenty at least.
WORTH = 20
Signature = tuple[int, datetime | None, date]


@dataclass
class Zone:
    """One zone's members as this process knows them; `places` are their rows in `built`."""

    lock: Lock = field(default_factory=Lock)
    opened: dict[UUID, tuple[datetime, Packed]] = field(default_factory=dict)
    built: PoolIndex | None = None
    ids: Sequence[UUID] = ()
    places: dict[UUID, int] = field(default_factory=dict)
    signature: Signature | None = None
    fresh_until: float = 0.0


_zones: dict[str, Zone] = {}


def suggest(member: Member, without: set[UUID], count: int, fits: Callable[[Member], bool]) -> list[Member]:
    """Up to `count` members who suit this one on both sides, best first, of whom `fits` says yes at this moment.

    Left out are `without` and those whom the member met before.
    """
    zone = _ready(member)
    place = zone.places.get(member.id)
    if zone.built is None or place is None:
        return []
    found: list[Member] = []
    left_out = set(without) | _met(member)
    while len(found) < count:
        most = min(MOST_SUGGESTED, 2 * count)
        named = [zone.ids[row] for row in best_around(zone.built, place, most, _rows(zone, left_out))]
        found += [each for each in _in_order(named) if fits(each)][: count - len(found)]
        if len(named) < most:
            break
        left_out |= set(named)
    return found


def best_here(member: Member, here: Iterable[UUID]) -> UUID | None:
    """The one of those `here` who suits this member best on both sides; None where nobody does."""
    zone = _ready(member)
    place = zone.places.get(member.id)
    if zone.built is None or place is None:
        return None
    row = best_of(zone.built, place, _rows(zone, here), _rows(zone, _met(member)))
    return None if row is None else zone.ids[row]


def prepare(name: str) -> None:
    """Build a zone's index and ask it once, so that the first member who asks need not wait for either."""
    zone = _zones.setdefault(name, Zone())
    with zone.lock:
        _renew(zone, _entries(name))
    if zone.built is not None:
        nobody = np.zeros(0, dtype=np.int64)
        best_around(zone.built, 0, 1, nobody)
        best_of(zone.built, 0, nobody, nobody)


def _ready(member: Member) -> Zone:
    zone = _zones.setdefault(member.zone, Zone())
    with zone.lock:
        known = zone.built is not None and member.id in zone.places
        if not known or monotonic() >= zone.fresh_until:
            _renew(zone, _entries(member.zone))
    return zone


def _entries(zone: str) -> QuerySet[PairingEntry]:
    return PairingEntry.objects.filter(member__zone=zone, member__state=Member.State.ACTIVE)


def _renew(zone: Zone, entries: QuerySet[PairingEntry]) -> None:
    """Open what is new or changed, forget who left, and build again if anything is different."""
    began = monotonic()
    summary = entries.aggregate(latest=Max("changed_at"))
    changes = dict(entries.values_list("member_id", "changed_at"))
    signature = (hash(frozenset(changes)), summary["latest"], today())
    if signature != zone.signature:
        _open(zone, entries, changes)
        _build(zone)
    zone.signature = signature
    zone.fresh_until = monotonic() + WORTH * (monotonic() - began)


def _open(zone: Zone, entries: QuerySet[PairingEntry], changes: dict[UUID, datetime]) -> None:
    stale = [key for key, at in changes.items() if zone.opened.get(key, (None,))[0] != at]
    zone.opened = {key: value for key, value in zone.opened.items() if key in changes}
    for start in range(0, len(stale), 500):
        for entry in entries.filter(member__in=stale[start : start + 500]):
            zone.opened[entry.member_id] = (entry.changed_at, index.unpack(entry))


def _build(zone: Zone) -> None:
    zone.ids = sorted(zone.opened)
    zone.places = {member_id: row for row, member_id in enumerate(zone.ids)}
    people = [zone.opened[member_id][1] for member_id in zone.ids]
    pool = pool_of(people, today(), Exclusions.none(len(people))) if people else None
    zone.built = PoolIndex.build(pool, learning.current()) if pool else None


def _rows(zone: Zone, ids: Iterable[UUID]) -> np.ndarray:
    """Pool rows of those of these members who are in the index; int64 of shape (known,)."""
    return np.array([zone.places[each] for each in ids if each in zone.places], dtype=np.int64)


def _met(member: Member) -> set[UUID]:
    """Everybody with whom this member had a date."""
    low = Met.objects.filter(low=member).values_list("high_id", flat=True)
    high = Met.objects.filter(high=member).values_list("low_id", flat=True)
    return set(low.union(high))


def _in_order(ids: Sequence[UUID]) -> list[Member]:
    found = {each.pk: each for each in Member.objects.filter(pk__in=ids).select_related("person")}
    return [found[each] for each in ids if each in found]
