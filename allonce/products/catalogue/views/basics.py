"""A product's basics, and the trial price beside every tab."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.draft.products import read_taxes
from allonce.products.catalogue.draft.ranges import read_ranges
from allonce.products.catalogue.drawing import drawing
from allonce.products.catalogue.forms.basics import BasicsForm, basics_of
from allonce.products.catalogue.queries.trial import item_from, try_item
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.products import need_product, update_basics
from allonce.products.catalogue.views.shared import READERS, attempt, product_page, tell


@office(*READERS)
def basics(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Method, sizes, cost and mark-up, rounding, tax, fitting."""
    draft = draft_of(access)
    product, taxes = need_product(draft, product_id), read_taxes(draft)
    form = BasicsForm(request.POST or None, initial=basics_of(product), taxes=taxes)

    def save() -> None:
        update_basics(access, product_id, form.as_basics())

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        tell(request, _("Saved in the draft."))
        return redirect("catalogue:product", product_id)

    def more(_draft: Draft, _product: Any) -> dict[str, Any]:
        return {"form": form}

    return product_page(request, access, product_id, "basics", more)


@require_GET
@office(*READERS)
def trial(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """The trial form with its price, explained step by step, and the blind drawn to scale."""
    draft = draft_of(access)
    product = need_product(draft, product_id)
    rows = read_ranges(draft, product_id)
    item = item_from(request.GET, product, rows)
    shown = {
        "product": product,
        "item": item,
        "typed": request.GET,
        "ranges": sorted({row["range"] for row in rows}),
        "colours": [row["colour"] for row in rows if row["range"] == item["range"]],
        "trial": try_item(draft, product, rows, item) if product["bands"] else None,
        "drawing": drawing(product["family"], item["width"], item["drop"], _picture_url(rows, item)),
    }
    return render(request, "catalogue/trial.html", shown)


def _picture_url(rows: list[dict[str, Any]], item: dict[str, Any]) -> str:
    for row in rows:
        if (row["range"], row["colour"]) == (item["range"], item["colour"]) and row.get("picture"):
            return reverse("catalogue:picture", args=[row["picture"]])
    return ""
