"""When somebody leaves: nothing is charged any more, what was to go back still does, and the seller forgets them."""

from uuid import UUID

from allonce.kernel.audit import Actor
from allonce.kernel.billing.models import PayerRecord, Purchase, Refund, ReturnAddress, Subscription
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases import customers, known
from allonce.kernel.billing.sellers.configured import sellers
from allonce.kernel.billing.subscriptions import lifecycle
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope


class Payers:
    """Told before a person's rows go."""

    def before_erasure(self, person_id: UUID, actor: Actor) -> None:  # noqa: ARG002 - the port's signature
        """End what runs, give up what is ordered, and have the seller delete its customer."""
        owner = Scope("person", person_id)
        held = Subscription.objects.select_for_update().filter(**of(owner))
        for each in held.exclude(state=Subscription.State.ENDED):
            lifecycle.end(each, "left", told=False)
        ordered = Purchase.objects.filter(**of(owner), state=Purchase.State.ORDERED)
        ordered.update(state=Purchase.State.LAPSED, settled_at=now())
        _keep_addresses(owner)
        for record in PayerRecord.objects.filter(person_id=person_id):
            customers.farewell(record.seller, record.customer)


def _keep_addresses(owner: Scope) -> None:
    """What is on its way back needs the seller's id of its payment, which goes with the person otherwise."""
    waiting = Refund.objects.filter(**{f"purchase__{name}": value for name, value in of(owner).items()})
    open_ones = waiting.filter(settled_at=None, address=None).exclude(state=Refund.State.DONE)
    for refund in open_ones.select_related("purchase"):
        # With a seller that is not set up any more nobody could use it.
        ref = known.ref_of(refund.purchase) if refund.purchase.seller in sellers() else ""
        if ref:
            ReturnAddress.objects.create(refund=refund, ref=ref)
