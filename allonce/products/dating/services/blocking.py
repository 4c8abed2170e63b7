"""Blocking: at once invisible to each other and never paired again, told to nobody, undone by whoever did it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging.announcing import GONE, announce
from allonce.products.dating.models import Block, Date, Match, Member
from allonce.products.dating.services import dates, matching


def seen(member: Member, other_id: UUID) -> Member:
    """The other, whom this member sees now as a date or a match, or blocked. Raises NotFound for everybody else."""
    found = Member.objects.select_related("person").filter(pk=other_id).exclude(pk=member.pk).first()
    known = dates.sees(member, other_id) or Block.objects.filter(by=member, blocked_id=other_id).exists()
    if found is None or not known:
        raise NotFound
    return found


@transaction.atomic
def block(member: Member, other_id: UUID) -> Block:
    """Neither sees the other from now on. Their match rests, and comes back if it is undone. Audited without whom."""
    other = seen(member, other_id)
    made, new = Block.objects.get_or_create(by=member, blocked=other)
    if new:
        both = Q(member=member, other=other) | Q(member=other, other=member)
        Date.objects.filter(both, ends_at__gt=now()).update(ends_at=now())
        hide_match(matching.between(member, other))
        _record("dating.blocked", member)
    return made


@transaction.atomic
def unblock(member: Member, block_id: UUID) -> None:
    """Take it back: a match that rested is there again. They are not chosen for each other anew. Audited."""
    gone, _rows = Block.objects.filter(by=member, pk=block_id).delete()
    if not gone:
        raise NotFound
    _record("dating.unblocked", member)


def of(member: Member) -> QuerySet[Block]:
    """Whom this member blocked, the latest first."""
    return member.blocks.select_related("blocked__person").order_by("-at")


def hide_match(match: Match | None) -> None:
    """Close the open pages of a match: each asks again who may read it. After the caller's transaction."""
    if match is not None:
        announce(match.id, GONE)


def _record(action: str, member: Member) -> None:
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
