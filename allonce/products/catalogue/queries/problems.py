"""What keeps a product from being priced, found by the pricing engine's own check."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from allonce.pricing.check import check_product
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products
from allonce.products.catalogue.models import Part
from allonce.products.catalogue.wording.prices import Explainer

KEPT_SECONDS = 24 * 3600
TABS = {"bands": "tables", "tables": "tables", "ranges": "ranges", "extras": "extras", "rules": "rules"}


@dataclass(frozen=True)
class Problem:
    """`field` is a path inside the product, such as `bands/b_a`."""

    product_id: str
    product_name: str
    severity: str
    message: str
    field: str

    @property
    def url(self) -> str:
        """The tab where it is mended."""
        section = self.field.split("/")[0]
        return reverse(f"catalogue:{TABS.get(section, 'product')}", args=[self.product_id])


def problems_of_product(draft: Draft, product_id: str) -> list[Problem]:
    """Errors first, then warnings; empty for a product that is gone.

    What the check found is kept by the hash of all that it read: a large product is checked once for each change, not
    once for each page.
    """
    product = products.read_product(draft, product_id)
    if product is None:
        return []
    key = f"catalogue-check:{_fingerprint(draft, product)}"
    found: list[Any] | None = cache.get(key)
    if found is None:
        found = _checked(draft, product_id)
        cache.set(key, found, KEPT_SECONDS)
    explain = Explainer(products.read_settings(draft)["currency"])
    return sorted((_named(product, problem, explain) for problem in found), key=lambda each: each.severity)


def _checked(draft: Draft, product_id: str) -> list[Any]:
    assembled = products.assemble(draft, [product_id])
    return list(check_product(assembled["products"][product_id], assembled["tables"], assembled["tax_rates"]))


def _fingerprint(draft: Draft, product: dict[str, Any]) -> str:
    read = sha256(paths.to_bytes([product, products.read_taxes(draft)]))
    tables = [paths.table(table_id) for table_id in products.tables_used(product)]
    blocks = [f"{table}/" for table in tables]
    for path, body in [
        *draft.bodies_of(tables).items(),
        *draft.bodies_under(paths.ranges(product["id"]), *blocks),
    ]:
        read.update(path.encode() + b"\0" + (body or b"") + b"\0")
    return read.hexdigest()


def problems_of_changes(draft: Draft) -> list[Problem]:
    """Problems of the products that differ from the published version: the others were checked when
    published."""
    found: list[Problem] = []
    for product_id in changed_products(draft):
        found += problems_of_product(draft, product_id)
    return sorted(found, key=lambda problem: problem.severity)


def errors_in(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def changed_products(draft: Draft) -> list[str]:
    """Ids of products that the changed pieces belong to; all of them where the taxes changed."""
    changed = Part.objects.filter(catalogue=draft.catalogue, changed=True).values_list("path", flat=True)
    found: set[str] = set()
    for path in changed:
        kind, _slash, rest = path.partition("/")
        owner = rest.split("/")[0]
        if kind in ("product", "ranges"):
            found.add(owner)
        elif kind == "table":
            head = draft.read(paths.table(owner)) or {}
            found.add(head.get("product", ""))
        elif path == paths.TAXES:
            found.update(product["id"] for product in products.list_products(draft))
    return sorted(found - {""})


def _named(product: dict[str, Any], problem: Any, explain: Explainer) -> Problem:
    return Problem(product["id"], product["name"], problem["severity"], explain.fault(problem), problem["field"])
