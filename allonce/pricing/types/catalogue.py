"""What Setup publishes: the catalogue of docs/catalogue-format.md, and the item and quote to be priced.

The phone's TypeScript declarations are generated from this file and `results`, so only `TypedDict`,
`Literal`, `NotRequired`, lists, dictionaries and plain types may be used here. `DatedRate`
takes the functional form because `from` is a keyword.
"""

from typing import Any, Literal, NotRequired, TypedDict

DatedRate = TypedDict("DatedRate", {"from": str, "bp": int})


class TaxRounding(TypedDict):
    level: Literal["rate", "line"]
    mode: Literal["half_up", "down"]


class Deposit(TypedDict):
    kind: Literal["none", "percent", "amount"]
    bp: NotRequired[int]
    amount: NotRequired[int]


class MinimumOrder(TypedDict):
    amount: int
    action: Literal["warn", "charge", "refuse"]
    tax: NotRequired[str]


class QuoteFitting(TypedDict):
    amount: int
    tax: str


class Settings(TypedDict):
    prices_include_tax: bool
    tax_rounding: NotRequired[TaxRounding]
    validity_days: NotRequired[int]
    deposit: NotRequired[Deposit]
    max_discount_bp: NotRequired[int]
    minimum_order: NotRequired[MinimumOrder]
    fitting: NotRequired[QuoteFitting]
    units: NotRequired[Literal["mm", "cm", "inch"]]


class Limits(TypedDict):
    min_width: NotRequired[int]
    max_width: NotRequired[int]
    min_drop: NotRequired[int]
    max_drop: NotRequired[int]
    max_area: NotRequired[int]
    severity: NotRequired[Literal["error", "warning"]]


class Range(TypedDict):
    band: str
    min_width: NotRequired[int]
    max_width: NotRequired[int]
    min_drop: NotRequired[int]
    max_drop: NotRequired[int]
    max_area: NotRequired[int]
    discontinued: NotRequired[bool]
    picture: NotRequired[str]
    fabric_width: NotRequired[int]
    repeat: NotRequired[int]


class Table(TypedDict):
    id: str
    kind: Literal["grid", "width", "area", "metre", "piece", "widths_drop"]
    name: NotRequired[str]
    widths: NotRequired[list[int]]
    drops: NotRequired[list[int]]
    rows: NotRequired[list[list[int | None] | None]]
    per_m2: NotRequired[int]
    minimum_price: NotRequired[int]
    min_width: NotRequired[int]
    min_drop: NotRequired[int]
    waste_bp: NotRequired[int]
    pack_mm2: NotRequired[int]
    per_m: NotRequired[int]
    along: NotRequired[Literal["width", "drop", "perimeter", "fabric"]]
    each: NotRequired[int]


class Pricing(TypedDict):
    method: Literal["none", "fixed", "percent", "table", "area", "metre"]
    amount: NotRequired[int]
    bp: NotRequired[int]
    base: NotRequired[Literal["table", "goods"]]
    table: NotRequired[str]
    per_m2: NotRequired[int]
    minimum_price: NotRequired[int]
    min_width: NotRequired[int]
    min_drop: NotRequired[int]
    per_m: NotRequired[int]
    along: NotRequired[Literal["width", "drop", "perimeter", "fabric"]]


class SizeAdd(TypedDict):
    width: NotRequired[int]
    drop: NotRequired[int]


class Extra(TypedDict):
    id: str
    name: str
    pricing: Pricing
    default: NotRequired[bool]
    size_add: NotRequired[SizeAdd]
    per: NotRequired[Literal["piece", "line"]]
    max_quantity: NotRequired[int]
    fullness_bp: NotRequired[int]
    picture: NotRequired[str]


class Group(TypedDict):
    id: str
    name: str
    choose: Literal["one", "many", "quantity"]
    required: NotRequired[bool]
    extras: list[Extra]


class Condition(TypedDict):
    field: Literal["width", "drop", "area", "quantity", "range", "colour", "band", "mount", "choice"]
    op: Literal["lt", "le", "gt", "ge", "eq", "ne", "in", "not_in", "chosen", "not_chosen"]
    value: NotRequired[Any]
    group: NotRequired[str]
    extra: NotRequired[str]


class Effect(TypedDict):
    do: Literal["show", "allow", "forbid", "require", "default"]
    group: str
    extra: NotRequired[str]


class Rule(TypedDict):
    id: str
    when: list[Condition]
    then: list[Effect]
    message: str


class Band(TypedDict):
    id: str
    name: str
    table: str


class Adjust(TypedDict):
    width: NotRequired[int]
    drop: NotRequired[int]
    recess_width: NotRequired[int]
    recess_drop: NotRequired[int]


class MarkUp(TypedDict):
    kind: Literal["none", "markup", "margin"]
    bp: NotRequired[int]


class Cost(TypedDict):
    basis: Literal["sell", "cost"]
    supplier_discount_bp: NotRequired[int]
    markup: NotRequired[MarkUp]
    extras: NotRequired[Literal["sell", "cost"]]
    includes_tax: NotRequired[bool]


class Rounding(TypedDict):
    kind: Literal["none", "whole", "up_whole", "to_95", "to_99", "up_to", "nearest"]
    step: NotRequired[int]


class ItemFitting(TypedDict):
    kind: Literal["none", "each", "line"]
    amount: NotRequired[int]


class Curtain(TypedDict):
    fabric_width: int
    fullness_bp: int
    side_allowance: int
    hem_allowance: int
    panels: int
    whole_each: NotRequired[bool]


class Product(TypedDict):
    id: str
    name: str
    family: str
    order: NotRequired[int]
    tax: str
    method: Literal["grid", "width", "area", "metre", "piece", "widths_drop"]
    adjust: NotRequired[Adjust]
    bands: list[Band]
    ranges: dict[str, dict[str, Range]]
    limits: NotRequired[Limits]
    extras: list[Group]
    rules: list[Rule]
    cost: NotRequired[Cost]
    rounding: NotRequired[Rounding]
    minimum_price: NotRequired[int]
    fitting: NotRequired[ItemFitting]
    curtain: NotRequired[Curtain]
    picture: NotRequired[str]


class Catalogue(TypedDict):
    format: int
    currency: str
    settings: Settings
    tax_rates: dict[str, list[DatedRate]]
    products: dict[str, Product]
    tables: dict[str, Table]


Choices = dict[str, dict[str, int]]


class Item(TypedDict):
    id: str
    product: str
    range: str
    colour: str
    width: int
    drop: int
    quantity: int
    mount: NotRequired[Literal["recess", "exact"]]
    panels: NotRequired[int]
    choices: Choices
    discount_bp: NotRequired[int]


class Discount(TypedDict):
    kind: Literal["percent", "amount"]
    bp: NotRequired[int]
    amount: NotRequired[int]


class Quote(TypedDict):
    items: list[Item]
    date: str
    discount: NotRequired[Discount | None]
    deposit: NotRequired[Deposit | None]
    max_discount_bp: NotRequired[int]
