"""The list of products."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.catalogue.forms.basics import NewProductForm
from allonce.products.catalogue.forms.fields import NameForm
from allonce.products.catalogue.queries.overview import overview
from allonce.products.catalogue.services import products
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.undo import undo as take_back
from allonce.products.catalogue.views.shared import READERS, WRITERS, dialog, refreshed, tell, went_to


@require_GET
@office(*READERS)
def home(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """All products, with what to do next."""
    return render(request, "catalogue/home.html", {"overview": overview(draft_of(access))})


@office(*WRITERS)
def new(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Asks for name and kind, then opens the new product."""
    form = NewProductForm(request.POST or None)

    def save() -> HttpResponse:
        values = form.cleaned_data
        product_id = products.create_product(access, values["name"], values["family"])
        tell(request, _("“%(name)s” is in the draft.") % values)
        return went_to(reverse("catalogue:product", args=[product_id]))

    return dialog(request, form, _("New product"), save)


@office(*WRITERS)
def copy(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Asks for a name, then copies the whole product."""
    product = products.need_product(draft_of(access), product_id)
    form = NameForm(request.POST or None, initial={"name": _("%(name)s (copy)") % product})

    def save() -> HttpResponse:
        copy_id = products.copy_product(access, product_id, form.cleaned_data["name"])
        tell(request, _("“%(name)s” is in the draft.") % form.cleaned_data)
        return went_to(reverse("catalogue:product", args=[copy_id]))

    return dialog(request, form, _("Copy “%(name)s”") % product, save)


@require_POST
@office(*WRITERS)
def delete(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Deletes the product from the draft; undo is one press away."""
    name = products.need_product(draft_of(access), product_id)["name"]
    step = products.delete_product(access, product_id)
    tell(request, _("“%(name)s” is out of the draft.") % {"name": name}, step)
    return redirect("catalogue:home")


@require_POST
@office(*WRITERS)
def move(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """Moves the product one place up or down."""
    products.move_product(access, product_id, -1 if request.POST.get("way") == "up" else 1)
    return redirect("catalogue:home")


@require_POST
@office(*WRITERS)
def undo(request: HttpRequest, access: AccountAccess, step_id: UUID) -> HttpResponse:
    """Takes a destructive edit back."""
    take_back(access, step_id)
    tell(request, _("It is back as it was."))
    return refreshed()
