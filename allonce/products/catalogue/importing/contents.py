"""What was found as the Catalogue's own tables, and whether the product can be priced by them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.kernel.errors import UserError
from allonce.products.catalogue.draft import Draft, tables
from allonce.products.catalogue.importing.proposal import Rate
from allonce.products.catalogue.importing.reading_of import Target
from allonce.products.catalogue.services.tables import TableContent


class NotReady(UserError):
    """Something still stands in the way of accepting."""

    code = "import_not_ready"
    status = 422
    message = _("Something has to be settled first.")


def method_for(product: dict[str, Any], targets: Iterable[Target]) -> str:
    """How the product will be priced: as it is, or as the tables say where it has no prices yet.

    Curtains need to know their fabric first, so no product becomes one by itself.
    """
    kinds = {target.table.kind for target in targets if target.taken}
    free = not product["bands"] and len(kinds) == 1
    if free and (kinds != {"widths_drop"} or "curtain" in product):
        return kinds.pop()
    return str(product["method"])


def check_kinds(method: str, targets: Iterable[Target]) -> None:
    """Raises NotReady where a table that is taken is of another kind than the product is priced by."""
    for target in targets:
        if target.taken and target.table.kind != method:
            raise NotReady(_MISFITS.get((method, target.table.kind), _MISFIT))


def contents(standing: Draft, product: dict[str, Any], targets: Iterable[Target]) -> dict[str, TableContent]:
    """Found tables as the Catalogue's tables, by band."""
    tables_now = {str(band["name"]).casefold(): str(band["table"]) for band in product["bands"]}
    return {target.band: _content(standing, target, tables_now.get(target.band.casefold())) for target in targets}


def figures_for(rate: Rate, now: dict[str, Any] | None) -> dict[str, Any]:
    """The rate's figures, and whatever the band's table says now that a sheet never tells, such as waste."""
    told = dict(rate.figures)
    kept = {key: value for key, value in (now or {}).items() if key not in _IDENTITY and key not in told}
    same_kind = kept if now and now["kind"] == rate.kind else {}
    start = {"along": "width"} if rate.kind == "metre" else {}
    return start | same_kind | told


def _content(standing: Draft, target: Target, table_id: str | None) -> TableContent:
    found = target.table
    if isinstance(found, Rate):
        now = tables.read_table(standing, table_id) if table_id else None
        return TableContent(found.kind, figures=figures_for(found, now))
    return TableContent(found.kind, "", found.widths_mm, found.drops_mm, found.prices)


_IDENTITY = frozenset({"id", "kind", "name", "product"})
_MISFIT = _("This product’s way of pricing and what was found do not fit. Choose another product, or leave it out.")
_ONE_SIDED = _("This product’s way of pricing and the table do not fit: one has drops, the other only widths.")
_MISFITS = {
    ("grid", "width"): _ONE_SIDED,
    ("width", "grid"): _ONE_SIDED,
    ("widths_drop", "grid"): _(
        "This product is priced by the number of widths of fabric, and the table by measured widths. Say above what "
        "its figures are, or choose another product."
    ),
    ("grid", "widths_drop"): _(
        "This table counts widths of fabric, and the product is priced by measured widths. Choose a curtain, or say "
        "above that the figures are measured sizes."
    ),
}
