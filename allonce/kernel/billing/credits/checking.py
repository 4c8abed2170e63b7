"""Adds the whole ledger up again, from its legs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from allonce.kernel.billing.models import Hold, LedgerAccount, Movement, Posting


@dataclass(frozen=True)
class Fault:
    """Something that does not add up. `what` is a code, `row` the id of a movement or an account."""

    what: str
    row: int


@transaction.atomic
def check() -> list[Fault]:
    """Every fault of the ledger; none if it balances. Read in one transaction, while others may write."""
    return [*_unbalanced(), *_wrong_movements(), *_wrong_accounts()]


def _unbalanced() -> Iterator[Fault]:
    """Movements whose legs do not sum to zero, and those without two legs."""
    sums = Movement.objects.annotate(total=Sum("postings__amount"), legs=Coalesce(_count_of_legs(), 0))
    for found in sums.filter(~Q(total=0) | Q(total=None) | Q(legs__lt=2)).values_list("pk", flat=True):
        yield Fault("legs", found)


def _count_of_legs() -> Subquery:
    legs = Posting.objects.filter(movement=OuterRef("pk")).order_by().values("movement")
    return Subquery(legs.annotate(n=Count("pk")).values("n"))


def _wrong_movements() -> Iterator[Fault]:
    own = Posting.objects.filter(movement=OuterRef("pk"), side=Posting.Side.OWNER).values("amount")
    rows = Movement.objects.annotate(own=Coalesce(Subquery(own[:1]), 0)).exclude(amount=F("own"))
    for found in rows.values_list("pk", flat=True):
        yield Fault("amount", found)


def _wrong_accounts() -> Iterator[Fault]:
    rows = LedgerAccount.objects.annotate(
        own=_sum_of(Posting.Side.OWNER), debt=_sum_of(Posting.Side.OWED), aside=_sum_of(Posting.Side.HELD), kept=_held()
    )
    for account in rows.filter(~Q(balance=F("own")) | ~Q(owed=-F("debt")) | ~Q(aside=F("kept"))).order_by("pk"):
        yield Fault("account", account.pk)


def _sum_of(side: str) -> Coalesce:
    legs = Posting.objects.filter(movement__ledger=OuterRef("pk"), side=side).order_by()
    return Coalesce(Subquery(legs.values("movement__ledger").annotate(n=Sum("amount")).values("n")), 0)


def _held() -> Coalesce:
    rows = Hold.objects.filter(ledger=OuterRef("pk"), state=Hold.State.OPEN).order_by()
    return Coalesce(Subquery(rows.values("ledger").annotate(n=Sum("amount")).values("n")), 0)
