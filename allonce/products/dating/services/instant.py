"""A date at once: the best of those who are here now; or, after five minutes of looking, the Crowns back."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.rights.processing import processable
from allonce.products.dating import crowns, reasons
from allonce.products.dating.models import Date, InstantWait, Member
from allonce.products.dating.noon import PURPOSE
from allonce.products.dating.services import contacts, pairs, paying, sight, telling
from allonce.products.dating.services.choosing import CannotChoose

State = InstantWait.State
LASTS = timedelta(minutes=5)
# Being here is noted every five minutes.
HERE = timedelta(minutes=6)
MOST_A_DAY = 3
TRIES = 5


class EnoughForToday(UserError):
    """There is room for three within 24 hours, asked for or not."""

    code = "enough_for_today"
    status = 409
    message = gettext_lazy("There is room for three dates at once within 24 hours. Try again later.")


def waiting(member: Member) -> InstantWait | None:
    """The member's search, running or the last one that ended."""
    return InstantWait.objects.filter(member=member).first()


def ask(member: Member) -> InstantWait:
    """Look for somebody who is here now, with the Crowns set aside. Asking again while it lasts changes nothing.

    Raises CannotChoose, EnoughForToday or NotEnoughCredits. Audited.
    """
    with transaction.atomic():
        here = Member.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=member.pk)
        known = waiting(here)
        if known is not None and known.state == State.WAITING and known.until > now():
            return known
        if not pairs.may_be_shown(here):
            raise CannotChoose
        if _had_today(here.id) >= MOST_A_DAY:
            raise EnoughForToday
        if known is not None and known.state == State.WAITING:
            _end(known, State.NOBODY)
        made = known or InstantWait(member=here)
        made.state, made.asked_at, made.until = State.WAITING, now(), now() + LASTS
        # Given back a little after the search ends, should nothing else do so.
        made.hold_id = paying.set_aside(here, crowns.INSTANT, uuid4().hex, made.until + LASTS)
        made.save()
        _record("dating.asked_at_once", here)
    look(here)
    return InstantWait.objects.get(member=here)


def look(member: Member) -> Date | None:
    """Try once; the date, if there is somebody. A search that is over ends with its Crowns given back."""
    found = waiting(member)
    if found is None or found.state != State.WAITING:
        return None
    if found.until <= now():
        stop(member)
        return None
    for other_id in _who(member):
        made = _meet(member.id, other_id)
        if made is not None:
            return made
    return None


@transaction.atomic
def stop(member: Member) -> bool:
    """End the search; the Crowns come back. False where it had ended already, perhaps with a date."""
    # The member first, as everywhere, so that a search that finds somebody at this moment is waited for.
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    found = InstantWait.objects.filter(member=member, state=State.WAITING).first()
    if found is None:
        return False
    _end(found, State.NOBODY)
    return True


def look_for_all() -> None:
    """Every search that runs, and an end to those that are over."""
    for found in InstantWait.objects.filter(state=State.WAITING).select_related("member__person").order_by("asked_at"):
        look(found.member)


def _who(member: Member) -> list[UUID]:
    """The best of those who are here, and a few more should the first not be free; best first."""
    from allonce.products.dating.services import around

    present = set(_present(member))
    found: list[UUID] = []
    while present and len(found) < TRIES:
        best = around.best_here(member, present)
        if best is None:
            break
        found.append(best)
        present.discard(best)
    return found


def _present(member: Member) -> list[UUID]:
    rows = Member.objects.filter(zone=member.zone, state=Member.State.ACTIVE, seen_at__gt=now() - HERE)
    rows = processable(rows.exclude(consented_at=None).filter(person__suspended_at=None), PURPOSE)
    rows = rows.exclude(pk=member.pk).exclude(pk__in=sight.hidden_from(member).values("pk"))
    rows = rows.exclude(pk__in=contacts.apart_from(member).values("pk"))
    # Who is incognito is met at once only while looking, too.
    looking = InstantWait.objects.filter(state=State.WAITING, until__gt=now()).values("member")
    rows = rows.filter(Q(incognito=False) | Q(pk__in=looking))
    lately = Date.objects.filter(kind=Date.Kind.INSTANT, starts_at__gt=now() - timedelta(hours=24))
    full = lately.values("member").annotate(many=Count("id")).filter(many__gte=MOST_A_DAY).values("member")
    return list(rows.exclude(pk__in=full).exclude(pk__in=sight.reported(member)).values_list("pk", flat=True))


@transaction.atomic
def _meet(member_id: UUID, other_id: UUID) -> Date | None:
    here, there = pairs.locked(member_id, other_id)
    asked = InstantWait.objects.filter(member=here, state=State.WAITING, until__gt=now()).first()
    fit = pairs.may_be_shown(here) and _may_be_met(there) and pairs.may_meet(here, there)
    if asked is None or not fit or _had_today(there.id) >= MOST_A_DAY:
        return None
    both = pairs.suiting(here, there, today())
    if both is None or contacts.between(here, there):
        return None
    span = pairs.Span(today(), now(), Date.Kind.INSTANT)
    sides = pairs.sides_of((here, there), reasons.of(*both), span)
    pairs.keep(sides, span.day)
    _settle(asked, there)
    for each in (here, there):
        telling.instant_date(each)
    return sides[0]


def _may_be_met(there: Member) -> bool:
    """Whether somebody who looks may come upon this member now."""
    looks = InstantWait.objects.filter(member=there, state=State.WAITING, until__gt=now())
    return pairs.may_be_shown(there) and (not there.incognito or looks.exists())


def _settle(asked: InstantWait, there: Member) -> None:
    paying.use(asked.hold_id)
    InstantWait.objects.filter(pk=asked.pk).update(state=State.MET, hold_id=None)
    # Whoever was looking, too, has found somebody, and pays nothing.
    theirs = InstantWait.objects.filter(member=there, state=State.WAITING).first()
    if theirs is not None:
        _end(theirs, State.MET)


def _end(found: InstantWait, state: InstantWait.State) -> None:
    paying.give_back(found.hold_id)
    InstantWait.objects.filter(pk=found.pk).update(state=state, hold_id=None)


def _had_today(member_id: UUID) -> int:
    lately = now() - timedelta(hours=24)
    return Date.objects.filter(member_id=member_id, kind=Date.Kind.INSTANT, starts_at__gt=lately).count()


def _record(action: str, member: Member) -> None:
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
