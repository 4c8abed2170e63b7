"""Reports of sellers: kept once, sealed, and taken in by a job."""

from uuid import UUID

from django.db import IntegrityError, transaction

from allonce.kernel.billing.errors import SellerRefused
from allonce.kernel.billing.models import SellerEvent, UnclaimedPurchase
from allonce.kernel.billing.purchases import applying, known
from allonce.kernel.billing.sellers.configured import seller_of
from allonce.kernel.billing.sellers.ports import Told

State = SellerEvent.State


def keep(seller: str, told: Told) -> UUID | None:
    """Store a verified report and queue its job; None if it was told before, which changes nothing."""
    from allonce.kernel.billing.jobs import take

    mark = known.event_hash(seller, told.event_id)
    try:
        with transaction.atomic():
            made = SellerEvent.objects.create(seller=seller, event_hash=mark, what=told.what, told=told.as_json())
            take.later(made.pk)
    except IntegrityError:
        if not SellerEvent.objects.filter(event_hash=mark).exists():
            raise
        return None
    return made.pk


def take_in(event_id: UUID) -> None:
    """Take one report in, outside any transaction. Raises SellerSilent, UnknownProduct; then it is tried again."""
    event = SellerEvent.objects.filter(pk=event_id, state=State.WAITING).first()
    if event is None:
        return
    told = Told.from_json(event.told)
    try:
        found = seller_of(event.seller).look_up(told) if told.what == "look_up" else [told]
    except SellerRefused:
        # The seller knows nothing of it: whoever made it up gains nothing.
        found = []
    with transaction.atomic():
        _take(event_id, list(found))


def _take(event_id: UUID, found: list[Told]) -> None:
    event = SellerEvent.objects.select_for_update().get(pk=event_id)
    if event.state != State.WAITING:
        return
    unclaimed = [told for told in found if applying.apply(event.seller, told) == "unclaimed"]
    if unclaimed:
        # A report is about one purchase; what was looked up is kept in place of the question.
        told = unclaimed[0]
        event.told, event.what, event.state = told.as_json(), told.what, State.UNCLAIMED
        bought = known.waits_unclaimed(event.seller, told.ref)
        token = known.token_hash(told.token) if told.token or not bought else bought.token_hash
        ref = known.ref_hash(event.seller, told.ref)
        UnclaimedPurchase.objects.create(event=event, token_hash=token, ref_hash=ref, at=told.at)
    else:
        event.told, event.state = None, State.DONE
    event.save()
