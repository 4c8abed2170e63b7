"""What two people may learn of each other's date, and what they can make of it.

The rules of DATE-LIKE and DATE-PASS live here and nowhere else: a like is seen on the date's own card when it is
opened, and told to nobody before it is mutual; a pass changes nothing that the other side could see, count or time.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating.models import Date, Match, Member
from allonce.products.dating.services import choosing, matching, sight

State = Member.State


class DateOver(UserError):
    """Its day is over, or one of the two left."""

    code = "date_over"
    status = 409
    message = gettext_lazy("This date is over.")


class AlreadyAnswered(UserError):
    """A like or a pass stands."""

    code = "date_answered"
    status = 409
    message = gettext_lazy("You have answered this date already.")


@dataclass(frozen=True)
class Card:
    """What a member sees of a date. `likes_you` is true while the other likes and this member has not answered.

    `match` stands once both said yes; before that, `to_you` and `from_you` are a paid first message of either.
    """

    date: Date
    other: Member
    likes_you: bool
    match: Match | None
    to_you: Match | None
    from_you: Match | None

    @property
    def answer(self) -> str:
        """ "", "liked" or "passed": this member's own."""
        return "liked" if self.date.liked_at else "passed" if self.date.passed_at else ""


def running(member: Member, at: datetime | None = None) -> list[Date]:
    """The dates that this member has now, the latest begun first: not over, with both sides still visible."""
    moment = at or now()
    found = Date.objects.filter(member=member, starts_at__lte=moment, ends_at__gt=moment, other__state=State.ACTIVE)
    found = found.exclude(other__in=sight.hidden_from(member).values("pk"))
    return list(found.select_related("other__person").order_by("-starts_at"))


@transaction.atomic
def open_card(member: Member, date: Date) -> Card:
    """What there is to see, noted as opened once. Call with a date of `running`."""
    if date.opened_at is None:
        Date.objects.filter(pk=date.pk, opened_at=None).update(opened_at=now())
    back = _other_side(date)
    likes_you = back is not None and back.liked_at is not None and date.liked_at is None and date.passed_at is None
    talk = matching.of(member).filter(Q(low=date.other) | Q(high=date.other)).first()
    mutual = talk if talk and talk.is_mutual else None
    first = None if mutual else talk
    mine = first is not None and first.opened_by_id == member.id
    return Card(date, date.other, likes_you, mutual, None if mine else first, first if mine else None)


@transaction.atomic
def like(member: Member, date_id: UUID) -> Match | None:
    """Like today's date; the match if the other likes, too. Repeating it changes nothing. Audited.

    Raises NotFound, DateOver or AlreadyAnswered (after a pass). Nothing is told to the other side but a match.
    """
    date = answerable(member, date_id)
    if date.passed_at:
        raise AlreadyAnswered
    if date.liked_at is None:
        Date.objects.filter(pk=date.pk).update(liked_at=now())
        _record("dating.liked", member)
    back = _other_side(date)
    if back is None or back.liked_at is None:
        return None
    return matching.match(member, date.other)


@transaction.atomic
def pass_by(member: Member, date_id: UUID) -> None:
    """Pass today's date, in secret. Repeating it changes nothing. Audited under the member's own name alone.

    Raises NotFound, DateOver or AlreadyAnswered (after a like).
    """
    date = answerable(member, date_id)
    if date.liked_at:
        raise AlreadyAnswered
    if date.passed_at is None:
        Date.objects.filter(pk=date.pk).update(passed_at=now())
        unanswered = Match.objects.filter(opened_by=date.other, answered_at=None)
        unanswered.filter(Q(low=member) | Q(high=member)).update(declined_at=now())
        _record("dating.passed", member)


def sees(viewer: Member, member_id: UUID) -> bool:
    """Whether this member's profile and photos may be shown to the viewer now: a running date,
    a match, or a suggestion for the next noon.
    """
    if viewer.id == member_id:
        return True
    if sight.is_hidden(viewer, member_id):
        return False
    moment = now()
    running = Date.objects.filter(
        member=viewer, other_id=member_id, starts_at__lte=moment, ends_at__gt=moment, other__state=State.ACTIVE
    )
    return (
        running.exists()
        or matching.with_member(viewer, member_id) is not None
        or choosing.is_suggested(viewer, member_id)
    )


def answerable(member: Member, date_id: UUID) -> Date:
    """The date, with both sides locked in one order, so that two likes at once cannot miss each other.

    Raises NotFound or DateOver.
    """
    date = Date.objects.filter(pk=date_id, member=member).select_related("other").first()
    if date is None:
        raise NotFound
    ids = sorted([member.id, date.other_id])
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    date.refresh_from_db(fields=["ends_at", "liked_at", "passed_at"])
    if date.ends_at <= now() or date.other.state != State.ACTIVE or member.state != State.ACTIVE:
        raise DateOver
    if sight.is_hidden(member, date.other_id) or sight.is_out(member):
        raise DateOver
    return date


def _other_side(date: Date) -> Date | None:
    return Date.objects.filter(member_id=date.other_id, other_id=date.member_id).first()


def _record(action: str, member: Member) -> None:
    # Whom it was about stands nowhere but on the date's own side.
    audit.record(action, actor=Actor(kind="person", id=member.person_id), target=f"dating.Member:{member.id}", data={})
