"""Reading the list of processors."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from allonce.kernel.clock import today
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.processors.models import AccountRegions, Outcome, Processor, ProcessorVersion

SOON = timedelta(days=30)


def latest() -> list[ProcessorVersion]:
    """The newest version of every processor, ended ones last, by name."""
    newest: dict[UUID, ProcessorVersion] = {}
    for version in ProcessorVersion.objects.select_related("processor").order_by("processor_id", "-number"):
        newest.setdefault(version.processor_id, version)
    return sorted(newest.values(), key=lambda each: (each.processor.ended_at is not None, each.name.casefold()))


def is_current(version: ProcessorVersion) -> bool:
    """Whether data may go there as of today: not ended, agreed, found suitable, and the finding not run out."""
    agreed = version.agreement_date <= today() and bool(version.agreement_reference)
    assessed = version.outcome == Outcome.SUITABLE and version.assessed_on <= today() <= version.valid_until
    return version.processor.ended_at is None and agreed and assessed


def standing(version: ProcessorVersion) -> str:
    """One word for a newest version: ended, unsuitable, run_out, pending, ending (within a month) or current."""
    if version.processor.ended_at is not None:
        return "ended"
    if version.outcome != Outcome.SUITABLE:
        return "unsuitable"
    if version.valid_until < today():
        return "run_out"
    if not is_current(version):
        return "pending"
    return "ending" if version.valid_until < today() + SOON else "current"


def in_use() -> list[ProcessorVersion]:
    """Everybody to whom data may go today, for anybody to read."""
    return [each for each in latest() if is_current(each)]


def current_for(connector: str) -> list[ProcessorVersion]:
    """The current entries that name this connector."""
    return [each for each in in_use() if connector in each.connectors]


def versions_of(processor_id: UUID) -> list[ProcessorVersion]:
    """All versions of one processor, newest first. Raises NotFound."""
    processor = Processor.objects.filter(pk=processor_id).first()
    if processor is None:
        raise NotFound
    return list(processor.versions.select_related("processor", "assessed_by").order_by("-number"))


def agreements() -> QuerySet[AccountRegions]:
    """Accounts with regions of their own."""
    return AccountRegions.objects.order_by("agreed_at")
