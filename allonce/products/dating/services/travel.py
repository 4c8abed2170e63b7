"""Travel: another town for some days. It begins and lapses by itself, at midnights there; home is told to nobody."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating import index
from allonce.products.dating.models import Member, Trip
from allonce.products.dating.places import Town

MOST_DAYS = 30
FURTHEST = timedelta(days=180)


class UnfitTrip(UserError):
    """The days do not fit; `fields` says which and why."""

    code = "unfit_trip"
    status = 422


class TripStands(UserError):
    """One at a time."""

    code = "trip_stands"
    status = 409
    message = gettext_lazy("You have a trip already. Cancel it first.")


@dataclass(frozen=True)
class Days:
    """The first and the last day there."""

    first: date
    last: date


@transaction.atomic
def plan(member: Member, town: Town, days: Days) -> Trip:
    """Be in that town on these days, for dates and for all that goes by where one is. Audited without saying where.

    Raises UnfitTrip or TripStands.
    """
    here = _locked(member)
    if Trip.objects.filter(member=here).exists():
        raise TripStands
    zone = ZoneInfo(town.zone)
    _check(days, now().astimezone(zone).date())
    if here.spot == {"lat": town.lat, "lon": town.lon}:
        said = _("That is where you live.")
        raise UnfitTrip(said, fields={"place": said})
    trip = Trip(person_id=here.person_id, member=here, town=place_of(town))
    trip.begins_at = datetime.combine(days.first, time(), zone)
    trip.ends_at = datetime.combine(days.last + timedelta(days=1), time(), zone)
    trip.save(force_insert=True)
    _record("dating.trip_planned", here)
    if trip.begins_at <= now():
        _begin(here, trip)
    return trip


@transaction.atomic
def cancel(member: Member) -> None:
    """Home again, at once. Audited. Raises NotFound."""
    here = _locked(member)
    trip = of(here)
    if trip is None:
        raise NotFound
    _end(here, trip)
    _record("dating.trip_cancelled", here)


def turn(moment: datetime) -> None:
    """Trips that begin and trips that are over. Safe to repeat and to be killed: each in a transaction of its own."""
    begins = Q(begun_at=None, begins_at__lte=moment)
    for pk in list(Trip.objects.filter(begins | Q(ends_at__lte=moment)).values_list("member_id", flat=True)):
        with transaction.atomic():
            here = Member.objects.select_for_update(no_key=True).filter(pk=pk).first()
            trip = Trip.objects.filter(member_id=pk).first()
            if here is None or trip is None:
                continue
            if trip.ends_at <= moment:
                _end(here, trip)
            elif trip.begun_at is None and trip.begins_at <= moment:
                _begin(here, trip)


def of(member: Member) -> Trip | None:
    """Their trip, planned or running."""
    return Trip.objects.filter(member=member).first()


def days_of(trip: Trip) -> Days:
    """Its days as the calendar there has them."""
    zone = ZoneInfo(trip.town["zone"])
    last = trip.ends_at.astimezone(zone).date() - timedelta(days=1)
    return Days(trip.begins_at.astimezone(zone).date(), last)


def is_visiting(member: Member) -> bool:
    """Whether where they are now is not where they live."""
    return Trip.objects.filter(member=member).exclude(begun_at=None).exists()


def home_of(member: Member) -> dict[str, Any]:
    """Where they live, wherever they are."""
    trip = of(member)
    if trip is not None and trip.home is not None:
        return dict(trip.home)
    return {"place": member.place, "spot": member.spot, "zone": member.zone}


def move_home(member: Member, town: Town) -> bool:
    """Who moves house during a trip has another home to come back to. False where there is no trip."""
    trip = Trip.objects.filter(member=member).exclude(begun_at=None).first()
    if trip is None:
        return False
    trip.home = place_of(town)
    trip.save(update_fields=["home"])
    return True


def place_of(town: Town) -> dict[str, Any]:
    """A town as members have it: its middle, and nothing more exact."""
    return {"place": town.name, "spot": {"lat": town.lat, "lon": town.lon}, "zone": town.zone}


def _check(days: Days, today: date) -> None:
    said = {}
    if days.first < today or days.first > today + FURTHEST:
        said["first"] = _("Choose a day from today on, within half a year.")
    if not days.first <= days.last < days.first + timedelta(days=MOST_DAYS):
        said["last"] = _("Choose a last day from the first on, at most 30 days in all.")
    if said:
        raise UnfitTrip(next(iter(said.values())), fields=said)


def _begin(member: Member, trip: Trip) -> None:
    trip.home = {"place": member.place, "spot": member.spot, "zone": member.zone}
    trip.begun_at = now()
    trip.save(update_fields=["home", "begun_at"])
    _put(member, trip.town)


def _end(member: Member, trip: Trip) -> None:
    home = trip.home
    trip.delete()
    if home is not None:
        _put(member, home)


def _put(member: Member, where: dict[str, Any]) -> None:
    member.place, member.spot, member.zone = where["place"], where["spot"], where["zone"]
    member.save(update_fields=["place", "spot", "zone"])
    if member.is_complete:
        index.keep(member)


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def _record(action: str, member: Member) -> None:
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
