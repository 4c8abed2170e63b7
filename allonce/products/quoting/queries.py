"""Reads of deliveries."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from allonce.kernel.clock import now
from allonce.products.quoting.models import Delivery

State = Delivery.State
# What a phone is told at each synchronisation: long enough for the last bounce to have come.
TOLD_FOR = timedelta(days=30)
MOST_TOLD = 500
FAILED = (State.BOUNCED, State.REFUSED)


def deliveries_of(account_id: UUID, job_ref: UUID, revision: int | None = None) -> list[Delivery]:
    """All mails of a job, or of one revision of it."""
    found = Delivery.objects.filter(account_id=account_id, job_ref=job_ref)
    if revision is not None:
        found = found.filter(revision=revision)
    return list(found.order_by("revision", "role"))


def told_to_device(account_id: UUID, device_id: UUID) -> list[Delivery]:
    """How the mails of a phone's recent jobs stand, latest first."""
    found = Delivery.objects.filter(account_id=account_id, device_id=device_id, at__gte=now() - TOLD_FOR)
    return list(found.order_by("-at")[:MOST_TOLD])


def sent(account_id: UUID, *, only: str = "", user_id: str = "") -> QuerySet[Delivery]:
    """The account's deliveries for the office: those that failed first, then those in doubt, then by time."""
    urgency = Case(
        When(state__in=FAILED, then=Value(0)),
        When(state=State.UNCERTAIN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Delivery.objects.filter(account_id=account_id).annotate(urgency=urgency)
    if only == "failed":
        found = found.filter(state__in=(*FAILED, State.UNCERTAIN))
    if user_id:
        found = found.filter(user__user_id=user_id)
    return found.select_related("user", "device").order_by("urgency", "-at")


def count_failed(account_id: UUID) -> int:
    """How many mails need somebody's attention."""
    return Delivery.objects.filter(account_id=account_id, state__in=(*FAILED, State.UNCERTAIN)).count()


def users_who_sent(account_id: UUID) -> list[str]:
    """The User IDs of those who posted something that is still on record."""
    found = Delivery.objects.filter(account_id=account_id, user__isnull=False)
    return list(found.order_by("user__user_id").values_list("user__user_id", flat=True).distinct())
