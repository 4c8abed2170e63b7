"""The daily run: at noon of each time zone, one date for every active member of that zone for whom there is somebody.

A run is made once a day and zone. It is written in batches, and whoever has their date already is left out, so that a
killed run is taken up where it stopped and a repeated one changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet

from allonce.kernel.clock import now
from allonce.kernel.privacy.rights.processing import processable
from allonce.products.dating import index, reasons
from allonce.products.dating.index import Packed
from allonce.products.dating.models import DailyRun, Date, Member, Met, PairingEntry
from allonce.products.dating.noon import ACTIVE_WITHIN, NOON, PURPOSE, noon_of
from allonce.products.dating.pairing.daily import Outcome, pair
from allonce.products.dating.pairing.members import Exclusions, Why
from allonce.products.dating.services import choosing, contacts, learning, matchmaking, pairs, sight
from allonce.products.dating.services.outcomes import effects_of
from allonce.products.dating.services.pool import Known, pool_of

SHOWN_WINDOW = timedelta(days=30)
BATCH = 200
# Who never had a date waits longest.
NEVER = 60
WHY = {Why.NOBODY: Member.Nobody.NOBODY, Why.TAKEN: Member.Nobody.TAKEN}
Item = TypeVar("Item")


@dataclass(frozen=True)
class Made:
    """What a run came to: members who took part, and dates made (two sides each)."""

    active: int
    dates: int


def due(moment: datetime) -> list[tuple[str, date]]:
    """Zones whose noon has come and whose run of that day is not finished, with the day there."""
    zones = Member.objects.filter(state=Member.State.ACTIVE).exclude(zone="").values_list("zone", flat=True).distinct()
    here = [(zone, moment.astimezone(ZoneInfo(zone))) for zone in sorted(set(zones))]
    wanted = [(zone, there.date()) for zone, there in here if there.time() >= NOON]
    done = set(
        DailyRun.objects.exclude(finished_at=None).filter(day__gte=_longest_ago(moment)).values_list("zone", "day")
    )
    return [each for each in wanted if each not in done]


def run(zone: str, day: date) -> Made:
    """Choose and write the dates of that zone and day. Safe to repeat at any point."""
    row = _row(zone, day)
    choosing.begin(noon_of(zone, day))
    matchmaking.begin(noon_of(zone, day))
    members = _taking_part(zone, day)
    entries = [index.unpack(entry) for entry in _entries(members)]
    place = {entry.member_id: row for row, entry in enumerate(entries)}
    known = Known(*_histories(members, place, day), effects_of(place, day, zone))
    pool = pool_of(entries, day, _exclusions(zone, place), known)
    outcome = pair(pool, day, seed=_seed(zone, day), model=learning.current())
    made = sum(_write(batch, zone, day) for batch in _batches(_pairs(entries, outcome)))
    _tell_why(entries, outcome, day)
    gap = round(outcome.gap * 1_000_000)
    DailyRun.objects.filter(pk=row.pk).update(finished_at=now(), active=len(entries), paired=made * 2, gap_ppm=gap)
    return Made(len(entries), made)


def _row(zone: str, day: date) -> DailyRun:
    try:
        with transaction.atomic():
            return DailyRun.objects.create(zone=zone, day=day)
    except IntegrityError:
        return DailyRun.objects.get(zone=zone, day=day)


def _taking_part(zone: str, day: date) -> QuerySet[Member]:
    """Active members of the zone, seen within two days, who have no date of that day yet.

    Who is suspended, here or altogether, restricted processing or objected to profiling takes no part.
    """
    noon = noon_of(zone, day)
    seen = Member.objects.filter(zone=zone, state=Member.State.ACTIVE, seen_at__gte=noon - ACTIVE_WITHIN)
    seen = processable(seen.filter(person__suspended_at=None), PURPOSE)
    seen = seen.exclude(pk__in=sight.kept_out())
    paired = Date.objects.filter(day=day).exclude(kind=Date.Kind.INSTANT).values("member")
    return seen.exclude(consented_at=None).exclude(pk__in=paired).exclude(pairing_entry=None)


def _entries(members: QuerySet[Member]) -> Iterator[PairingEntry]:
    return PairingEntry.objects.filter(member__in=members).order_by("member_id").iterator(2000)


def _histories(members: QuerySet[Member], place: dict[UUID, int], day: date) -> tuple[np.ndarray, np.ndarray]:
    """Days since each one's last date, and how often each was shown lately; both of shape (members,), int32."""
    waited = np.full(len(place), NEVER, dtype=np.int32)
    shown = np.zeros(len(place), dtype=np.int32)
    for member_id, last in members.exclude(last_date_on=None).values_list("pk", "last_date_on").iterator():
        if member_id in place and last:
            waited[place[member_id]] = max(0, (day - last).days)
    lately = Date.objects.filter(day__gte=day - SHOWN_WINDOW).values("other").annotate(times=Count("id"))
    for other, times in lately.values_list("other", "times").iterator():
        if other in place:
            shown[place[other]] = times
    return waited, shown


def _exclusions(zone: str, place: dict[UUID, int]) -> Exclusions:
    """Pairs of pool rows that met before or must not meet."""
    met = Met.objects.filter(low__zone=zone).values_list("low_id", "high_id").iterator(5000)
    known = chain(met, sight.apart(), contacts.pairs_in(zone))
    rows = [(place[one], place[other]) for one, other in known if one in place and other in place]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Exclusions.of_pairs(len(place), columns[:, 0], columns[:, 1])


def _batches(found: Iterator[Item]) -> Iterator[list[Item]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _tell_why(entries: Sequence[Packed], outcome: Outcome, day: date) -> None:
    """Note for everybody without a date why there is none: they are told on their page."""
    for why, said in WHY.items():
        ids = (entries[row].member_id for row, found in outcome.why() if found is why)
        for batch in _batches(ids):
            Member.objects.filter(pk__in=batch).update(nobody_on=day, nobody_why=said)


def _pairs(entries: Sequence[Packed], outcome: Outcome) -> Iterator[tuple[Packed, Packed]]:
    for one, other in outcome.pairs:
        yield entries[int(one)], entries[int(other)]


@transaction.atomic
def _write(batch: Sequence[tuple[Packed, Packed]], zone: str, day: date) -> int:
    """Both sides of these dates, and that the two have met; whose date stands already is left as it is."""
    ids = [each.member_id for both in batch for each in both]
    locked = Member.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("person")
    members = {each.id: each for each in locked.order_by("pk")}
    taken, apart = _taken(ids, day), pairs.Apart.among(ids)
    span = pairs.Span(day, noon_of(zone, day))
    made = 0
    sides: list[Date] = []
    for one, other in batch:
        here, there = members.get(one.member_id), members.get(other.member_id)
        if here is None or there is None or {here.id, there.id} & taken or not apart.may_meet(here, there):
            continue
        sides += pairs.sides_of((here, there), reasons.of(one, other), span)
        made += 1
    pairs.keep(sides, day)
    pairs.tell(sides)
    return made


def _taken(ids: Sequence[UUID], day: date) -> set[UUID]:
    standing = Date.objects.filter(member_id__in=ids, day=day).exclude(kind=Date.Kind.INSTANT)
    return set(standing.values_list("member_id", flat=True))


def _seed(zone: str, day: date) -> int:
    """The same for a zone and day everywhere."""
    return sum(map(ord, zone)) * 1_000_000 + day.toordinal()


def _longest_ago(moment: datetime) -> date:
    """No zone's day is older than this."""
    return moment.date() - timedelta(days=1)
