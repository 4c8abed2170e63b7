"""The table of ranges and colours: filter, edit in place, many at once."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.errors import NotFound
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.draft.ranges import Row, key_of, read_ranges
from allonce.products.catalogue.forms.fields import MillimetreField
from allonce.products.catalogue.forms.ranges import RangeFilter, RowForm
from allonce.products.catalogue.services import ranges as services
from allonce.products.catalogue.services.editing import Unusable, draft_of
from allonce.products.catalogue.services.pictures import set_picture, shrink
from allonce.products.catalogue.services.products import need_product
from allonce.products.catalogue.services.ranges import LIMITS, Key
from allonce.products.catalogue.views.shared import (
    DRAFT_CHANGED,
    READERS,
    WRITERS,
    dialog,
    product_page,
    tell,
)

ROWS_A_PAGE = 100


@require_GET
@office(*READERS)
def ranges(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """One page of the rows that the filter in the address lets through."""
    chosen = RangeFilter.from_query(request.GET)

    def more(draft: Draft, _product: Any) -> dict[str, Any]:
        rows = read_ranges(draft, product_id)
        found = [row for row in rows if chosen.matches(row)]
        page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
        listed = [row | {"key": _key_text(row)} for row in page.object_list]
        return {"filter": chosen, "page": page, "rows": listed, "all_rows": len(rows)}

    return product_page(request, access, product_id, "ranges", more)


@office(*WRITERS)
def row(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """A dialog that adds a row, or changes the one whose `key` stands in the address."""
    draft = draft_of(access)
    product = need_product(draft, product_id)
    key = _key(request.GET["key"]) if "key" in request.GET else None
    known = next((row for row in read_ranges(draft, product_id) if key_of(row) == key), {})
    bands = [(band["id"], band["name"]) for band in product["bands"]]
    form = RowForm(request.POST or None, request.FILES or None, initial=known | {"picture": None}, bands=bands)

    def save() -> None:
        upload = form.cleaned_data["picture"]
        image = shrink(upload.read(), upload.name or "") if upload else None
        saved = services.save_row(access, product_id, key, form.row())
        if image:
            set_picture(access, product_id, key_of(saved), image)
        tell(request, _("%(range)s %(colour)s is in the draft.") % saved)

    return dialog(request, form, _("Change this colour") if key else _("Add a colour"), save)


@require_POST
@office(*WRITERS)
def cell(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Saves one field of one row, edited in place."""
    name, text = request.POST.get("name", ""), request.POST.get("value", "")
    if name not in (*LIMITS, "band", "discontinued"):
        raise NotFound()
    services.change_rows(access, product_id, [_key(request.POST.get("key", ""))], {name: _value(name, text)})
    return JsonResponse({"saved": True}, headers={"HX-Trigger": DRAFT_CHANGED})


@require_POST
@office(*WRITERS)
def many(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Does one thing to the rows ticked, or to all that the filter lets through."""
    keys = _chosen_keys(request, access, product_id)
    deed = request.POST.get("deed", "")
    if deed == "delete":
        step = services.delete_rows(access, product_id, keys)
        said = ngettext("%(count)s colour is out of the draft.", "%(count)s colours are out of the draft.", len(keys))
    else:
        step = services.change_rows(access, product_id, keys, _changes(deed, request.POST.get("value", "")))
        said = ngettext("%(count)s colour is changed.", "%(count)s colours are changed.", len(keys))
    tell(request, said % {"count": f"{len(keys):,}"}, step)
    return redirect(f"{reverse('catalogue:ranges', args=[product_id])}?{request.POST.get('query', '')}")


@require_GET
@office(*READERS)
def picture(_request: HttpRequest, access: AccountAccess, picture_id: str) -> HttpResponse:
    """A colour's picture from the draft. Its id follows from its bytes, so it may be kept."""
    body = draft_of(access).read_bytes(paths.picture(picture_id))
    if body is None:
        raise NotFound()
    return HttpResponse(body, "image/webp", headers={"Cache-Control": "private, max-age=31536000, immutable"})


def _chosen_keys(request: HttpRequest, access: AccountAccess, product_id: str) -> list[Key]:
    if request.POST.get("all") != "1":
        return [_key(text) for text in request.POST.getlist("key")]
    chosen = RangeFilter.from_query(request.POST)
    return [key_of(row) for row in read_ranges(draft_of(access), product_id) if chosen.matches(row)]


def _changes(deed: str, text: str) -> dict[str, Any]:
    if deed in ("discontinue", "offer"):
        return {"discontinued": deed == "discontinue"}
    if deed not in (*LIMITS, "band"):
        raise Unusable(_("Choose what to do with these colours."))
    return {deed: _value(deed, text)}


def _value(name: str, text: str) -> Any:
    if name == "band":
        return text
    return text == "1" if name == "discontinued" else MillimetreField().clean(text)


def _key_text(row: Row) -> str:
    return json.dumps(key_of(row), ensure_ascii=False)


def _key(text: str) -> Key:
    try:
        range_name, colour = json.loads(text)
    except ValueError as error:
        raise NotFound() from error
    return str(range_name), str(colour)
