"""Work of the legal room that happens later."""

from uuid import UUID

from allonce.kernel.clock import today
from allonce.kernel.jobs import every, job
from allonce.kernel.legal import durable
from allonce.kernel.legal.models import Version
from allonce.kernel.legal.services import telling


@job("legal.tell_of_change")
def tell_of_change(version_id: int) -> None:
    """Tell a batch of people of a coming version, and queue the next batch in the same transaction."""
    if telling.tell_some(Version.objects.get(pk=version_id)):
        tell_of_change.later(version_id)


@every("daily at 05:10")
def tell_newcomers() -> None:
    """People who came after a change was published are told of it too, before it comes into force."""
    for pk in Version.objects.filter(material=True, number__gt=1, effective_on__gt=today()).values_list(
        "pk", flat=True
    ):
        tell_of_change.later(pk)


@job("legal.send_copies", transactional=False)
def send_copies(person_id: UUID) -> None:
    """Mail a person what they agreed to. Safe to repeat: each copy goes out once."""
    durable.send_waiting_copies(person_id)
