"""What the pages of billing read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.catalogue import prices
from allonce.kernel.billing.catalogue.money import money
from allonce.kernel.billing.catalogue.register import Pack, Plan, Unit, label_of, product, products, unit_of
from allonce.kernel.billing.credits import statement
from allonce.kernel.billing.models import (
    LedgerAccount,
    Movement,
    PriceVersion,
    Purchase,
    Refund,
    SellerEvent,
    Subscription,
    UnclaimedPurchase,
)
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases.ordering import has_trial
from allonce.kernel.billing.purchases.refunds import BY_PERSON
from allonce.kernel.billing.sellers.configured import card_seller, sellers
from allonce.kernel.billing.subscriptions import cancelling, lifecycle
from allonce.kernel.billing.subscriptions.terms import end_of, notice_window, refuse_by, trial_end
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import Scope

LATE = timedelta(hours=1)
PROBLEMS: dict[str, Any] = {
    "second_subscription": _("Bought in an app store beside a subscription that runs: the store has to refund it."),
    "refund_reversed": _("The store took its refund back, but what it had paid for has ended."),
    "dispute_won": _("The bank gave the payment back, but what it had paid for has ended."),
}


@dataclass(frozen=True)
class UnitPage:
    """One unit of credits with its balance and a page of its statement."""

    unit: Unit
    balance: str
    aside: str
    owed: str
    page: Page[Movement]
    lines: list[statement.Line]


def accounts(owner: Scope) -> QuerySet[LedgerAccount]:
    """The owner's accounts of credits."""
    return statement.accounts(owner)


def unit_page(account: LedgerAccount, number: str, size: int) -> UnitPage:
    """A page of the account's statement, the latest first."""
    unit = unit_of(account.unit)
    page = Paginator(statement.movements(account.owner, account.unit), size).get_page(number)
    aside = statement.set_aside(account)
    return UnitPage(
        unit,
        unit.counted(account.balance),
        unit.counted(aside) if aside else "",
        unit.counted(account.owed) if account.owed else "",
        page,
        list(statement.lines(account, list(page.object_list))),
    )


@dataclass(frozen=True)
class Standing:
    """A subscription as its owner reads it."""

    held: Subscription
    label: str
    price: str
    seller: Any
    manage_url: str
    refuse_by: datetime
    may_cancel: bool
    in_time: bool
    may_leave: bool
    rest: str
    notice_on: Any


def standing(held: Subscription) -> Standing:
    """What can be done about it now, and until when."""
    seller = sellers().get(held.seller)
    ours = cancelling.is_ours(held)
    window = notice_window(held.began_at, held.until)
    renews = held.term > 0 and held.last_term is None and ours
    return Standing(
        held,
        label_of(held.plan),
        money(held.amount, held.currency),
        seller.label if seller else held.seller,
        "" if ours or seller is None else seller.manage_url,
        held.until if held.term == 0 else refuse_by(held.until),
        cancelling.may_cancel(held),
        cancelling.in_time(held),
        cancelling.may_exit(held),
        money(cancelling.rest(held), held.currency),
        window.aim if window and renews else None,
    )


def subscriptions_of(owner: Scope) -> list[Subscription]:
    """Those that have not ended, and the latest of those that have."""
    rows = lifecycle.of_owner(owner)
    ended = rows.filter(state=Subscription.State.ENDED)[:3]
    return [*rows.exclude(state=Subscription.State.ENDED), *ended]


