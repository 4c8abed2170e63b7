"""What the engine answers: docs/catalogue-format.md, "Results"."""

from collections.abc import Callable
from typing import Any, Literal, NotRequired, TypedDict

from allonce.pricing.types.catalogue import Choices


class Step(TypedDict):
    code: str
    params: dict[str, Any]
    amount: int


class Problem(TypedDict):
    code: str
    severity: Literal["error", "warning"]
    field: str
    params: dict[str, Any]
    item: NotRequired[str]


class Making(TypedDict):
    widths: int
    cut_drop: int
    fabric_length: int
    panels: int


class PricedExtra(TypedDict):
    group: str
    group_name: str
    extra: str
    extra_name: str
    quantity: int
    amount: int


class Line(TypedDict):
    id: str
    ok: bool
    product: str
    product_name: str
    range: str
    colour: str
    band: str
    band_name: str
    quantity: int
    width: int
    drop: int
    mount: str
    priced_width: int
    priced_drop: int
    table_width: int
    table_drop: int
    extras: list[PricedExtra]
    making: Making | None
    unit: int
    goods: int
    discount_bp: int
    discount: int
    quote_discount: int
    fitting: int
    amount: int
    tax_key: str
    tax_bp: int
    net: int
    tax: int
    total: int
    cost: int
    choices: Choices
    steps: list[Step]
    problems: list[Problem]


class Charge(TypedDict):
    code: Literal["fitting", "minimum_charge"]
    amount: int
    tax_key: str
    tax_bp: int
    net: int
    tax: int
    total: int


class TaxTotal(TypedDict):
    key: str
    bp: int
    net: int
    tax: int
    total: int


class QuoteResult(TypedDict):
    ok: bool
    currency: str
    date: str
    prices_include_tax: bool
    lines: list[Line]
    charges: list[Charge]
    goods: int
    item_discounts: int
    quote_discount: int
    fitting: int
    minimum_charge: int
    subtotal: int
    taxes: list[TaxTotal]
    net: int
    tax: int
    total: int
    deposit: int
    balance: int
    cost: int
    valid_days: int
    steps: list[Step]
    problems: list[Problem]


class ExtraState(TypedDict):
    shown: bool
    allowed: bool
    required: bool
    reasons: list[str]


class GroupState(TypedDict):
    shown: bool
    allowed: bool
    required: bool
    reasons: list[str]
    extras: dict[str, ExtraState]


class RuleState(TypedDict):
    groups: dict[str, GroupState]
    choices: Choices
    problems: list[Problem]


Translate = Callable[[str], str]
Show = Callable[[str, int], str]
