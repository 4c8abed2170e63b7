"""What the engine keeps in hand while it prices one item. Not part of any interface."""

from typing import TypedDict

from allonce.pricing.types.catalogue import Band, Catalogue, Choices, Extra, Group, Item, Product, Quote, Range
from allonce.pricing.types.results import Charge, Line, Making, Problem, Step


class Work(TypedDict):
    catalogue: Catalogue
    product: Product
    item: Item
    date: str
    row: Range
    band: Band
    choices: Choices
    chosen: list["Chosen"]
    width: int
    drop: int
    quantity: int
    priced_width: int
    priced_drop: int
    making: Making | None
    line: Line
    explain: bool
    steps: list[Step]
    problems: list[Problem]


class Chosen(TypedDict):
    group: Group
    extra: Extra
    quantity: int
    amount: int


class Found(TypedDict):
    """A price found in a table; `refusal` is empty or the code of the problem."""

    price: int
    width: int
    drop: int
    refusal: str


class Facts(TypedDict):
    """What rules may ask about an item; sizes not yet known are 0."""

    numbers: dict[str, int]
    texts: dict[str, str]
    choices: Choices


class Marks(TypedDict):
    """What rules say: `holding` maps "do group extra" to the messages of the rules that hold now;
    `possible` holds the same keys for every show and allow that could ever hold; `rules` are the
    ids of those that hold; `silent` means that there is nothing to look up, as with most items."""

    holding: dict[str, list[str]]
    possible: dict[str, bool]
    rules: list[str]
    silent: bool


class Entry(TypedDict):
    """One amount in the price basis, to be taxed at one rate."""

    tax_key: str
    tax_bp: int
    amount: int
    net: int
    tax: int
    total: int


class Till(TypedDict):
    """A quote while it is added up; `priced` are the lines that have a price."""

    catalogue: Catalogue
    quote: Quote
    lines: list[Line]
    priced: list[Line]
    charges: list[Charge]
    problems: list[Problem]
