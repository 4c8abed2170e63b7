"""Two members become each other's date: however they were chosen, it is written in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.rights.processing import may_process
from allonce.kernel.vault.sealed import prefetch_keys
from allonce.products.dating import index
from allonce.products.dating.index import Packed
from allonce.products.dating.models import Block, Date, Member, Met, PairingEntry, Report
from allonce.products.dating.noon import LASTS, PURPOSE
from allonce.products.dating.services import contacts, sight, telling


@dataclass(frozen=True)
class Span:
    """The day that a date counts for, when it begins (aware), and how it came about."""

    day: date
    starts: datetime
    kind: Date.Kind = Date.Kind.DAILY


def locked(one: UUID, other: UUID) -> tuple[Member, Member]:
    """The two members, kept from others until the transaction ends. Raises NotFound if one is gone."""
    rows = (
        Member.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[one, other]).select_related("person")
    )
    found = {each.pk: each for each in rows.order_by("pk")}
    if len(found) != 2:
        raise NotFound
    return found[one], found[other]


def may_meet(here: Member, there: Member) -> bool:
    """What may have changed since somebody was found: a pause, a withdrawn consent, an earlier date, a block."""
    active = all(each.state == Member.State.ACTIVE and each.consented_at for each in (here, there))
    low, high = sorted([here.id, there.id])
    met = Met.objects.filter(low_id=low, high_id=high).exists()
    return active and not met and sight.may_be_paired(here, there)


def may_be_shown(member: Member) -> bool:
    """Whether this member may be chosen for anybody now."""
    active = member.state == Member.State.ACTIVE and member.consented_at is not None
    free = member.person.suspended_at is None and not sight.is_out(member)
    return active and free and may_process(member.person_id, PURPOSE)


def sides_of(both: tuple[Member, Member], why: list[str], span: Span) -> list[Date]:
    """A date's two sides, not saved yet; that of the first comes first."""
    here, there = both
    ends = span.starts + LASTS
    common = {"day": span.day, "starts_at": span.starts, "ends_at": ends, "kind": span.kind, "reasons": why}
    return [
        Date(owner_id=here.person_id, member=here, other=there, **common),
        Date(owner_id=there.person_id, member=there, other=here, **common),
    ]


def keep(sides: Sequence[Date], day: date) -> None:
    """Save both sides of dates, and that the pairs met. In the caller's transaction."""
    prefetch_keys(sides)
    Date.objects.bulk_create(sides)
    met = {tuple(sorted((side.member_id, side.other_id))) for side in sides}
    Met.objects.bulk_create([Met(low_id=low, high_id=high, on=day) for low, high in sorted(met)])
    Member.objects.filter(pk__in=[side.member_id for side in sides]).update(last_date_on=day)


def suiting(here: Member, there: Member, day: date) -> tuple[Packed, Packed] | None:
    """Both entries, if each still is whom the other hopes for on that day."""
    found = {each.member_id: index.unpack(each) for each in PairingEntry.objects.filter(member__in=[here, there])}
    if len(found) != 2:
        return None
    both = found[here.id], found[there.id]
    return both if index.suit(*both, day) else None


def has_date(member: Member, day: date) -> bool:
    """Whether their date of that day stands; one at once is beside it."""
    return Date.objects.filter(member=member, day=day).exclude(kind=Date.Kind.INSTANT).exists()


@dataclass(frozen=True)
class Apart:
    """What keeps pairs among some members apart, read at once for all of them."""

    pairs: set[frozenset[UUID]]
    out: set[UUID]

    @classmethod
    def among(cls, ids: Sequence[UUID]) -> "Apart":
        """Earlier dates, blocks, reports and hidden contacts between these members, and suspensions: five queries."""
        met = Met.objects.filter(low__in=ids, high__in=ids).values_list("low_id", "high_id")
        blocks = Block.objects.filter(by__in=ids, blocked__in=ids).values_list("by_id", "blocked_id")
        reports = Report.objects.filter(by__in=ids, about__in=ids).values_list("by_id", "about_id")
        hidden = contacts.pairs_among(ids)
        found = {frozenset(pair) for rows in (met, blocks, reports, hidden) for pair in rows}
        return cls(found, set(sight.kept_out().filter(member__in=ids).values_list("member_id", flat=True)))

    def may_meet(self, here: Member, there: Member) -> bool:
        """As `may_meet`, for two of them."""
        active = all(each.state == Member.State.ACTIVE and each.consented_at for each in (here, there))
        return active and not {here.id, there.id} & self.out and frozenset((here.id, there.id)) not in self.pairs


def tell(sides: Sequence[Date]) -> None:
    """Tell everybody that their date has begun. In the caller's transaction."""
    for side in sides:
        telling.new_date(side.member)
