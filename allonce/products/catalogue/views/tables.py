"""Bands and their price tables, edited like a spreadsheet."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.draft import tables as draft_tables
from allonce.products.catalogue.figures import NotAFigure, parse_price
from allonce.products.catalogue.forms.fields import NameForm
from allonce.products.catalogue.forms.tables import AxesForm, BandForm, FiguresForm, TableForm, UpliftForm
from allonce.products.catalogue.queries.grid import grid_of
from allonce.products.catalogue.services import cells
from allonce.products.catalogue.services import tables as services
from allonce.products.catalogue.services.editing import Unusable, draft_of
from allonce.products.catalogue.services.products import need_product
from allonce.products.catalogue.views.shared import (
    READERS,
    WRITERS,
    dialog,
    product_page,
    tell,
    went_to,
)

Json = dict[str, Any]


@require_GET
@office(*READERS)
def tables(request: HttpRequest, access: AccountAccess, product_id: str, table_id: str = "") -> HttpResponse:
    """The product's tables, one of them open."""

    def more(draft: Draft, product: Json) -> Json:
        heads = sorted(draft_tables.heads_of(draft, product_id), key=_by_band(product))
        open_head = next((head for head in heads if head["id"] == table_id), heads[0] if heads else None)
        return {
            "heads": [head | {"bands": _band_names(product, head["id"])} for head in heads],
            "head": open_head,
            "band": next((band for band in product["bands"] if open_head and band["table"] == open_head["id"]), None),
            "grid": grid_of(draft, open_head) if open_head and "widths" in open_head else None,
            "figures_form": FiguresForm(initial=open_head, kind=open_head["kind"]) if open_head else None,
        }

    return product_page(request, access, product_id, "tables", more)


@require_POST
@office(*WRITERS)
def write(request: HttpRequest, access: AccountAccess, table_id: str) -> HttpResponse:
    """Writes a block of cells as typed or pasted. Answers with the cells as understood, or says which is no price."""
    services.need_head(draft_of(access), table_id)
    sent, prices, doubtful = _read_block(request.body)
    if doubtful:
        said = _("“%(text)s” is no price. Type an amount such as 44.50, or leave the cell empty.")
        raise Unusable(said % {"text": doubtful[0][:40]})
    step = cells.set_cells(access, table_id, sent["row"], sent["column"], prices)
    grid = grid_of(draft_of(access), services.need_head(draft_of(access), table_id))
    undo_url = reverse("catalogue:undo", args=[step.id]) if step else ""
    return JsonResponse({"rows": grid.rows_from(sent["row"], len(prices)), "undo": undo_url})


