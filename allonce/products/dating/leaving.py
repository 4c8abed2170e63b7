"""What goes with a member: their matches' words and keys, and themselves out of the other side's lists."""

from uuid import UUID

from django.db.models import Q

from allonce.kernel.audit import Actor
from allonce.products.dating.models import Match
from allonce.products.dating.services import choosing
from allonce.products.dating.services.matching import forget


def streams_of(person_id: UUID) -> list[UUID]:
    """The streams in which this person talks with their matches."""
    both = Match.objects.filter(Q(low__person_id=person_id) | Q(high__person_id=person_id))
    return list(both.values_list("pk", flat=True))


class Leaving:
    """Hears of a person's erasure before their rows go; the declarations do the rest."""

    def before_erasure(self, person_id: UUID, actor: Actor) -> None:  # noqa: ARG002 (the port's signature)
        """Destroy what they and others wrote to each other, with its keys."""
        choosing.release(person_id)
        for match_id in streams_of(person_id):
            forget(match_id)