def own_subscription(owner: Scope, subscription_id: UUID) -> Subscription:
    """The owner's subscription. Raises NotFound, for those of others, too."""
    found = lifecycle.of_owner(owner).filter(pk=subscription_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Receipt:
    """A purchase in words."""

    purchase: Purchase
    label: str
    price: str
    refunded: str
    seller: Any
    manage_url: str
    what: str
    taken: str
    problem: Any
    is_waiting: bool


def receipt(purchase: Purchase) -> Receipt:
    """A purchase as a receipt."""
    seller = sellers().get(purchase.seller)
    unit = _unit(purchase)
    return Receipt(
        purchase,
        label_of(purchase.product),
        money(purchase.amount, purchase.currency),
        money(purchase.refunded, purchase.currency) if purchase.refunded else "",
        seller.label if seller else purchase.seller,
        "" if seller is None or seller.sells_here else seller.manage_url,
        unit.counted(purchase.credits) if unit else "",
        unit.counted(purchase.taken_back) if unit and purchase.taken_back else "",
        PROBLEMS.get(purchase.problem, ""),
        purchase.state == Purchase.State.ORDERED,
    )


def _unit(purchase: Purchase) -> Unit | None:
    sold = next((each for each in products() if each.code == purchase.product), None)
    return unit_of(sold.unit) if isinstance(sold, Pack) else None


def purchases_of(owner: Scope) -> QuerySet[Purchase]:
    """The owner's purchases, the latest first; orders that came to nothing are left out after a while."""
    rows = Purchase.objects.filter(**of(owner)).exclude(state=Purchase.State.LAPSED)
    return rows.order_by("-ordered_at")


def own_purchase(owner: Scope, purchase_id: UUID) -> Purchase:
    """The owner's purchase. Raises NotFound, for those of others, too."""
    found = Purchase.objects.filter(pk=purchase_id, **of(owner)).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Offer:
    """What somebody is about to order."""

    code: str
    label: str
    gives: Any
    price: str
    seller: Any
    plan: Plan | None
    trial_until: datetime | None
    until: datetime | None
    refuse_by: datetime | None
    has_notice: bool
    held: Subscription | None


def offer(owner: Scope, code: str) -> Offer:
    """The order's summary. Raises UnknownProduct."""
    sold, price, seller = product(code), prices.price_of(code), card_seller()
    plan = sold if isinstance(sold, Plan) else None
    trial = trial_end(now(), plan.trial_days) if plan and has_trial(owner, plan) else None
    until = end_of(trial or now(), plan.months, 1) if plan else None
    return Offer(
        code,
        str(sold.label),
        plan.gives if plan else "",
        money(price.amount, price.currency),
        seller.label if seller else "",
        plan,
        trial,
        until,
        refuse_by(until) if until else None,
        bool(until and notice_window(trial or now(), until)),
        lifecycle.open_of(owner, plan.family) if plan else None,
    )


@dataclass(frozen=True)
class RefundRow:
    """A refund as staff read it."""

    refund: Refund
    amount: str
    interest: str
    by_hand: str
    is_refused: bool
    needs_person: bool


def refund_row(refund: Refund) -> RefundRow:
    """A refund with its sums in words; `by_hand` is what somebody has to transfer."""
    currency = refund.purchase.currency
    refused = refund.state == Refund.State.REFUSED
    return RefundRow(
        refund,
        money(refund.amount, currency),
        money(refund.interest, currency) if refund.interest else "",
        money(refund.amount + refund.interest if refused else refund.by_hand, currency)
        if refused or refund.by_hand
        else "",
        refused,
        refund.settled_at is None and (refused or (refund.by_hand > 0 and refund.state == Refund.State.DONE)),
    )


def refunds_of(purchase: Purchase) -> list[RefundRow]:
    """All refunds of a purchase, the oldest first."""
    return [refund_row(each) for each in purchase.refunds.select_related("purchase").order_by("asked_at")]


@dataclass(frozen=True)
class Desk:
    """What needs a person of the Operator."""

    disputed: list[Receipt]
    troubled: list[Receipt]
    refunds: list[RefundRow]
    unclaimed: list[UnclaimedPurchase]
    stuck: list[SellerEvent]


def desk() -> Desk:
    """Everything that waits, the oldest first, at most a hundred of each."""
    purchases = Purchase.objects.order_by("ordered_at")
    refunds = Refund.objects.filter(Q(state=Refund.State.WAITING) | BY_PERSON).select_related("purchase")
    stuck = SellerEvent.objects.filter(state=SellerEvent.State.WAITING, heard_at__lt=now() - LATE)
    return Desk(
        [receipt(each) for each in purchases.filter(state=Purchase.State.DISPUTED)[:100]],
        [receipt(each) for each in purchases.exclude(problem="")[:100]],
        [refund_row(each) for each in refunds.order_by("due_by")[:100]],
        list(UnclaimedPurchase.objects.select_related("event").order_by("heard_at")[:100]),
        list(stuck.order_by("heard_at")[:100]),
    )


def waiting_count() -> int:
    """How many disputes, troubled purchases and refunds wait for a person, for the console's menu."""
    purchases = Purchase.objects.filter(Q(state=Purchase.State.DISPUTED) | ~Q(problem="")).count()
    return purchases + Refund.objects.filter(BY_PERSON).count()


def any_purchase(purchase_id: UUID) -> Purchase | None:
    """A purchase, whosever it is: for staff."""
    return Purchase.objects.filter(pk=purchase_id).first()


def purchase_numbered(text: str) -> Purchase | None:
    """By the number on its receipt."""
    try:
        return any_purchase(UUID(text.strip()))
    except ValueError:
        return None


@dataclass(frozen=True)
class PriceRow:
    """What something costs now."""

    code: str
    label: str
    price: str


@dataclass(frozen=True)
class Ware:
    """Something for sale with what it costs a buyer now; `each` is the price of one credit or month, rounded up."""

    code: str
    label: str
    price: str
    each: str


def on_sale(wares: Sequence[Pack | Plan]) -> list[Ware]:
    """Packs or plans with today's prices."""
    return [_ware(each, prices.price_of(each.code)) for each in wares]


def _ware(sold: Pack | Plan, price: prices.Price) -> Ware:
    parts = sold.credits if isinstance(sold, Pack) else sold.months
    each = money(-(-price.amount // parts), price.currency)
    return Ware(sold.code, str(sold.label), money(price.amount, price.currency), each)


def price_rows() -> list[PriceRow]:
    """Everything for sale with today's price."""
    now_costs = [(each, prices.price_of(each.code)) for each in products()]
    return [PriceRow(each.code, str(each.label), money(price.amount, price.currency)) for each, price in now_costs]


def coming_prices() -> list[tuple[PriceVersion, str, str]]:
    """Announced prices with what they are for."""
    known = {each.code: each for each in products()}
    rows = [each for each in prices.coming() if each.product in known]
    return [(each, label_of(each.product), money(each.amount, known[each.product].currency)) for each in rows]
