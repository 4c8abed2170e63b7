"""Prices change by versions: announced, told to subscribers, and never sooner than the notice allows."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.billing.catalogue.register import product
from allonce.kernel.billing.errors import TooShortNotice
from allonce.kernel.billing.models import PriceTold, PriceVersion, Subscription
from allonce.kernel.clock import now, today

# BILL-PRICE-NOTICE.
NOTICE_DAYS = 60


@dataclass(frozen=True)
class Price:
    """Minor units of a currency."""

    amount: int
    currency: str


def price_of(code: str, on: date | None = None) -> Price:
    """What the product costs somebody who buys it on that day (today, if not given). Raises UnknownProduct."""
    sold = product(code)
    version = _versions(code).filter(effective_on__lte=on or today()).order_by("-effective_on").first()
    return Price(version.amount if version else sold.price, sold.currency)


def renewal_price(subscription: Subscription) -> int:
    """What the next term costs this subscriber: a higher price only if they were told of it 60 days before."""
    versions = _versions(subscription.plan).filter(effective_on__lte=subscription.until.date())
    newest = versions.order_by("-effective_on").first()
    if newest is None or newest.amount <= subscription.amount:
        return newest.amount if newest else subscription.amount
    told_by = subscription.until - timedelta(days=NOTICE_DAYS)
    told = PriceTold.objects.filter(subscription=subscription, at__lte=told_by, version__in=versions)
    heard = told.select_related("version").order_by("-version__effective_on").first()
    return heard.version.amount if heard else subscription.amount


@transaction.atomic
def announce(staff: StaffAccess, code: str, amount: int, effective_on: date) -> PriceVersion:
    """A new price from a day on; subscribers are told by a job. Raises UnknownProduct, TooShortNotice.

    A lower price may begin today; a higher one begins 60 days from now at the soonest (BILL-PRICE-NOTICE).
    """
    from allonce.kernel.billing.jobs import tell_price

    before = price_of(code, effective_on)
    earliest = today() + timedelta(days=NOTICE_DAYS if amount > before.amount else 0)
    if amount < 1 or effective_on < earliest:
        raise TooShortNotice(fields={"effective_on": str(TooShortNotice.message)})
    version, made = PriceVersion.objects.update_or_create(
        product=code,
        effective_on=effective_on,
        defaults={"amount": amount, "announced_at": now(), "announced_by": staff.person},
    )
    if not made:
        # Who was told of another figure was not told of this one.
        PriceTold.objects.filter(version=version).delete()
    tell_price.later(version.pk)
    data = {"product": code, "amount": amount, "effective_on": effective_on}
    audit.record("price.announced", actor=staff.actor, target=f"billing.PriceVersion:{version.pk}", data=data)
    return version


def that_count() -> list[PriceVersion]:
    """The price of today and those to come, of each product that had one announced."""
    found = list(coming())
    past = PriceVersion.objects.filter(effective_on__lte=today()).order_by("product", "effective_on")
    return [*{each.product: each for each in past}.values(), *found]


def coming() -> QuerySet[PriceVersion]:
    """Announced prices whose day has not come."""
    return PriceVersion.objects.filter(effective_on__gt=today()).order_by("effective_on", "product")


def _versions(code: str) -> QuerySet[PriceVersion]:
    return PriceVersion.objects.filter(product=code)
