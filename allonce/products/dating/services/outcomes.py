"""What became of earlier dates: likes, passes and stars, as `pairing` learns from them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from allonce.kernel.vault.sealed import prefetch_keys
from allonce.products.dating.index import Packed
from allonce.products.dating.models import Date, Rating, Review
from allonce.products.dating.pairing.formula import DISTANCE_STEPS_KM
from allonce.products.dating.pairing.learning import Decisions
from allonce.products.dating.pairing.members import Exclusions
from allonce.products.dating.pairing.model import Past, member_effects
from allonce.products.dating.pairing.sheet import Sheet
from allonce.products.dating.pairing.sphere import points, reach
from allonce.products.dating.services.pool import pool_of

WINDOW = timedelta(days=180)
UNKNOWN_RATE = 0.45
Row = tuple[int, int, bool, float, int]


def effects_of(place: Mapping[UUID, int], day: date, zone: str) -> np.ndarray:
    """How readily each member likes, is liked and is rated; shape (members, 3), float32, 0 where little is known."""
    past, _events = _past(place, day, zone)
    rate = float(past.liked.mean()) if past.liked.size else UNKNOWN_RATE
    return member_effects(len(place), past, min(max(rate, 0.05), 0.95))


def decisions_of(entries: Sequence[Packed], day: date) -> Decisions:
    """Every decision of the last half year between these members, a directed one each."""
    place = {entry.member_id: row for row, entry in enumerate(entries)}
    past, events = _past(place, day, "")
    pool = pool_of(entries, day, Exclusions.none(len(entries)))
    where = points(pool.latitude, pool.longitude).astype(np.int64)
    apart = ((where[past.judges] - where[past.judged]) ** 2).sum(axis=1)
    steps = np.searchsorted(reach(np.array(DISTANCE_STEPS_KM)), apart).astype(np.int64)
    return Decisions(Sheet.of_pool(pool), past, steps, events)


def _past(place: Mapping[UUID, int], day: date, zone: str) -> tuple[Past, np.ndarray]:
    stars, again = _stars(zone, day), _again(zone, day)
    rows = Date.objects.filter(day__gte=day - WINDOW, day__lt=day).exclude(liked_at=None, passed_at=None)
    if zone:
        rows = rows.filter(member__zone=zone)
    found: list[Row] = []
    for giver, other, liked, on in rows.values_list("member_id", "other_id", "liked_at", "day").iterator(5000):
        if giver in place and other in place:
            given = stars.get((giver, other), float("nan"))
            # Whether they would meet again says more than the like with which it began.
            yes = again.get((giver, other), liked is not None)
            found.append((place[giver], place[other], yes, given, on.toordinal()))
    return _columns(found)


def _columns(found: Sequence[Row]) -> tuple[Past, np.ndarray]:
    judges, judged, liked, ratings, events = zip(*found, strict=True) if found else ((), (), (), (), ())
    past = Past(
        np.array(judges, np.int64), np.array(judged, np.int64), np.array(liked, bool), np.array(ratings, np.float64)
    )
    return past, np.array(events, np.int64)


def _again(zone: str, day: date) -> dict[tuple[UUID, UUID], bool]:
    """What was said after real dates, as far as a person accepted it."""
    rows = Review.objects.filter(state=Review.State.COUNTED, decided_at__date__gte=day - WINDOW)
    said = list(rows.filter(by__zone=zone) if zone else rows)
    prefetch_keys(said)
    clear = [each for each in said if each.answers.get("again") in ("yes", "no")]
    return {(each.by_id, each.about_id): each.answers["again"] == "yes" for each in clear}


def _stars(zone: str, day: date) -> dict[tuple[UUID, UUID], float]:
    rows = Rating.objects.filter(at__date__gte=day - WINDOW)
    rows = rows.filter(giver__zone=zone) if zone else rows
    return {(each.giver_id, each.other_id): float(each.stars) for each in rows.iterator(2000)}
