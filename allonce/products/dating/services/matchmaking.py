"""Matchmakers: who has waited longest around a town, a shortlist of those who suit, and one pick for the next noon.

Until a reason is given a matchmaker sees how long somebody waits and nothing else. Then each person looked at finds
in their own record who looked, when and why. A pick is settled at noon after members' own choices, which come first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.rights.processing import processable
from allonce.products.dating import index, reasons
from allonce.products.dating.models import Member, PairingEntry, Pick, Shortlist, Shortlisted, Suggestion
from allonce.products.dating.noon import ACTIVE_WITHIN, PURPOSE
from allonce.products.dating.places import Town, kilometres
from allonce.products.dating.services import choosing, contacts, pairs, sight

DUTY = "matchmaking"
AROUND_KM = 50
SHOWN = 20
LISTED = 10
OPEN_FOR = timedelta(hours=1)
# How many of those who waited longest are looked through for those around the town.
MOST_OPENED = 4000


class PickGone(UserError):
    """One of the two has somebody else by now, or left."""

    code = "pick_gone"
    status = 409
    message = gettext_lazy("These two cannot be each other's date on that day any more. Choose somebody else.")


@dataclass(frozen=True)
class Waiting:
    """Somebody by an opaque id: nothing of who they are is told before a reason is given."""

    member_id: UUID
    days: int
    picked: bool


@dataclass(frozen=True)
class Line:
    """One of a shortlist, with why as the two would read it."""

    other: Member
    why: list[str]


def waiting(staff: StaffAccess, town: Town) -> list[Waiting]:
    """Those around the town who have waited longest for a date, the longest first."""
    rows = _taking_part(town.zone).exclude(person_id=staff.person.id)
    longest = rows.order_by(F("last_date_on").asc(nulls_first=True), "joined_at")[:MOST_OPENED]
    found = list(_around(longest, town))
    picks = Pick.objects.filter(settled_at=None, noon__gt=now())
    picked = {pk for both in picks.values_list("member_id", "other_id") for pk in both}
    return [Waiting(each.pk, _days(each), each.pk in picked) for each in found]


@transaction.atomic
def open_list(staff: StaffAccess, member_id: UUID, reason: str) -> Shortlist:
    """Look at a member and at up to ten who suit, for an hour. Each of them sees who, when and why. Audited.

    Raises NotFound or ReasonNeeded.
    """
    member = _member(staff, member_id)
    found = _suiting(staff, member)
    for each in (member, *found):
        audit.record_person_look(staff.actor, each.person_id, reason)
    made = Shortlist.objects.create(member=member, staff=staff.person, until=now() + OPEN_FOR)
    rows = [Shortlisted(shortlist=made, other=other, place=place) for place, other in enumerate(found)]
    Shortlisted.objects.bulk_create(rows)
    return made


def opened(staff: StaffAccess, member_id: UUID) -> Shortlist | None:
    """The list that this matchmaker has open now."""
    rows = Shortlist.objects.filter(member_id=member_id, staff=staff.person, until__gt=now())
    return rows.select_related("member__person").order_by("-made_at").first()


def lines(shortlist: Shortlist) -> list[Line]:
    """Those of the list who still suit at this moment."""
    member = shortlist.member
    day, _noon = choosing.coming(member)
    found = []
    for each in shortlist.lines.select_related("other__person"):
        both = pairs.suiting(member, each.other, day)
        if both is not None and _is_free(member, each.other, day):
            found.append(Line(each.other, reasons.in_words(reasons.of(*both))))
    return found


def picked(member: Member) -> Pick | None:
    """What was picked for this member's next noon, whichever of the two they are."""
    day, _noon = choosing.coming(member)
    rows = Pick.objects.filter(Q(member=member) | Q(other=member), day=day, settled_at=None)
    return rows.select_related("member", "other").first()


@transaction.atomic
def pick(staff: StaffAccess, member_id: UUID, other_id: UUID) -> Pick:
    """Make the two each other's date of the next noon, if neither has somebody else by then. Audited.

    Raises NotFound unless this matchmaker looks at both now, or PickGone.
    """
    shortlist = opened(staff, member_id)
    if shortlist is None or not shortlist.lines.filter(other_id=other_id).exists():
        raise NotFound
    here, there = pairs.locked(member_id, other_id)
    day, noon = choosing.coming(here)
    if not pairs.may_be_shown(here) or picked(here) or not _is_free(here, there, day):
        raise PickGone
    made = Pick.objects.create(member=here, other=there, day=day, noon=noon, staff=staff.person)
    _record("dating.picked", staff, made)
    return made


