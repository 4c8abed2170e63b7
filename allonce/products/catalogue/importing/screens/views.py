"""Setup's import screens: start, look and settle, accept or discard, take back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.errors import NotFound, UserError
from allonce.products.catalogue.draft import products
from allonce.products.catalogue.forms.basics import FAMILIES, METHODS
from allonce.products.catalogue.importing import services
from allonce.products.catalogue.importing.contents import method_for
from allonce.products.catalogue.importing.models import SheetImport
from allonce.products.catalogue.importing.reading import Workbook, read_file, read_pasted
from allonce.products.catalogue.importing.reading.guard import check_size
from allonce.products.catalogue.importing.reading_of import Reading
from allonce.products.catalogue.importing.screens.found import (
    show_doubts,
    show_questions,
    show_ranges,
    show_rates,
    show_tables,
)
from allonce.products.catalogue.importing.screens.sheet_page import show_sheet
from allonce.products.catalogue.importing.tax import clashes
from allonce.products.catalogue.services.editing import catalogue_of, draft_of
from allonce.products.catalogue.services.products import create_product, need_product
from allonce.products.catalogue.views.shared import READERS, WRITERS, went_to

NEW = "new"


class Nothing(UserError):
    """Neither a file nor pasted cells."""

    code = "import_nothing"
    status = 422
    message = gettext_lazy("Choose a file, or copy cells in your spreadsheet program and paste them here.")


class StartForm(forms.Form):
    """What an import begins with; the file is read and never kept."""

    product = forms.CharField(max_length=64)
    new_name = forms.CharField(max_length=120, required=False)
    new_family = forms.ChoiceField(choices=FAMILIES, required=False)
    file = forms.FileField(required=False, max_length=200)
    pasted = forms.CharField(required=False, strip=False)


@office(*READERS)
def start(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Where from and where to; below, the imports so far."""
    if request.method != "POST":
        return render(request, "catalogue/importing/start.html", _start_page(access, request.GET.get("product", "")))
    form = StartForm(request.POST, request.FILES)
    try:
        draft = _begin(access, form)
    except UserError as error:
        page = _start_page(access, form.data.get("product", "")) | {"problem": str(error), "typed": form.data}
        return render(request, "catalogue/importing/start_form.html", page)
    here = reverse("catalogue:import_look", args=[draft.pk])
    return went_to(here) if "HX-Request" in request.headers else redirect(here)


@require_GET
@office(*READERS)
def look(request: HttpRequest, access: AccountAccess, import_id: UUID) -> HttpResponse:
    """The sheet beside what was found in it."""
    draft = services.own_import(access, import_id)
    if draft.state != SheetImport.State.DRAFT:
        page = {"draft": draft, "can_undo": services.can_undo(access, draft), "product": _product(access, draft)}
        return render(request, "catalogue/importing/finished.html", page)
    part = request.headers.get("HX-Request") == "true"
    template = "catalogue/importing/settle.html" if part else "catalogue/importing/look.html"
    return render(request, template, _page(request, access, draft))


@require_POST
@office(*WRITERS)
def say(request: HttpRequest, access: AccountAccess, import_id: UUID) -> HttpResponse:
    """Takes one answer, correction, confirmation or aim, reads anew and shows the result at once."""
    draft = _said(request, access, import_id)
    return render(request, "catalogue/importing/settle.html", _page(request, access, draft))


@require_POST
@office(*WRITERS)
def accept(request: HttpRequest, access: AccountAccess, import_id: UUID) -> HttpResponse:
    """Takes everything over, or says what still stands in the way."""
    try:
        said = {name: request.POST.get(name) == "yes" for name in ("looked", "tax_meant")}
        services.accept(access, import_id, looked=said["looked"], tax_meant=said["tax_meant"])
    except UserError as error:
        draft = services.own_import(access, import_id)
        told = next(iter(error.fields.values()), str(error))
        return render(request, "catalogue/importing/settle.html", _page(request, access, draft) | {"problem": told})
    messages.success(request, _("The prices are in your draft. Nothing is published yet."))
    return went_to(reverse("catalogue:import_look", args=[import_id]))


@require_POST
@office(*WRITERS)
def discard(_request: HttpRequest, access: AccountAccess, import_id: UUID) -> HttpResponse:
    services.discard(access, import_id)
    return redirect("catalogue:import")