@office(*WRITERS)
def band(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Adds a band with a table of its own."""
    need_product(draft_of(access), product_id)
    form = NameForm(request.POST or None)

    def save() -> HttpResponse:
        table_id = services.add_band(access, product_id, form.cleaned_data["name"])
        return went_to(reverse("catalogue:table", args=[product_id, table_id]))

    return dialog(request, form, _("New band"), save)


@office(*WRITERS)
def change_band(request: HttpRequest, access: AccountAccess, product_id: str, band_id: str) -> HttpResponse:
    """Renames a band, or points it to another table."""
    draft = draft_of(access)
    product = need_product(draft, product_id)
    found: Json = next((band for band in product["bands"] if band["id"] == band_id), {})
    names = [(head["id"], head.get("name") or head["id"]) for head in draft_tables.heads_of(draft, product_id)]
    form = BandForm(request.POST or None, initial=found, tables=names)

    def save() -> None:
        values = form.cleaned_data
        services.change_band(access, product_id, band_id, values["name"], values["table"])

    return dialog(request, form, _("Change band"), save)


@require_POST
@office(*WRITERS)
def delete_band(request: HttpRequest, access: AccountAccess, product_id: str, band_id: str) -> HttpResponse:
    step = services.delete_band(access, product_id, band_id)
    tell(request, _("The band and its prices are out of the draft."), step)
    return redirect("catalogue:tables", product_id)


@office(*WRITERS)
def new_table(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """A table for extras that are priced by size."""
    need_product(draft_of(access), product_id)
    form = TableForm(request.POST or None)

    def save() -> HttpResponse:
        values = form.cleaned_data
        content = services.empty_content(values["kind"], values["name"])
        table_id = services.create_table(access, product_id, content)
        return went_to(reverse("catalogue:table", args=[product_id, table_id]))

    return dialog(request, form, _("New table for extras"), save)


@office(*WRITERS)
def copy(request: HttpRequest, access: AccountAccess, product_id: str, table_id: str) -> HttpResponse:
    head = services.need_head(draft_of(access), table_id)
    form = NameForm(request.POST or None, initial={"name": _("%(name)s (copy)") % {"name": head.get("name", "")}})

    def save() -> HttpResponse:
        copy_id = services.duplicate_table(access, table_id, form.cleaned_data["name"])
        return went_to(reverse("catalogue:table", args=[product_id, copy_id]))

    return dialog(request, form, _("Copy this table"), save)


@office(*WRITERS)
def rename(request: HttpRequest, access: AccountAccess, table_id: str) -> HttpResponse:
    head = services.need_head(draft_of(access), table_id)
    form = NameForm(request.POST or None, initial={"name": head.get("name", "")})
    return dialog(
        request, form, _("Rename this table"), lambda: cells.rename_table(access, table_id, form.cleaned_data["name"])
    )


@require_POST
@office(*WRITERS)
def delete(request: HttpRequest, access: AccountAccess, product_id: str, table_id: str) -> HttpResponse:
    step = services.delete_table(access, table_id)
    tell(request, _("The table is out of the draft."), step)
    return redirect("catalogue:tables", product_id)


@office(*WRITERS)
def axes(request: HttpRequest, access: AccountAccess, table_id: str) -> HttpResponse:
    """Gives the table other widths and drops; prices stay with their sizes."""
    head = services.need_head(draft_of(access), table_id)
    form = AxesForm(request.POST or None, initial=head)

    def save() -> None:
        values = form.cleaned_data
        step = cells.set_axes(access, table_id, values["widths"], values["drops"])
        tell(request, _("The sizes are changed; prices stayed with theirs."), step)

    return dialog(request, form, _("Widths and drops"), save)


@office(*WRITERS)
def uplift(request: HttpRequest, access: AccountAccess, product_id: str, table_id: str) -> HttpResponse:
    """Raises all prices of this table, or of all the product's tables, by a percentage."""
    need_product(draft_of(access), product_id)
    services.need_head(draft_of(access), table_id)
    form = UpliftForm(request.POST or None)

    def save() -> None:
        values = form.cleaned_data
        heads = draft_tables.heads_of(draft_of(access), product_id)
        ids = [head["id"] for head in heads] if values["everywhere"] else [table_id]
        step = cells.uplift(access, ids, values["percent"], values["nearest"] or 1)
        tell(request, _("The prices are changed."), step)

    return dialog(request, form, _("Change all prices"), save)


@require_POST
@office(*WRITERS)
def figures(request: HttpRequest, access: AccountAccess, product_id: str, table_id: str) -> HttpResponse:
    """Saves the figures of a table that is no grid."""
    head = services.need_head(draft_of(access), table_id)
    form = FiguresForm(request.POST, kind=head["kind"])
    if form.is_valid():
        cells.set_figures(access, table_id, form.cleaned_data)
        tell(request, _("Saved in the draft."))
        return redirect("catalogue:table", product_id, table_id)
    raise Unusable(next(iter(form.errors.values()))[0])


def _read_block(body: bytes) -> tuple[Json, list[list[int | None]], list[str]]:
    """Where a block of cells goes, its prices, and what is none. Raises Unusable where it is no block."""
    try:
        sent = json.loads(body)
        place = {name: int(sent[name]) for name in ("row", "column")}
        return place, *_read_prices(sent["cells"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unusable(_("These cells could not be read. Load the page again.")) from error


def _read_prices(texts: list[list[str]]) -> tuple[list[list[int | None]], list[str]]:
    doubtful: list[str] = []

    def read(text: str) -> int | None:
        try:
            return parse_price(text)
        except NotAFigure:
            doubtful.append(text)
            return None

    return [[read(text) for text in line] for line in texts], doubtful


def _band_names(product: Json, table_id: str) -> list[str]:
    return [band["name"] for band in product["bands"] if band["table"] == table_id]


def _by_band(product: Json) -> Any:
    places = {band["table"]: place for place, band in enumerate(product["bands"])}
    return lambda head: (places.get(head["id"], len(places)), head.get("name", ""))
