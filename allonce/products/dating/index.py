"""The pairing index: what the daily run needs of each member in 40 bytes, sealed under the installation's key.

It lives beside the members, changes with them and goes with them. Opening a member's own key for each of a million
would take the run longer than the pairing itself.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allonce.kernel.clock import now
from allonce.products.dating.ages import age_on
from allonce.products.dating.models import Member, PairingEntry, Trip
from allonce.products.dating.places import kilometres
from allonce.products.dating.words import INTERESTS

SEXES = (Member.Sex.WOMAN, Member.Sex.MAN, Member.Sex.OTHER)
# lat, lon (degrees), birth day (ordinal), sex, seeks (bits), ages from and to, distance (km), flags, interests (bits)
LAYOUT = struct.Struct("<ffiBBBBHBQ")
FURTHEST_KM = 500
_INTERESTS = list(INTERESTS)
INTEREST_COUNT = len(_INTERESTS)


@dataclass(frozen=True)
class Packed:
    """One member as the run sees them. `born` is a proleptic day number, `seeks` and `interests` are bit sets."""

    member_id: UUID
    lat: float
    lon: float
    born: int
    sex: int
    seeks: int
    youngest: int
    oldest: int
    km: int
    further: bool
    interests: int
    visiting: bool = False


def keep(member: Member) -> None:
    """Write or renew the entry of a complete member, in the caller's transaction."""
    entry = PairingEntry.objects.filter(member=member).first() or PairingEntry(member=member)
    entry.packed, entry.changed_at = pack(member), now()
    entry.save()


def pack(member: Member) -> bytes:
    """The entry's bytes."""
    spot, wishes = member.spot or {}, member.wishes
    return LAYOUT.pack(
        spot["lat"],
        spot["lon"],
        date.fromisoformat(member.birth_date).toordinal(),
        SEXES.index(Member.Sex(member.sex or "")),
        bits_of([code for code in SEXES if code in (member.seeks or [])], list(SEXES)),
        wishes["from"],
        wishes["to"],
        wishes["km"],
        bool(wishes.get("further")) | _is_visiting(member) << 1,
        bits_of(member.interests, _INTERESTS),
    )


def unpack(entry: PairingEntry) -> Packed:
    """The entry opened."""
    lat, lon, born, sex, seeks, youngest, oldest, km, flags, interests = LAYOUT.unpack(bytes(entry.packed))
    further, visiting = bool(flags & 1), bool(flags & 2)
    return Packed(entry.member_id, lat, lon, born, sex, seeks, youngest, oldest, km, further, interests, visiting)


def suit(one: Packed, other: Packed, day: date) -> bool:
    """Whether each is whom the other hopes for on that day: by sex, age and distance, as far as both allow."""
    apart = kilometres({"lat": one.lat, "lon": one.lon}, {"lat": other.lat, "lon": other.lon})
    return _hopes_for(one, other, day, apart) and _hopes_for(other, one, day, apart)


def _is_visiting(member: Member) -> bool:
    return Trip.objects.filter(member=member).exclude(begun_at=None).exists()


def _hopes_for(judge: Packed, other: Packed, day: date, apart: int) -> bool:
    age = age_on(date.fromordinal(other.born), day)
    # Distances are rounded to steps of five kilometres.
    reach = FURTHEST_KM if judge.further else judge.km + 5
    return bool(judge.seeks & 1 << other.sex) and judge.youngest <= age <= judge.oldest and apart <= reach


def bits_of(chosen: Iterable[str], order: list[str]) -> int:
    """A bit for each word chosen, in the order given; words that are no more are left out."""
    return sum(1 << order.index(word) for word in set(chosen) if word in order)


def shared_interests(one: int, other: int) -> list[str]:
    """Codes of the interests in both bit sets."""
    return [code for place, code in enumerate(_INTERESTS) if one & other & (1 << place)]
