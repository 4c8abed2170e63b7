"""What the screens share: telling with a way back, forms in dialogs, and the frame of a product's pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.errors import UserError
from allonce.products.catalogue.draft import Draft, products
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.queries.problems import problems_of_product
from allonce.products.catalogue.queries.states import has_changes
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.products import need_product

READERS = ("owner", "office", "viewer")
WRITERS = ("owner", "office")
DRAFT_CHANGED = "draft-changed"


def tell(request: HttpRequest, text: str, step: UndoStep | None = None) -> None:
    """Says what was done on the next page, with a button that takes it back for ten seconds."""
    note = render_to_string("catalogue/told.html", {"text": text, "step": step})
    messages.success(request, mark_safe(note))  # noqa: S308 the template escapes the text


def refreshed() -> HttpResponse:
    """Closes a dialog by loading the page behind it anew."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def went_to(url: str) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": url})


def attempt(form: forms.Form, save: Callable[[], Any]) -> bool:
    """Whether `save` went through; what it refused stands beside the fields otherwise."""
    try:
        save()
    except UserError as error:
        add_refusal(form, error)
        return False
    return True


def add_refusal(form: forms.Form, error: UserError) -> None:
    """Puts what a service refused beside the fields it names, or above the form."""
    placed = False
    for name, text in error.fields.items():
        if name in form.fields:
            form.add_error(name, text)
            placed = True
    if not placed:
        form.add_error(None, str(next(iter(error.fields.values()), error)) if error.code == "unusable" else str(error))


def dialog(request: HttpRequest, form: forms.Form, title: str, save: Callable[[], HttpResponse | None]) -> HttpResponse:
    """A form in a dialog: shown, shown again with advice, or saved and the page behind it refreshed.

    `save` may return an answer of its own, to lead elsewhere.
    """
    answer: list[HttpResponse | None] = []
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: answer.append(save())):
        return answer[0] or refreshed()
    shown = {"form": form, "title": title, "action": request.get_full_path()}
    return render(request, "catalogue/dialog.html", shown)


def product_page(
    request: HttpRequest, access: AccountAccess, product_id: str, tab: str, more: Callable[[Draft, Any], dict[str, Any]]
) -> HttpResponse:
    """One tab of a product, with its problems and the trial beside it. `more` adds what the tab shows."""
    draft = draft_of(access)
    product = need_product(draft, product_id)
    frame = {
        "product": product,
        "tab": tab,
        "problems": problems_of_product(draft, product_id),
        "unpublished": has_changes(draft.catalogue),
        "currency": products.read_settings(draft)["currency"],
    }
    return render(request, f"catalogue/product/{tab}.html", frame | more(draft, product))


def confirmed(name: str) -> str:
    return _("“%(name)s” is deleted.") % {"name": name}
