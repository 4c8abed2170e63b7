"""A date shared with one trusted person: where, when, with whom by first name. Its link lives until the day after."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating.models import DatePlan, Match, Member
from allonce.products.dating.services import reviewing

SALT = "dating.plan"
MOST = 10
FURTHEST = timedelta(days=60)


class UnfitPlan(UserError):
    """The time is past or too far away, or there are too many plans."""

    code = "unfit_plan"
    status = 422


@dataclass(frozen=True)
class Plan:
    """`meets` is when the two meet, with its zone."""

    where: str
    meets: datetime
    with_name: str
    match: Match | None = None


def make(member: Member, plan: Plan) -> DatePlan:
    """Keep it until midnight of the day after. Raises UnfitPlan."""
    if not now() - timedelta(hours=1) <= plan.meets <= now() + FURTHEST:
        message = _("Choose a time from now on, within the next two months.")
        raise UnfitPlan(message, fields={"meets": message})
    if of(member).count() >= MOST:
        raise UnfitPlan(_("You have ten plans. Remove one first."))
    day_after = plan.meets.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    return DatePlan.objects.create(
        person_id=member.person_id,
        member=member,
        match=plan.match,
        where=plan.where.strip(),
        meets=plan.meets.isoformat(),
        with_name=plan.with_name.strip(),
        ends_at=day_after,
    )


def of(member: Member) -> QuerySet[DatePlan]:
    """The member's plans whose link still lives, the latest first."""
    return member.plans.filter(ends_at__gt=now()).order_by("-at")


def remove(member: Member, plan_id: UUID) -> None:
    """The link is dead from now on."""
    if not DatePlan.objects.filter(member=member, pk=plan_id).delete()[0]:
        raise NotFound


def link_to(plan: DatePlan) -> str:
    """The address that the trusted person opens."""
    token = signing.Signer(salt=SALT).sign_object(plan.id.hex)
    return f"{settings.PUBLIC_URL}{reverse('dating:plan', args=[token])}"


def by_link(token: str) -> DatePlan:
    """The plan, while its link lives. Raises NotFound, whatever is wrong with the link."""
    try:
        plan_id = UUID(signing.Signer(salt=SALT).unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise NotFound from error
    found = DatePlan.objects.filter(pk=plan_id, ends_at__gt=now()).select_related("member").first()
    if found is None:
        raise NotFound
    return found


def forget_old() -> int:
    """Delete plans whose link has died; returns how many. That there was a date may still be spoken of."""
    over = DatePlan.objects.filter(ends_at__lte=now())
    reviewing.note_planned(over.select_related("member"))
    return over.delete()[1].get("dating.DatePlan", 0)
