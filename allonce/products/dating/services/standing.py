"""Suspension for a month as a precaution, an explanation, and then its end or the end of the membership.

Each step against somebody takes a mandate: a person decides it. The one thing that happens by itself is that a month
runs out, and then the member is back.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Fact
from allonce.kernel.casework.services import opening
from allonce.kernel.clock import add_months, now
from allonce.kernel.errors import UserError
from allonce.kernel.notices import notify
from allonce.products.dating.models import Match, Member, Suspension
from allonce.products.dating.services import barring, blocking, paying, profile
from allonce.products.dating.services.signs import CONDUCT_CASE, subject_of

STANDING = "dating.standing"
ANSWER_WITHIN = timedelta(days=14)
REMIND_BEFORE = timedelta(days=7)
ENDING = register_detector(
    Detector("dating.suspension_ends", gettext_lazy("the calendar: a suspension is about to end"))
)


class NothingToEnd(UserError):
    """The suspension is over or was lifted since this was proposed, or the member has left."""

    code = "nothing_to_end"
    status = 409
    message = gettext_lazy("This member is not suspended any more, so the membership cannot be ended. Decide anew.")


class NothingToExplain(UserError):
    """No suspension waits for an explanation, or one was given."""

    code = "nothing_to_explain"
    status = 409
    message = gettext_lazy("Your explanation is with us already. Somebody reads it and decides.")


def of(member: Member) -> Suspension | None:
    """What keeps the member out now."""
    return Suspension.objects.in_force().filter(member=member).order_by("-started_at").first()


def suspend(mandate: Mandate, member_id: UUID) -> None:
    """Out of everybody's sight for a month, as a precaution; nothing is lost. Audited by the case."""
    mandate.exercise()
    member = Member.objects.select_for_update().filter(pk=member_id).first()
    if member is None or of(member) is not None:
        return
    moment = now()
    until = datetime.combine(add_months(moment.date(), 1), moment.timetz())
    Suspension.objects.create(
        person_id=member.person_id, member=member, started_at=moment, answer_by=moment + ANSWER_WITHIN, until=until
    )
    profile.hide_today(member)
    for match in Match.objects.filter(low=member) | Match.objects.filter(high=member):
        blocking.hide_match(match)


def lift(mandate: Mandate, member_id: UUID) -> None:
    """Back, with everything as it was. A membership that was closed has an appeal of its own."""
    mandate.exercise()
    Suspension.objects.in_force().filter(member_id=member_id, closed_at=None).update(ended_at=now())


def close(mandate: Mandate, member_id: UUID, years: int) -> None:
    """End the membership for a breach: Crowns are lost, VIP renews no more, and the person may not join for years.

    Raises NothingToEnd.
    """
    mandate.exercise()
    member = Member.objects.select_for_update().select_related("person").filter(pk=member_id).first()
    found = of(member) if member is not None else None
    if member is None or found is None or found.closed_at is not None:
        raise NothingToEnd
    Suspension.objects.filter(pk=found.pk).update(closed_at=now())
    paying.stop_renewing(member, mandate.exercise())
    barring.forfeit(mandate, member)
    barring.bar(mandate, member, years)


def reopen(mandate: Mandate, member_id: UUID) -> None:
    """An appeal was upheld: the membership stands again, with its Crowns and without the bar."""
    mandate.exercise()
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        return
    Suspension.objects.in_force().filter(member=member).update(ended_at=now(), closed_at=None)
    barring.unbar(mandate)
    barring.give_back(mandate, member)


@transaction.atomic
def explain(session: SignInSession, member: Member, text: str) -> None:
    """What the member has to say, put before the staff. Once. Audited. Raises NothingToExplain."""
    found = of(member)
    if found is None or found.closed_at or found.explained_at:
        raise NothingToExplain
    found.explanation, found.explained_at = text.strip(), now()
    found.save(update_fields=["explanation", "explained_at"])
    opening.by_somebody(session, CONDUCT_CASE, subject_of(member), [Fact(_("Explanation of the member"), text.strip())])
    actor = Actor(kind="person", id=member.person_id)
    audit.record("dating.explained", actor=actor, target=f"dating.Member:{member.id}", data={})


def may_close(member: Member) -> bool:
    """Whether the member was suspended, and has explained or had the time for it."""
    found = of(member)
    return found is not None and found.closed_at is None and bool(found.explained_at or found.answer_by <= now())


@transaction.atomic
def remind() -> int:
    """Put suspensions that end within a week before people, once; returns how many."""
    waiting = Suspension.objects.in_force().filter(closed_at=None, reminded_at=None, until__lte=now() + REMIND_BEFORE)
    rows = list(waiting.select_related("member"))
    for each in rows:
        given = _("Given on %s") % f"{each.explained_at:%d %b %Y}" if each.explained_at else _("None was given")
        facts = [
            Fact(_("The suspension ends by itself"), f"{each.until:%d %b %Y %H:%M}"),
            Fact(_("Explanation"), given),
        ]
        ENDING.raise_case(CONDUCT_CASE, subject_of(each.member), facts)
        Suspension.objects.filter(pk=each.pk).update(reminded_at=now())
    return len(rows)


@transaction.atomic
def let_back() -> int:
    """Note that a month is over, and tell the member; returns for how many."""
    over = Suspension.objects.filter(ended_at=None, closed_at=None, until__lte=now()).select_related("person", "member")
    rows = list(over)
    for each in rows:
        if not over.filter(pk=each.pk).update(ended_at=each.until):
            continue
        words = post.Words(
            subject=_("Your suspension is over"),
            paragraphs=[_("You are back, with everything as it was. You take part at the next noon.")],
            action=post.Action(_("Go on"), link("dating:today")),
        )
        notify(each.person, STANDING, words)
        audit.record("dating.let_back", actor=SYSTEM, target=f"dating.Member:{each.member_id}", data={})
    return len(rows)
