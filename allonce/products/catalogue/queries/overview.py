"""The list of products with what they hold and what is to be done next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products, tables
from allonce.products.catalogue.draft.ranges import count_rows
from allonce.products.catalogue.forms.basics import METHODS
from allonce.products.catalogue.models import Version
from allonce.products.catalogue.publishing.standing import standing
from allonce.products.catalogue.queries.problems import Problem, changed_products, errors_in, problems_of_product
from allonce.products.catalogue.queries.states import count_changes

STATES = {
    "broken": (_("Cannot be priced yet"), "bad"),
    "new": (_("New, not published"), "next"),
    "changed": (_("Changed since publishing"), "warn"),
    "published": (_("Published"), "good"),
}


@dataclass(frozen=True)
class ProductLine:
    """One product in the list. `state` is new, changed, published or broken."""

    id: str
    name: str
    family: str
    method: str
    ranges: int
    bands: int
    prices: int
    extras: int
    rules: int
    state: str
    problems: list[Problem]

    @property
    def state_words(self) -> str:
        return str(STATES[self.state][0])

    @property
    def state_mark(self) -> str:
        return STATES[self.state][1]


@dataclass(frozen=True)
class Overview:
    """The whole Catalogue at a glance. `changes` counts what publishing would change, line by line."""

    lines: list[ProductLine]
    latest: Version | None
    changes: int

    @property
    def broken(self) -> list[ProductLine]:
        return [line for line in self.lines if line.state == "broken"]


def overview(draft: Draft) -> Overview:
    """All products of the draft."""
    listed = products.list_products(draft)
    changed = set(changed_products(draft))
    published = standing(draft.catalogue, [paths.product(product["id"]) for product in listed])
    heads = tables.heads(draft)
    counts = count_rows(draft)
    lines = []
    for product in listed:
        problems = problems_of_product(draft, product["id"]) if product["id"] in changed else []
        state = _state(problems, product["id"] in changed, paths.product(product["id"]) in published)
        sizes = {"ranges": counts.get(product["id"], 0), "prices": _prices_of(product["id"], heads)}
        lines.append(_line(product, state, sizes, problems))
    latest = Version.objects.filter(catalogue=draft.catalogue).order_by("-number").first()
    return Overview(lines, latest, count_changes(draft.catalogue))


def _line(product: dict[str, Any], state: str, sizes: dict[str, int], problems: list[Problem]) -> ProductLine:
    return ProductLine(
        id=product["id"],
        name=product["name"],
        family=product["family"],
        method=str(dict(METHODS).get(product["method"], product["method"])),
        ranges=sizes["ranges"],
        bands=len(product["bands"]),
        prices=sizes["prices"],
        extras=sum(len(group["extras"]) for group in product["extras"]),
        rules=len(product["rules"]),
        state=state,
        problems=problems,
    )


def _prices_of(product_id: str, heads: dict[str, tables.Head]) -> int:
    return sum(_prices(head) for head in heads.values() if head.get("product") == product_id)


def _prices(head: tables.Head) -> int:
    return len(head["widths"]) * len(head["drops"]) if head["kind"] in tables.GRID_KINDS else 1


def _state(problems: list[Problem], changed: bool, published: bool) -> str:
    if errors_in(problems):
        return "broken"
    if not published:
        return "new"
    return "changed" if changed else "published"
