"""Telling everybody of a change of ownership: in batches, once each, however often it is interrupted."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from allonce.kernel import notices, post
from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import today
from allonce.kernel.privacy.requests import letters, references
from allonce.kernel.privacy.requests.models import Transfer, TransferNotice

NOTICE = "transfer.announced"
BATCH = 50


def running() -> list[UUID]:
    """Transfers that are announced and still ahead: who joins meanwhile is told too."""
    ahead = Transfer.objects.filter(state=Transfer.State.ANNOUNCED, transfer_on__gt=today())
    return list(ahead.values_list("pk", flat=True))


@transaction.atomic
def tell_some(transfer_id: UUID) -> bool:
    """Tell the next people who have not been told; notice, letter and the note of both commit together.

    Returns whether there may be more.
    """
    transfer = Transfer.objects.filter(pk=transfer_id, state=Transfer.State.ANNOUNCED).first()
    if transfer is None:
        return False
    told = TransferNotice.objects.filter(transfer=transfer, person=OuterRef("pk"))
    people = list(Person.objects.filter(~Exists(told)).order_by("pk")[:BATCH])
    for person in people:
        TransferNotice.objects.create(transfer=transfer, person=person)
        notices.notify(person, NOTICE, _words(transfer, person))
    return len(people) == BATCH


def _words(transfer: Transfer, person: Person) -> post.Words:
    names = {"ours": settings.OPERATOR_NAME, "new": transfer.new_owner, "day": letters.in_words(transfer.transfer_on)}
    link = references.page("requests:transfer_by_link", references.sign("transfer", transfer.id, person.id))
    return post.Words(
        subject=_("%(ours)s is to belong to %(new)s from %(day)s") % names,
        paragraphs=[
            *[part.strip() for part in transfer.text.split("\n\n") if part.strip()],
            _("You may object, with one click and without a reason. Then your data stays behind.") % names,
            _("You can object until %(day)s. You can also take your data with you and leave.") % names,
        ],
        action=post.Action(_("Read more, or object"), link),
        closing=letters.how_to_complain(),
    )