@require_POST
@office(*WRITERS)
def undo(request: HttpRequest, access: AccountAccess, import_id: UUID) -> HttpResponse:
    """Puts back what the import replaced."""
    services.undo_import(access, import_id)
    messages.success(request, _("The import was taken back. Your prices are as they were before it."))
    return redirect("catalogue:import_look", import_id)


def _begin(access: AccountAccess, form: StartForm) -> SheetImport:
    if not form.is_valid():
        raise Nothing
    book, name = _workbook(form)
    product_id = form.cleaned_data["product"]
    if product_id == NEW:
        product_id = _new_product(access, form.cleaned_data)
    return services.begin(access, product_id, book, name)


def _new_product(access: AccountAccess, given: dict[str, Any]) -> str:
    family = given["new_family"] or "other"
    return create_product(access, given["new_name"] or str(dict(FAMILIES)[family]), family)


def _workbook(form: StartForm) -> tuple[Workbook, str]:
    """Reads before anything is made, so that an unreadable file leaves nothing behind."""
    file, pasted = form.cleaned_data["file"], form.cleaned_data["pasted"]
    if file:
        check_size(file.size or 0)
        return read_file(file.read(), file.name), file.name
    if pasted.strip():
        return read_pasted(pasted), ""
    raise Nothing


def _said(request: HttpRequest, access: AccountAccess, import_id: UUID) -> SheetImport:
    post = request.POST
    services.own_import(access, import_id)
    if "question" in post:
        return services.answer(access, import_id, post["question"], post.get("answer", ""))
    if "cell" in post:
        sheet, row, column = _cell(post["cell"])
        return services.correct(access, import_id, sheet, (row, column), post.get("text", ""))
    if "right" in post:
        return services.confirm(access, import_id, post.getlist("right"))
    if "table" in post:
        target = {"band": post.get("band", "").strip(), "taken": "taken" in post}
        return services.aim(access, import_id, post["table"], target)
    return services.aim(access, import_id, post.get("ranges", ""), {"way": post.get("way", "merge")})


def _cell(text: str) -> tuple[int, int, int]:
    """Sheet, row and column of "0:2:1"; NotFound where no cell is named so."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise NotFound
    return int(parts[0]), int(parts[1]), int(parts[2])


def _start_page(access: AccountAccess, chosen: str) -> dict[str, Any]:
    standing = draft_of(access)
    recent = SheetImport.objects.filter(catalogue=catalogue_of(access.account.id)).order_by("-changed_at")
    return {
        "products": products.list_products(standing),
        "chosen": chosen,
        "families": FAMILIES,
        "recent": recent.defer("cells", "before", "after")[:12],
        "problem": "",
    }


def _product(access: AccountAccess, draft: SheetImport) -> dict[str, Any] | None:
    return products.read_product(draft_of(access), draft.product)


def _page(request: HttpRequest, access: AccountAccess, draft: SheetImport) -> dict[str, Any]:
    reading = services.read_own(access, draft)
    standing = draft_of(access)
    product = need_product(standing, draft.product)
    doubts, count = show_doubts(reading)
    return {
        "draft": draft,
        "product": product,
        "sheet": _window(request, reading, draft),
        "sheets": [(number, sheet.name) for number, sheet in enumerate(reading.sheets)],
        "questions": show_questions(reading),
        "asked": sum(not question.certain for question in reading.proposal.questions),
        "doubts": doubts,
        "doubt_count": count,
        "tables": show_tables(reading, standing, product),
        "rates": show_rates(reading, standing, product),
        "new_method": _new_method(reading, product),
        "ranges": show_ranges(reading),
        "doubtful": reading.proposal.doubtful,
        "currency": reading.proposal.currency,
        "tax_clash": clashes(product, products.read_settings(standing)["settings"], reading),
    }


def _new_method(reading: Reading, product: dict[str, Any]) -> str:
    """How the product will be priced from now on, where accepting would change that."""
    method = method_for(product, reading.targets)
    return str(dict(METHODS)[method]) if method != product["method"] else ""


def _window(request: HttpRequest, reading: Reading, draft: SheetImport) -> Any:
    """The part of the sheet that the page shows; what was asked for by an earlier answer stays in view."""
    asked = request.POST if request.method == "POST" else request.GET
    first = next((grid.header_row for grid in reading.proposal.grids if grid.sheet == 0), 0)
    number, row, left = (_whole(asked.get(name)) for name in ("sheet", "row", "left"))
    start_row = row if row is not None else (max(0, first - 5) if first > 30 else 0)
    return show_sheet(reading, number or 0, start_row, left or 0, draft.corrections)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 7 else None