@transaction.atomic
def take_back(staff: StaffAccess, member_id: UUID) -> None:
    """The pick of a member whom this matchmaker looks at, before its noon. Audited. Raises NotFound."""
    shortlist = opened(staff, member_id)
    found = picked(shortlist.member) if shortlist is not None else None
    if found is None:
        raise NotFound
    _record("dating.pick_taken_back", staff, found)
    found.delete()


def begin(moment: datetime) -> None:
    """Picks whose noon has come begin; those that cannot any more fall away, and nobody is told of them.

    Call it after `choosing.begin`. Safe to repeat and to be killed.
    """
    for pk in list(Pick.objects.filter(noon__lte=moment, settled_at=None).values_list("pk", flat=True)):
        with transaction.atomic():
            _begin(pk)


def forget(moment: datetime) -> None:
    """Picks of days that are over everywhere, and lists that are closed."""
    Pick.objects.filter(day__lt=moment.date() - timedelta(days=1)).delete()
    Shortlist.objects.filter(until__lte=moment).delete()


def _begin(pk: int) -> None:
    made = Pick.objects.get(pk=pk)
    here, there = pairs.locked(made.member_id, made.other_id)
    if not Pick.objects.filter(pk=pk, settled_at=None).update(settled_at=now()):
        return
    both = pairs.suiting(here, there, made.day)
    shown = pairs.may_be_shown(here) and pairs.may_be_shown(there)
    taken = pairs.has_date(here, made.day) or pairs.has_date(there, made.day)
    if both is None or taken or not shown or not pairs.may_meet(here, there) or contacts.between(here, there):
        return
    sides = pairs.sides_of((here, there), reasons.of(*both), pairs.Span(made.day, made.noon))
    pairs.keep(sides, made.day)
    pairs.tell(sides)


def _taking_part(zone: str) -> QuerySet[Member]:
    """As the daily run takes them."""
    rows = Member.objects.filter(zone=zone, state=Member.State.ACTIVE, seen_at__gte=now() - ACTIVE_WITHIN)
    rows = processable(rows.filter(person__suspended_at=None), PURPOSE)
    return rows.exclude(pk__in=sight.kept_out()).exclude(consented_at=None).exclude(pairing_entry=None)


def _around(members: QuerySet[Member], town: Town) -> Iterator[Member]:
    middle, many = {"lat": town.lat, "lon": town.lon}, 0
    rows = list(members)
    for start in range(0, len(rows), 200):
        batch = rows[start : start + 200]
        entries = {each.member_id: index.unpack(each) for each in PairingEntry.objects.filter(member__in=batch)}
        for each in batch:
            spot = entries.get(each.pk)
            if spot is not None and kilometres(middle, {"lat": spot.lat, "lon": spot.lon}) <= AROUND_KM:
                yield each
                many += 1
            if many == SHOWN:
                return


def _days(member: Member) -> int:
    return max(0, (today() - (member.last_date_on or member.joined_at.date())).days)


def _member(staff: StaffAccess, member_id: UUID) -> Member:
    """Somebody who takes part now, and not the matchmaker. Raises NotFound."""
    found = Member.objects.filter(pk=member_id).exclude(person_id=staff.person.id).select_related("person").first()
    if found is None or not _taking_part(found.zone).filter(pk=found.pk).exists():
        raise NotFound
    return found


def _suiting(staff: StaffAccess, member: Member) -> list[Member]:
    # With the libraries that no other page of the console needs.
    from allonce.products.dating.services import around

    day, _noon = choosing.coming(member)

    def fits(other: Member) -> bool:
        return other.person_id != staff.person.id and _is_free(member, other, day)

    return around.suggest(member, set(), LISTED, fits)


def _is_free(member: Member, other: Member, day: date) -> bool:
    """Whether nothing stands between the two for that day: neither a rule nor somebody else."""
    if other.seen_at < now() - ACTIVE_WITHIN or not pairs.may_be_shown(other) or not pairs.may_meet(member, other):
        return False
    if pairs.suiting(member, other, day) is None or contacts.between(member, other) or picked(other):
        return False
    either = Q(member__in=(member, other)) | Q(other__in=(member, other))
    chosen = Suggestion.objects.filter(either, day=day, claims=True, settled_at=None).exists()
    return not (chosen or pairs.has_date(member, day) or pairs.has_date(other, day))


def _record(action: str, staff: StaffAccess, made: Pick) -> None:
    audit.record(action, actor=staff.actor, target=f"dating.Pick:{made.pk}", data={})
