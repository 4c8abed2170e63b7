"""Writing before a match, for a Crown: one message, and then it is the other's turn.

The other reads it, and answers, likes back, or declines; a decline shows nowhere on the writer's side. What is not
answered within two weeks goes, declined or not, in the same way.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.streams import append, locked
from allonce.products.dating import crowns
from allonce.products.dating.models import Match, Member
from allonce.products.dating.noticing.words import notice
from allonce.products.dating.services import dates, matching, paying
from allonce.products.dating.warnings import TO_WRITER

LONGEST = 500
WAITS = timedelta(days=14)


class NothingWritten(UserError):
    """No words, or too many."""

    code = "nothing_written"
    status = 422
    message = gettext_lazy("Write up to 500 characters. Nothing was taken.")


class ThinkAgain(UserError):
    """Something in it had better wait; nothing was taken. Sent again by somebody who is sure, it goes out."""

    code = "think_again"
    status = 422


class NotYours(UserError):
    """Only whoever was written to can decline."""

    code = "not_yours_to_decline"
    status = 409
    message = gettext_lazy("There is nothing to decline here.")


@transaction.atomic
def write(member: Member, date_id: UUID, text: str, *, sure: bool = False) -> Match:
    """One message to a date of now, before there is a match, for a Crown. Written already, it changes nothing.

    Raises NothingWritten, ThinkAgain unless `sure`, NotFound, DateOver or NotEnoughCredits, each before anything is
    taken. Audited.
    """
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise NothingWritten
    found = notice(words, settings.REGION)
    if found and not sure:
        raise ThinkAgain(" ".join(str(TO_WRITER[kind]) for kind in found))
    body = {"text": words, **({"marks": list(found)} if found else {})}
    date = dates.answerable(member, date_id)
    known = matching.between(member, date.other)
    if known is not None and (known.is_mutual or known.opened_by_id == member.id):
        return known
    if known is not None:
        # The other wrote first: this is the answer, and answers cost nothing.
        append(known.id, member.seat, Draft(date.id, "text", body))
        return known
    paying.spend(member, crowns.MESSAGE, date.id.hex)
    made = matching.open_for(member, date.other, opened_by=member)
    append(made.id, member.seat, Draft(date.id, "text", body))
    actor = Actor(kind="person", id=member.person_id)
    audit.record("dating.wrote_first", actor=actor, target=f"dating.Match:{made.id}", data={})
    return made


@transaction.atomic
def decline(member: Member, match_id: UUID) -> None:
    """Out of the reader's sight for good; the writer sees no difference. Raises NotFound or NotYours."""
    found = matching.mine(member, match_id)
    if not found.waits_for(member):
        raise NotYours
    Match.objects.filter(pk=found.pk).update(declined_at=now())


def forget_unanswered(moment: datetime) -> None:
    """Messages that nobody answered for two weeks go, with their keys."""
    old = Match.objects.filter(~Q(opened_by=None), answered_at=None, at__lt=moment - WAITS)
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            # The stream first, as when somebody writes: an answer that comes at this moment is waited for.
            locked(pk)
            found = Match.objects.filter(pk=pk, answered_at=None).first()
            if found is not None:
                matching.forget(found.id)
                found.delete()
