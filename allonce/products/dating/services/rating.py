"""Rating somebody's photos: private, taken back at any time, and used for choosing dates alone."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating.models import Member, Rating
from allonce.products.dating.services import dates

FEWEST, MOST = 1, 5


class NotStars(UserError):
    """Not a number of stars."""

    code = "not_stars"
    status = 422
    message = gettext_lazy("Give between one and five stars.")


@transaction.atomic
def rate(member: Member, other_id: UUID, stars: int) -> None:
    """Give stars, or others than before, to somebody whom the member sees now. Raises NotStars or NotFound. Audited."""
    if not FEWEST <= stars <= MOST:
        raise NotStars
    if other_id == member.id or not dates.sees(member, other_id):
        raise NotFound
    given = Rating.objects.filter(giver=member, other_id=other_id).first() or Rating(giver=member, other_id=other_id)
    given.stars, given.at = stars, now()
    given.save()
    _record("dating.rated", member)


@transaction.atomic
def take_back(member: Member, other_id: UUID) -> None:
    """As if it had never been given. Audited."""
    if Rating.objects.filter(giver=member, other_id=other_id).delete()[0]:
        _record("dating.rating_taken_back", member)


def given(member: Member, other_id: UUID) -> int:
    """The stars that the member gave; 0 for none."""
    found = Rating.objects.filter(giver=member, other_id=other_id).first()
    return int(found.stars) if found else 0


def _record(action: str, member: Member) -> None:
    # Whom it was about stands nowhere but in the rating itself.
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
