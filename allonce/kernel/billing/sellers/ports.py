"""The port to whoever sells: a card processor on the site, the app stores in the apps."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from allonce.kernel.billing.errors import SoldElsewhere

What = Literal[
    "paid",
    "card_saved",
    "lapsed",
    "refunded",
    "refund_reversed",
    "disputed",
    "dispute_won",
    "dispute_lost",
    "cancelled",
    "uncancelled",
    "unpaid",
    "expired",
    "look_up",
]


@dataclass(frozen=True)
class Told:
    """One report of a seller, verified and reduced. Reports may be doubled, late, and out of order.

    `at` is when the seller says it happened. `order_id` is our purchase, where the seller knows it. `ref` is the
    seller's id of the payment, `chain` of the subscription behind it, `customer` of whoever pays, `token` what the
    app gave the store, `dispute` the bank's question about it. `amount` is in minor units: the price, all that the
    seller has sent back so far, or what the bank disputes (None: all of it).
    `until` is the end of what was paid for, `quantity` how many of it were bought at once.
    """

    event_id: str
    what: What
    at: datetime
    order_id: UUID | None = None
    ref: str = field(default="", repr=False)
    chain: str = field(default="", repr=False)
    customer: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    dispute: str = field(default="", repr=False)
    store_id: str = ""
    amount: int | None = None
    currency: str = ""
    until: datetime | None = None
    quantity: int = 1

    def as_json(self) -> dict[str, Any]:
        """For storing, sealed, until it is taken in."""
        return {**asdict(self), "order_id": str(self.order_id) if self.order_id else None}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Told":
        """What `as_json` stored."""
        moments = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("at", "until")}
        return cls(**{**kept, **moments, "order_id": UUID(kept["order_id"]) if kept["order_id"] else None})


@dataclass(frozen=True)
class Wanted:
    """An order that a seller is to take. With `saves_card` the seller may charge it again later; `trial` charges
    nothing now. `customer` is the seller's id of somebody it knows already.
    """

    order_id: UUID
    name: str
    amount: int
    currency: str
    success_url: str
    cancel_url: str
    saves_card: bool = False
    trial: bool = False
    customer: str = field(default="", repr=False)


@dataclass(frozen=True)
class Taken:
    """Where the seller's own payment page lies, and its id for the visit."""

    url: str
    ref: str = field(repr=False)


@dataclass(frozen=True)
class Charged:
    """What became of a renewal. pending: the seller will report."""

    state: Literal["paid", "refused", "pending"]
    ref: str = field(default="", repr=False)


class Seller(Protocol):
    """Somebody who takes the money. Bank and card details are theirs alone; what reaches us are opaque ids.

    `sells_here`: orders can be placed on the site. `charges_renewals`: we ask for each renewal; a store does so by
    itself. `manage_url` is where a person manages what a store sold.
    """

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Any: ...
    @property
    def connector(self) -> str: ...
    @property
    def sells_here(self) -> bool: ...
    @property
    def manage_url(self) -> str: ...

    def read(self, headers: Mapping[str, str], body: bytes) -> Sequence[Told]:
        """What a signed report says. Raises ForgedReport."""

    def look_up(self, told: Told) -> Sequence[Told]:
        """Ask what stands behind a report or an order. Raises SellerSilent, SellerRefused."""

    def checkout(self, wanted: Wanted) -> Taken:
        """Take an order. Raises SellerSilent, SellerRefused, SoldElsewhere."""

    def charge(self, order_id: UUID, amount: int, currency: str, *, customer: str, key: str) -> Charged:
        """Charge a renewal to the saved card; `key` makes it happen once. Raises SellerSilent, SoldElsewhere."""

    def refund(self, ref: str, amount: int, *, key: str) -> None:
        """Send money back. Raises SellerSilent, SellerRefused, SoldElsewhere."""

    def forget(self, customer: str) -> None:
        """Have the seller forget somebody who left. Raises SellerSilent."""


class Store:
    """What both app stores have in common: orders, renewals and refunds are their own business."""

    sells_here = False

    def checkout(self, wanted: Wanted) -> Taken:  # noqa: ARG002 - the port's signature
        raise SoldElsewhere

    def charge(self, order_id: UUID, amount: int, currency: str, *, customer: str, key: str) -> Charged:  # noqa: ARG002
        raise SoldElsewhere

    def refund(self, ref: str, amount: int, *, key: str) -> None:  # noqa: ARG002 - the port's signature
        raise SoldElsewhere

    def forget(self, customer: str) -> None:
        """A store knows its customers without us."""


def moment(milliseconds: int | str | None) -> datetime | None:
    """A moment as both stores write it: milliseconds since 1970."""
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else None
