"""The hand-over to a new owner: everybody who was told in time and did not object, and nobody else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import RawIOBase
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.ports import rights_actions
from allonce.kernel.privacy.requests.models import Transfer, TransferNotice, TransferObjection
from allonce.kernel.privacy.requests.services.transfers import NOTICE_DAYS, NotNow


@transaction.atomic
def hand_over(staff: StaffAccess, transfer_id: UUID) -> Iterator[bytes]:
    """The archive for the new owner, in pieces, on the day of the transfer or later; audited.

    Objectors are left out, and so is whoever was not told thirty days before. Raises NotFound or NotNow.
    """
    transfer = Transfer.objects.select_for_update().filter(pk=transfer_id).first()
    if transfer is None:
        raise NotFound
    if transfer.state not in {Transfer.State.ANNOUNCED, Transfer.State.DONE} or today() < transfer.transfer_on:
        raise NotNow(_("Data is handed over on the day of the change of ownership, not before."))
    people = list(who_goes(transfer).values_list("pk", flat=True))
    accounts = list(what_goes(transfer).values_list("pk", flat=True))
    if transfer.state == Transfer.State.ANNOUNCED:
        transfer.state, transfer.handed_over_at = Transfer.State.DONE, now()
        transfer.save(update_fields=["state", "handed_over_at"])
    counts = {"people": len(people), "accounts": len(accounts)}
    audit.record("transfer.handed_over", actor=staff.actor, target=f"requests.Transfer:{transfer.id}", data=counts)
    return _archive(people, accounts)


def who_goes(transfer: Transfer) -> QuerySet[Person]:
    """People who were told in time and have not objected."""
    in_time = transfer_notices_in_time(transfer).filter(person=OuterRef("pk"))
    objected = TransferObjection.objects.filter(transfer=transfer, person=OuterRef("pk"))
    return Person.objects.filter(Exists(in_time), ~Exists(objected)).order_by("pk")


def what_goes(transfer: Transfer) -> QuerySet[Account]:
    """Subscribers' accounts all of whose owners go: an owner answers for the account, so one objection keeps it."""
    owners = Membership.objects.filter(account=OuterRef("pk"), role=Role.OWNER)
    staying = owners.exclude(person__in=who_goes(transfer).values("pk"))
    subscribers = Account.objects.filter(kind=Account.Kind.SUBSCRIBER)
    return subscribers.filter(Exists(owners), ~Exists(staying)).order_by("pk")


def transfer_notices_in_time(transfer: Transfer) -> QuerySet[TransferNotice]:
    """Notices given thirty days before the transfer, counted in calendar days."""
    last = transfer.transfer_on - timedelta(days=NOTICE_DAYS)
    return TransferNotice.objects.filter(transfer=transfer, told_at__date__lte=last)


def _archive(people: list[UUID], accounts: list[UUID]) -> Iterator[bytes]:
    """A zip of the list of ids and each person's own archive, of which one at a time lies in memory."""
    buffer = _Passing()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        listed = {"people": [str(each) for each in people], "accounts": [str(each) for each in accounts]}
        archive.writestr("hand-over.json", json.dumps(listed, indent=2))
        for person_id in people:
            archive.writestr(f"people/{person_id}.zip", rights_actions().export_for(person_id))
            yield buffer.taken()
    yield buffer.taken()


class _Passing(RawIOBase):
    """What is written waits here until the next piece is sent."""

    def __init__(self) -> None:
        self.pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.pieces += data
        return len(data)

    def taken(self) -> bytes:
        """All that has come since the last call."""
        piece = bytes(self.pieces)
        self.pieces.clear()
        return piece
