"""All differences between two states, told product by product."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allonce.products.catalogue import paths
from allonce.products.catalogue.wording import Difference, Fact, State, compare
from allonce.products.catalogue.wording.products import product_facts, range_facts
from allonce.products.catalogue.wording.settings import settings_facts, tax_facts
from allonce.products.catalogue.wording.tables import same_sizes, table_facts, table_subject

MOST_SHOWN = 60


@dataclass(frozen=True)
class Section:
    """Differences under one heading; `more` counts those that are not shown."""

    heading: str
    differences: list[Difference]
    more: int

    @property
    def count(self) -> int:
        return len(self.differences) + self.more


def differences(before: State, after: State, changed: Iterable[str]) -> list[Section]:
    """What the `changed` paths say in words, by heading."""
    groups = _grouped(changed)
    found: list[Difference] = []
    if "settings" in groups:
        found += compare(_("Settings"), settings_facts(before), settings_facts(after))
    if "taxes" in groups:
        found += compare(_("Taxes"), tax_facts(before), tax_facts(after))
    told_whole = _come_or_gone(before, after, groups.get("product", {}))
    for product_id in groups.get("product", {}):
        found += _product_differences(before, after, product_id)
    for product_id, blocks in groups.get("ranges", {}).items():
        if product_id not in told_whole:
            found += _range_differences(before, after, product_id, blocks)
    for table_id, blocks in groups.get("table", {}).items():
        found += _table_differences(before, after, table_id, blocks, told_whole)
    return _sections(found)


def _come_or_gone(before: State, after: State, product_ids: Iterable[str]) -> set[str]:
    """Products of which one line says all: their ranges and tables are not told again."""
    found = ((product_id, paths.product(product_id)) for product_id in product_ids)
    return {product_id for product_id, path in found if before.piece(path) is None or after.piece(path) is None}


def _grouped(changed: Iterable[str]) -> dict[str, dict[str, set[str]]]:
    """Paths by kind, then by owner: {"table": {"t_a": {"table/t_a/3"}}}; a head adds no block."""
    groups: dict[str, dict[str, set[str]]] = {}
    for path in sorted(changed):
        kind, _slash, rest = path.partition("/")
        owner, _slash, block = rest.partition("/")
        blocks = groups.setdefault(kind, {}).setdefault(owner, set())
        if block:
            blocks.add(path)
    return groups


def _product_differences(before: State, after: State, product_id: str) -> list[Difference]:
    path = paths.product(product_id)
    old, new = before.piece(path), after.piece(path)
    name = (new or old or {"name": product_id})["name"]
    if old is None:
        return [Difference(name, _("The whole product"), "", _("new"))]
    if new is None:
        return [Difference(name, _("The whole product"), _("offered"), "")]
    return compare(name, product_facts(old), product_facts(new))


def _range_differences(before: State, after: State, product_id: str, blocks: set[str]) -> list[Difference]:
    path = paths.product(product_id)
    product = after.piece(path) or before.piece(path) or {"name": product_id, "bands": []}
    bands = {band["id"]: band["name"] for band in product["bands"]}
    old, new = (
        range_facts((row for block in blocks for row in state.piece(block) or []), bands) for state in (before, after)
    )
    return compare(product["name"], dict(sorted(old.items())), dict(sorted(new.items())))


def _table_differences(
    before: State, after: State, table_id: str, blocks: set[str], told_whole: set[str]
) -> list[Difference]:
    path = paths.table(table_id)
    old, new = before.piece(path), after.piece(path)
    head = new or old or {"id": table_id}
    if head.get("product") in told_whole:
        return []
    subject = table_subject(after if new else before, head)
    if old is None or new is None:
        there = _("prices")
        return [Difference(subject, _("Price table"), "" if old is None else there, "" if new is None else there)]
    some = blocks if same_sizes(old, new) else set()
    if not blocks and same_sizes(old, new) and "widths" in old:
        return compare(subject, {"name": Fact(_("Name"), old["name"])}, {"name": Fact(_("Name"), new["name"])})
    return compare(subject, table_facts(before, table_id, some), table_facts(after, table_id, some))


def _sections(found: list[Difference]) -> list[Section]:
    by_subject: dict[str, list[Difference]] = {}
    for difference in found:
        by_subject.setdefault(difference.subject, []).append(difference)
    return [
        Section(subject, listed[:MOST_SHOWN], max(0, len(listed) - MOST_SHOWN))
        for subject, listed in by_subject.items()
    ]
