"""Matches: two likes, a conversation with a key of its own, and its end."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from allonce.kernel import audit, post, vault
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging.erasure import erase_stream
from allonce.kernel.messaging.streams import close_stream, open_stream
from allonce.kernel.notices import notify
from allonce.kernel.vault import Scope, files
from allonce.products.dating.models import Date, Match, Member
from allonce.products.dating.services import sight

KIND = "dating"
NEW_MATCH = "dating.match"


def ordered(one: Member, other: Member) -> tuple[Member, Member]:
    """The two in the order in which pairs are stored."""
    return (one, other) if one.id < other.id else (other, one)


def between(one: Member, other: Member) -> Match | None:
    """The standing match of the two."""
    low, high = ordered(one, other)
    return Match.objects.filter(low=low, high=high).first()


def with_member(member: Member, other_id: UUID) -> Match | None:
    """The same, where the other is known by their id alone."""
    return of(member).filter(Q(low_id=other_id) | Q(high_id=other_id)).first()


def of(member: Member) -> QuerySet[Match]:
    """Their standing matches with people they may see, those last written in first; without those they declined."""
    hidden = sight.hidden_from(member).values("pk")
    declined = Q(declined_at__isnull=False) & ~Q(opened_by=member)
    mine = Match.objects.filter(Q(low=member) | Q(high=member), held=False)
    mine = mine.exclude(declined).exclude(Q(low__in=hidden) | Q(high__in=hidden))
    return mine.select_related("low", "high").order_by("-last_at")


def match(one: Member, other: Member) -> Match:
    """Two likes: both are told, and may write. Once for the two. Audited. In the caller's transaction."""
    known = between(one, other)
    if known is not None and known.is_mutual:
        return known
    made = known or open_for(one, other)
    if known is not None:
        answer(known)
    for each in ordered(one, other):
        _tell(each, made)
    audit.record("dating.matched", actor=SYSTEM, target=f"dating.Match:{made.id}", data={})
    return made


def open_for(one: Member, other: Member, opened_by: Member | None = None) -> Match:
    """A conversation of the two with a key of its own; `opened_by` is whoever paid to write first."""
    low, high = ordered(one, other)
    made = Match(low=low, high=high, opened_by=opened_by)
    vault.create_key(Scope("account", made.id))
    made.save(force_insert=True)
    open_stream(KIND, made.id, stream_id=made.id)
    return made


def answer(found: Match) -> None:
    """Whoever was written to says yes: from now on both may write. In the caller's transaction."""
    found.answered_at, found.declined_at = now(), None
    found.save(update_fields=["answered_at", "declined_at"])


def mine(member: Member, match_id: UUID) -> Match:
    """One of the member's standing matches. Raises NotFound, for strangers and for what is over alike."""
    found = of(member).filter(pk=match_id).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def unmatch(member: Member, match_id: UUID) -> None:
    """End a match: it leaves both lists at once, and what was written is destroyed with its key. Audited."""
    found = mine(member, match_id)
    actor = Actor(kind="person", id=member.person_id)
    # A date that still runs would bring the two together again.
    both = Q(member=found.low, other=found.high) | Q(member=found.high, other=found.low)
    Date.objects.filter(both, ends_at__gt=now()).update(ends_at=now())
    audit.record("dating.unmatched", actor=actor, target=f"dating.Match:{found.id}", data={})
    forget(found.id)
    found.delete()


def forget(match_id: UUID) -> None:
    """Destroy what two people wrote and sent, backups included, once the caller's transaction stands."""
    close_stream(match_id)
    erase_stream(match_id)
    # The files first: a key without rows or files is swept, should this process end between the two.
    transaction.on_commit(partial(files.delete_scope, Scope("account", match_id)))
    transaction.on_commit(partial(vault.destroy_key, Scope("account", match_id)))


def _tell(member: Member, made: Match) -> None:
    words = post.Words(
        subject=_("It is a match"),
        paragraphs=[_("You both said yes. Say hello: what you write is for the two of you alone.")],
        action=post.Action(_("Write"), link("dating:chat", made.id)),
    )
    notify(member.person, NEW_MATCH, words)
