"""Choosing the next date: some who suit are shown, one is chosen, and at noon the two are each other's date.

Whoever is chosen learns nothing of it: to them it is the date of the day, and until the noon no row of theirs tells
otherwise. If they choose somebody themselves, that comes first. The Crowns are set aside until the noon: used if the
date begins, and given back if it does not.
"""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating import crowns, reasons
from allonce.products.dating.models import Date, Member, Suggestion
from allonce.products.dating.noon import ACTIVE_WITHIN, LASTS, next_noon
from allonce.products.dating.services import contacts, pairs, paying, telling

SHOWN, SHOWN_VIP = 5, 10


class AlreadyChosen(UserError):
    """The next date is settled."""

    code = "already_chosen"
    status = 409
    message = gettext_lazy("Your next date is chosen already.")


class NoLongerFree(UserError):
    """Somebody else was quicker, or they are not there any more. Nothing was taken."""

    code = "no_longer_free"
    status = 409
    message = gettext_lazy("This person cannot be your date on that day any more. Nothing was taken.")


class CannotChoose(UserError):
    """Nobody may be chosen for this member now."""

    code = "cannot_choose"
    status = 409
    message = gettext_lazy(
        "Nobody can be suggested to you at the moment: you are invisible or suspended, have not said whom you hope to "
        "meet, or object to being chosen for."
    )


def coming(member: Member) -> tuple[date, datetime]:
    """The day and the moment of the member's next noon."""
    noon = next_noon(member.zone, now())
    return noon.astimezone(ZoneInfo(member.zone or "UTC")).date(), noon


def chosen(member: Member) -> Suggestion | None:
    """Whom this member chose for the next noon. That somebody else chose them is not told."""
    day, _noon = coming(member)
    mine = Suggestion.objects.filter(member=member, day=day).exclude(chosen_at=None)
    return mine.select_related("other").first()


def suggestions(member: Member) -> list[Member]:
    """Those whom the member may choose for the next noon, best first: the same ones until then.

    Raises CannotChoose.
    """
    if not pairs.may_be_shown(member):
        raise CannotChoose
    day, _noon = coming(member)
    wanted = SHOWN_VIP if paying.is_vip(member) else SHOWN
    known = list(Suggestion.objects.filter(member=member, day=day).select_related("other__person"))
    if len(known) < wanted:
        known += _add(member, wanted - len(known), known)
    return [each.other for each in known if is_free(each.other, member, day)]


def is_suggested(member: Member, other_id: UUID) -> bool:
    """Whether that member may be looked at as a suggestion now."""
    day, _noon = coming(member)
    shown = Suggestion.objects.filter(member=member, other_id=other_id, day=day, other__state=Member.State.ACTIVE)
    if not shown.filter(other__incognito=False).exclude(other__consented_at=None).exists():
        return False
    return not contacts.hides(other_id, member)


def suggested(member: Member, other_id: UUID) -> Member:
    """One of those suggested. Raises NotFound or CannotChoose."""
    found = next((each for each in suggestions(member) if each.id == other_id), None)
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def choose(member: Member, other_id: UUID) -> None:
    """Make somebody suggested the date of the next noon, for Crowns taken once; again changes nothing. Audited.

    Raises NotFound, AlreadyChosen, NoLongerFree, CannotChoose or NotEnoughCredits.
    """
    day, noon = coming(member)
    here, there = pairs.locked(member.id, other_id)
    asked = Suggestion.objects.filter(member=here, other=there, day=day).first()
    if asked is None:
        raise NotFound
    if asked.chosen_at:
        return
    if not pairs.may_be_shown(here):
        raise CannotChoose
    if chosen(here) is not None:
        raise AlreadyChosen
    if not is_free(there, here, day):
        raise NoLongerFree
    hold_id = paying.set_aside(here, crowns.NEXT, f"{here.id}:{day}", noon + LASTS)
    twin = _claims(day).filter(member=there, other=here).exists()
    if not twin:
        # One's own choice comes first: whoever chose this member has another date at noon, and the Crowns back.
        _claims(day).filter(other=here).update(claims=False)
    Suggestion.objects.filter(pk=asked.pk).update(chosen_at=now(), hold_id=hold_id, claims=not twin)
    actor = Actor(kind="person", id=here.person_id)
    audit.record("dating.chosen", actor=actor, target=f"dating.Member:{here.id}", data={})


