"""Prices as XLSX: the whole Catalogue, one product, one table."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.catalogue.draft import Draft, products, ranges, tables
from allonce.products.catalogue.importing.export import ExportedProduct, write_workbook
from allonce.products.catalogue.services.editing import Gone, draft_of
from allonce.products.catalogue.services.products import need_product
from allonce.products.catalogue.views.shared import READERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@office(*READERS)
def catalogue(_request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Every product's tables and ranges."""
    draft = draft_of(access)
    return _answer(draft, [exported(draft, one) for one in products.list_products(draft)], "catalogue")


@require_GET
@office(*READERS)
def product(_request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    draft = draft_of(access)
    found = need_product(draft, product_id)
    return _answer(draft, [exported(draft, found)], found["name"])


@require_GET
@office(*READERS)
def table(_request: HttpRequest, access: AccountAccess, product_id: str, table_id: str) -> HttpResponse:
    """One table alone, named by its band."""
    draft = draft_of(access)
    found = need_product(draft, product_id)
    whole = exported(draft, found)
    kept = [(name, one) for name, one in whole.tables if one["id"] == table_id]
    if not kept:
        raise Gone()
    return _answer(draft, [ExportedProduct(whole.name, kept, [])], f"{found['name']} {kept[0][0]}")


def exported(draft: Draft, found: dict[str, Any]) -> ExportedProduct:
    """A product's tables by band (those of extras by their own name), and its ranges with their bands' names."""
    names = {band["id"]: str(band["name"]) for band in found["bands"]}
    of_table = {band["table"]: str(band["name"]) for band in found["bands"]}
    all_tables = [tables.read_table(draft, head["id"]) for head in tables.heads_of(draft, found["id"])]
    named = [(of_table.get(one["id"], str(one.get("name", ""))), one) for one in all_tables if one]
    named.sort(key=lambda pair: (pair[1]["id"] not in of_table, pair[0]))
    rows = [row | {"band": names.get(row["band"], row["band"])} for row in ranges.read_ranges(draft, found["id"])]
    return ExportedProduct(str(found["name"]), named, rows)


def _answer(draft: Draft, found: list[ExportedProduct], name: str) -> HttpResponse:
    body = write_workbook(found, str(products.read_settings(draft)["currency"]))
    file = re.sub(r"-+", "-", slugify(name)) or "prices"
    return HttpResponse(body, XLSX, headers={"Content-Disposition": f'attachment; filename="{file}.xlsx"'})
