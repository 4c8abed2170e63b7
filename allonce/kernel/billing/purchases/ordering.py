"""Orders on the site: what somebody asked for on a page that states the obligation to pay."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.billing.catalogue.prices import price_of
from allonce.kernel.billing.catalogue.register import Pack, Plan, product
from allonce.kernel.billing.errors import AlreadySubscribed, NotSoldHere, SellerRefused, SellerSilent
from allonce.kernel.billing.models import Purchase
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases import applying, customers, known
from allonce.kernel.billing.sellers.configured import card_seller, seller_of
from allonce.kernel.billing.sellers.ports import Seller, Told, Wanted
from allonce.kernel.billing.subscriptions import lifecycle
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope

# An order that nobody paid is given up after Stripe's page for it has closed.
OPEN_HOURS = 25


def has_trial(owner: Scope, plan: Plan) -> bool:
    """Whether this order would begin with a trial: once for each owner and family."""
    return plan.trial_days > 0 and not lifecycle.had_any(owner, plan.family)


def order(owner: Scope, code: str, *, actor: Actor, back: str = "") -> str:
    """Place an order; returns the address of the seller's payment page. `back` is a path of ours to come back to.

    Nothing is charged here. Call it outside a transaction. Raises UnknownProduct, AlreadySubscribed, NotSoldHere,
    SellerSilent, SellerRefused, ProcessorNotAllowed.
    """
    seller, sold = card_seller(), product(code)
    if seller is None:
        raise NotSoldHere
    if isinstance(sold, Plan) and lifecycle.open_of(owner, sold.family):
        raise AlreadySubscribed
    purchase = _placed(owner, sold, seller, actor)
    try:
        taken = seller.checkout(_wanted(purchase, sold, back))
    except (SellerSilent, SellerRefused):
        Purchase.objects.filter(pk=purchase.pk).update(state=Purchase.State.LAPSED, settled_at=now())
        raise
    known.keep_ref(purchase, taken.ref)
    return taken.url


@transaction.atomic
def _placed(owner: Scope, sold: Pack | Plan, seller: Seller, actor: Actor) -> Purchase:
    price = price_of(sold.code)
    purchase = Purchase.objects.create(
        **of(owner),
        seller=seller.code,
        product=sold.code,
        credits=sold.credits if isinstance(sold, Pack) else 0,
        amount=price.amount,
        currency=price.currency,
    )
    data = {"product": sold.code, "amount": price.amount, "currency": price.currency.lower()}
    audit.record("purchase.ordered", actor=actor, target=f"billing.Purchase:{purchase.pk}", data=data)
    return purchase


def _wanted(purchase: Purchase, sold: Pack | Plan, back: str) -> Wanted:
    onward = f"?{urlencode({'next': back})}" if back else ""
    is_plan = isinstance(sold, Plan)
    return Wanted(
        order_id=purchase.pk,
        name=str(sold.label),
        amount=purchase.amount,
        currency=purchase.currency,
        success_url=f"{settings.PUBLIC_URL}{reverse('billing:purchase', args=[purchase.pk])}{onward}",
        cancel_url=f"{settings.PUBLIC_URL}{reverse('billing:checkout', args=[sold.code])}{onward}",
        saves_card=is_plan,
        trial=isinstance(sold, Plan) and has_trial(purchase.owner, sold),
        customer=customers.of(purchase.owner, purchase.seller) if is_plan else "",
    )


def ask_again(purchase: Purchase) -> None:
    """Ask the seller what became of an order, in case its report was lost. Raises SellerSilent, SellerRefused."""
    visit = known.ref_of(purchase)
    if purchase.state != Purchase.State.ORDERED or not visit or purchase.subscription_id:
        return
    about = Told(f"asked:{purchase.pk}", "look_up", now(), order_id=purchase.pk, ref=visit)
    for told in seller_of(purchase.seller).look_up(about):
        with transaction.atomic():
            applying.apply(purchase.seller, told)


def give_up_old_orders() -> int:
    """Orders whose payment page has closed; returns how many. A payment that comes later still counts."""
    limit = now() - timedelta(hours=OPEN_HOURS)
    old = Purchase.objects.filter(state=Purchase.State.ORDERED, subscription=None, ordered_at__lt=limit)
    return old.update(state=Purchase.State.LAPSED, settled_at=now())
