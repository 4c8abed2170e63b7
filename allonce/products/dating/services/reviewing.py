"""After a real date: what each says of it, read by a person, and by nobody else. It is no mark on anybody's profile.

It may be said once both say that they met, or when the day of one's own plan is over: a plan opens it for its maker
alone, since the other knows nothing of the plan.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating.models import DatePlan, Match, Meeting, Member, Review
from allonce.products.dating.services import matching, signs

State = Review.State
QUESTIONS = ("met", "photos", "safe", "again")
ANSWERS = ("yes", "no", "unsure")
DAY = timedelta(days=1)


class NotYet(UserError):
    """Nothing says that the two have met."""

    code = "not_met_yet"
    status = 409
    message = gettext_lazy("You can answer once both of you say that you met, or the day of your plan is over.")


class AlreadyReviewed(UserError):
    """One of the two once."""

    code = "already_reviewed"
    status = 409
    message = gettext_lazy("You have answered already. Take it back first to answer anew.")


@dataclass(frozen=True)
class Given:
    """`answers` has one of ANSWERS for each of QUESTIONS."""

    answers: dict[str, str]
    words: str


def say_met(member: Member, match_id: UUID) -> None:
    """Note that they met; the other is told nothing, and once both say so each may answer. Raises NotFound."""
    match = _mutual(member, match_id)
    Meeting.objects.update_or_create(match=match, by=member, defaults={"said": True})


def has_said(member: Member, match: Match) -> bool:
    """Whether this member said that they met."""
    return Meeting.objects.filter(match=match, by=member, said=True).exists()


def may_review(member: Member, match: Match) -> bool:
    """Whether there was a date to speak of."""
    known = Meeting.objects.filter(match=match)
    if known.filter(by=member, planned=True).exists() or known.filter(said=True).count() == 2:
        return True
    # A plan's link lives until the end of the day after.
    return DatePlan.objects.filter(member=member, match=match, ends_at__lte=now() + DAY).exists()


def of(member: Member, match: Match) -> Review | None:
    """What this member said of the other."""
    return Review.objects.filter(by=member, about=match.other_than(member)).first()


@transaction.atomic
def review(member: Member, match_id: UUID, given: Given) -> Review:
    """Keep it and put it before a person. Audited without whom. Raises NotFound, NotYet or AlreadyReviewed."""
    match = _mutual(member, match_id)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if not may_review(member, match):
        raise NotYet
    if of(member, match) is not None:
        raise AlreadyReviewed
    answers = {name: given.answers[name] for name in QUESTIONS}
    made = Review(owner_id=member.person_id, by=member, about=match.other_than(member), answers=answers)
    made.words = given.words.strip()
    made.save(force_insert=True)
    _record("dating.reviewed", member)
    from allonce.products.dating.reading import ask_about

    ask_about(made)
    return made


@transaction.atomic
def take_back(member: Member, match_id: UUID) -> None:
    """As if it had never been said. Audited. Raises NotFound."""
    found = of(member, _mutual(member, match_id))
    if found is None:
        raise NotFound
    found.delete()
    _record("dating.review_taken_back", member)


def to_answer(member: Member) -> set[UUID]:
    """Their matches of whom something may be said, and was not."""
    done = set(Review.objects.filter(by=member).values_list("about_id", flat=True))
    known = Meeting.objects.filter(by=member).values("match")
    planned = DatePlan.objects.filter(member=member, ends_at__lte=now() + DAY).exclude(match=None).values("match")
    found = matching.of(member).filter(Q(pk__in=known) | Q(pk__in=planned))
    return {each.pk for each in found if each.other_than(member).pk not in done and may_review(member, each)}


def note_planned(plans: QuerySet[DatePlan]) -> None:
    """Before plans whose day is over are forgotten: that their makers may still speak of it."""
    for plan in plans.select_related("match").exclude(match=None):
        Meeting.objects.update_or_create(match=plan.match, by=plan.member, defaults={"planned": True})


def count(mandate: Mandate, review_id: UUID) -> None:
    """A person read it: from now on it counts, as a sign and for choosing dates."""
    found = _decide(mandate, review_id, State.COUNTED)
    if found is not None and found.warns:
        signs.weigh(found.about)


def leave(mandate: Mandate, review_id: UUID) -> None:
    """A person read it, and it counts for nothing."""
    _decide(mandate, review_id, State.LEFT)


def _decide(mandate: Mandate, review_id: UUID, state: Review.State) -> Review | None:
    mandate.exercise()
    waiting = Review.objects.select_for_update(of=("self",)).filter(pk=review_id, state=State.WAITING)
    found = waiting.select_related("about").first()
    if found is not None:
        Review.objects.filter(pk=found.pk).update(state=state, decided_at=now())
    return found


def _mutual(member: Member, match_id: UUID) -> Match:
    match = matching.mine(member, match_id)
    if not match.is_mutual:
        raise NotFound
    return match


def _record(action: str, member: Member) -> None:
    # Whom it was about stands nowhere but in the review itself.
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
