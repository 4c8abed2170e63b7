"""What is for sale: units of credits, packs of them, and plans. Products register theirs in their apps.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allonce.kernel.billing.errors import UnknownProduct


@dataclass(frozen=True)
class Unit:
    """What a product calls its credits: `one` and `many` as people read them after a number."""

    code: str
    one: Any
    many: Any

    def counted(self, number: int) -> str:
        """Such as "3 Crowns"."""
        return f"{number:,} {self.one if abs(number) == 1 else self.many}"


@dataclass(frozen=True)
class Pack:
    """Credits sold together, never singly. `price` is in minor units of `currency` (ISO 4217), tax included.

    `store_ids` are the app stores' own names for it, by seller: {"app-store": "crowns.10", "google-play": "crowns_10"}.
    """

    code: str
    unit: str
    credits: int
    price: int
    currency: str
    label: Any
    store_ids: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.credits < 2 or self.price < 1 or len(self.currency) != 3:
            raise ValueError(f"{self.code}: a pack holds two credits or more, and costs something in a currency")


@dataclass(frozen=True)
class Plan:
    """A subscription for terms of calendar months. Plans of one `family` give the same, for different terms.

    `price` is for one term, in minor units of `currency`, tax included. A trial of `trial_days` comes once for each
    owner and family. `grace_days` is how long access goes on while a renewal cannot be charged. `gives` tells in a
    sentence what it gives.
    """

    code: str
    family: str
    months: int
    price: int
    currency: str
    label: Any
    gives: Any = ""
    trial_days: int = 0
    grace_days: int = 7
    store_ids: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.months < 1 or self.price < 1 or len(self.currency) != 3 or min(self.trial_days, self.grace_days) < 0:
            raise ValueError(f"{self.code}: a plan runs for a month or more, and costs something in a currency")


_units: dict[str, Unit] = {}
_products: dict[str, Pack | Plan] = {}


def register_unit(unit: Unit) -> None:
    """Let credits of this unit exist. Called in an app's `ready`."""
    _units[unit.code] = unit


def register_pack(pack: Pack) -> None:
    """Put a pack up for sale. Called in an app's `ready`, after its unit. Raises ValueError for an unknown unit."""
    if pack.unit not in _units:
        raise ValueError(f"{pack.code}: nobody registered the unit {pack.unit}")
    _products[pack.code] = pack


def register_plan(plan: Plan) -> None:
    """Put a plan up for sale. Called in an app's `ready`."""
    _products[plan.code] = plan


def unit_of(code: str) -> Unit:
    """The unit. Raises KeyError."""
    return _units[code]


def units() -> list[Unit]:
    """All units by their codes."""
    return [_units[code] for code in sorted(_units)]


def product(code: str) -> Pack | Plan:
    """What is sold under this code. Raises UnknownProduct."""
    try:
        return _products[code]
    except KeyError:
        raise UnknownProduct from None


def pack_of(code: str) -> Pack:
    """The pack of this code. Raises UnknownProduct."""
    found = product(code)
    if not isinstance(found, Pack):
        raise UnknownProduct
    return found


def plan_of(code: str) -> Plan:
    """The plan of this code. Raises UnknownProduct."""
    found = product(code)
    if not isinstance(found, Plan):
        raise UnknownProduct
    return found


def packs(unit: str) -> list[Pack]:
    """The packs of a unit, the smallest first."""
    found = [each for each in _products.values() if isinstance(each, Pack) and each.unit == unit]
    return sorted(found, key=lambda pack: pack.credits)


def plans(family: str = "") -> list[Plan]:
    """The plans of a family (of all, if none is named), the shortest first."""
    found = [each for each in _products.values() if isinstance(each, Plan) and family in ("", each.family)]
    return sorted(found, key=lambda plan: (plan.family, plan.months))


def products() -> list[Pack | Plan]:
    """Everything for sale, by code."""
    return [_products[code] for code in sorted(_products)]


def sold_as(seller: str, store_id: str) -> Pack | Plan:
    """What an app store sells under a name of its own. Raises UnknownProduct."""
    for each in _products.values():
        if each.store_ids.get(seller) == store_id:
            return each
    raise UnknownProduct


def label_of(code: str) -> str:
    """What people call it; the code itself once it is no longer for sale."""
    return str(_products[code].label) if code in _products else code