def begin(moment: datetime) -> None:
    """Chosen dates whose noon has come begin, and those of people who are not there any more fall away.

    Safe to repeat and to be killed: each choice is settled in a transaction of its own.
    """
    waiting = Suggestion.objects.filter(noon__lte=moment, settled_at=None).exclude(chosen_at=None)
    # Those that claim come first, so that of two who chose each other one pays.
    for pk in list(waiting.order_by("-claims", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _begin(pk)


def forget(moment: datetime) -> None:
    """Suggestions of days that are over everywhere."""
    Suggestion.objects.filter(day__lt=moment.date() - timedelta(days=1)).delete()


def release(person_id: UUID) -> None:
    """Give back what was set aside for choices of somebody who leaves for good, while their rows are there."""
    waiting = Suggestion.objects.filter(other__person_id=person_id, settled_at=None).exclude(hold_id=None)
    for hold_id in waiting.values_list("hold_id", flat=True):
        paying.give_back(hold_id)


def is_free(other: Member, member: Member, day: date) -> bool:
    """Whether that day's date of `other` can still be `member`; it can if it is already, which is not told.

    Who is incognito can never be come upon: whom they chose or like sees them as their date, and no sooner.
    """
    if (
        other.incognito
        or other.seen_at < now() - ACTIVE_WITHIN
        or not pairs.may_be_shown(other)
        or not pairs.may_meet(member, other)
    ):
        return False
    if pairs.suiting(other, member, day) is None or contacts.hides(other.id, member):
        return False
    theirs = _claims(day).filter(Q(member=other) | Q(other=other))
    taken = theirs.exclude(member=other, other=member).exclude(member=member, other=other).exists()
    return not taken and not pairs.has_date(other, day)


def _claims(day: date) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(day=day, claims=True, settled_at=None)


def _add(member: Member, count: int, known: list[Suggestion]) -> list[Suggestion]:
    # With the libraries that no other page needs.
    from allonce.products.dating.services import around

    day, noon = coming(member)
    without = {each.other_id for each in known}

    def fits(other: Member) -> bool:
        # Whom the member hid is not drawn; drawn already, they stay until noon, or their going would tell whose it is.
        return is_free(other, member, day) and not contacts.hides(member.id, other)

    found = around.suggest(member, without, count, fits)
    rows = [
        Suggestion(member=member, other=other, day=day, noon=noon, place=len(known) + place)
        for place, other in enumerate(found)
    ]
    try:
        with transaction.atomic():
            Suggestion.objects.bulk_create(rows)
    except IntegrityError:
        # Another page of theirs was quicker.
        return list(Suggestion.objects.filter(member=member, day=day).exclude(pk__in=[each.pk for each in known]))
    return rows


def _begin(pk: int) -> None:
    asked = Suggestion.objects.get(pk=pk)
    here, there = pairs.locked(asked.member_id, asked.other_id)
    if not Suggestion.objects.filter(pk=pk, settled_at=None).update(settled_at=now()):
        return
    # A claim may have been taken away since it was read.
    asked.refresh_from_db(fields=["claims"])
    both = pairs.suiting(here, there, asked.day)
    if asked.claims and both and _may_begin(here, there, asked.day):
        paying.use(asked.hold_id)
        sides = pairs.sides_of((here, there), reasons.of(*both), pairs.Span(asked.day, asked.noon))
        pairs.keep(sides, asked.day)
        pairs.tell(sides)
        return
    paying.give_back(asked.hold_id)
    if not Date.objects.filter(member=here, other=there, day=asked.day).exists():
        telling.choice_fell_away(here, paid=asked.hold_id is not None)


def _may_begin(here: Member, there: Member, day: date) -> bool:
    shown = pairs.may_be_shown(here) and pairs.may_be_shown(there)
    free = not pairs.has_date(here, day) and not pairs.has_date(there, day)
    # What `here` hid since is left out of account: they chose, and must not learn whose number it was.
    return shown and free and pairs.may_meet(here, there) and not contacts.hides(there.id, here)
