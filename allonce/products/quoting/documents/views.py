"""Setup's page of documents: the form, the logo, and a preview as it is typed."""

import base64

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.quoting.documents import words
from allonce.products.quoting.documents.contract import Brand
from allonce.products.quoting.documents.fields import FIELDS
from allonce.products.quoting.documents.forms import BrandForm, brand_from, initial_of
from allonce.products.quoting.documents.letters import customer_pages, customer_pdf, worksheet_pages
from allonce.products.quoting.documents.sample import sample_document
from allonce.products.quoting.documents.store import brand_of, save_brand, save_logo


@office("owner", "office")
def documents(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Show and keep how this account's documents look."""
    brand = brand_of(access.account.id)
    form = BrandForm(request.POST or None, initial=initial_of(brand))
    if request.method == "POST" and form.is_valid():
        save_brand(access, brand_from(form.cleaned_data, brand))
        messages.success(request, _("Saved. The next document that leaves looks like this."))
        return redirect("quoting:documents")
    kinds = [*words.KINDS, "worksheet"]
    shown = {"form": form, "brand": brand, "kinds": kinds, "fields": FIELDS, **_preview(brand, "quote")}
    return render(request, "quoting/documents.html", shown, status=422 if form.errors else 200)


@require_POST
@office("owner", "office")
def preview(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """The document that the unsaved form would make; while the form is wrong, the last good one stands."""
    brand = brand_of(access.account.id)
    form = BrandForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=204)
    shown = _preview(brand_from(form.cleaned_data, brand), request.POST.get("kind", "quote"))
    return render(request, "quoting/document_preview.html", shown)


@office("owner", "office")
def sample_pdf(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """The saved look as a PDF of a made-up job."""
    kind = request.GET.get("kind", "quote")
    pdf = customer_pdf(sample_document(kind if kind in words.KINDS else "quote"), brand_of(access.account.id))
    return HttpResponse(pdf, content_type="application/pdf")


@require_POST
@office("owner", "office")
def logo(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Take a new logo, or drop the one there is."""
    upload = request.FILES.get("logo")
    save_logo(access, upload.read() if upload else None, upload.name or "" if upload else "")
    messages.success(request, _("The logo is in place.") if upload else _("The logo is gone."))
    return redirect("quoting:documents")


def _preview(brand: Brand, kind: str) -> dict[str, object]:
    if kind == "worksheet":
        pages = worksheet_pages(sample_document(), brand)
    else:
        pages = customer_pages(sample_document(kind if kind in words.KINDS else "quote"), brand)
    return {"pages": [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages]}
