"""Who is out of whose sight: blocked either way, or kept out by a suspension. Every page and pairing asks here."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from allonce.products.dating.models import Block, Member, Report, Suspension


def kept_out() -> QuerySet[Suspension, Any]:
    """Ids of members whom a suspension keeps out now."""
    return Suspension.objects.in_force().values("member")


def is_out(member: Member) -> bool:
    """Whether a suspension keeps this member out now."""
    return Suspension.objects.in_force().filter(member=member).exists()


def is_closed(member: Member) -> bool:
    """Whether their membership was ended for a breach."""
    return Suspension.objects.in_force().filter(member=member, closed_at__isnull=False).exists()


def hidden_from(viewer: Member) -> QuerySet[Member]:
    """Everybody whom this member must not see now. The viewer is never among them."""
    gone = Q(pk__in=Block.objects.filter(by=viewer).values("blocked"))
    gone |= Q(pk__in=Block.objects.filter(blocked=viewer).values("by")) | Q(pk__in=kept_out())
    gone |= Q(person__suspended_at__isnull=False)
    return Member.objects.filter(gone).exclude(pk=viewer.pk)


def is_hidden(viewer: Member, other_id: UUID) -> bool:
    """Whether this one is out of the viewer's sight."""
    return hidden_from(viewer).filter(pk=other_id).exists()


def apart() -> Iterator[tuple[UUID, UUID]]:
    """All pairs that must never be chosen for each other: one blocked or reported the other."""
    yield from Block.objects.values_list("by_id", "blocked_id").iterator(5000)
    yield from Report.objects.values_list("by_id", "about_id").iterator(5000)


def reported(member: Member) -> QuerySet[Report, Any]:
    """Ids of those whom this member reported, for choosing nobody's date anew."""
    return Report.objects.filter(by=member).values("about")


def may_be_paired(one: Member, other: Member) -> bool:
    """Whether nothing keeps these two apart, nor either of them out."""
    between = Q(by=one, blocked=other) | Q(by=other, blocked=one)
    reported = Q(by=one, about=other) | Q(by=other, about=one)
    out = Suspension.objects.in_force().filter(member__in=(one, other))
    return not (Block.objects.filter(between).exists() or Report.objects.filter(reported).exists() or out.exists())
