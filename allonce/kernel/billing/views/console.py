"""The Operator's console: what needs a person, and prices. Ids and sums only; nobody's name is shown here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.billing import queries
from allonce.kernel.billing.catalogue import prices
from allonce.kernel.billing.forms import PriceForm, ReceiptForm
from allonce.kernel.billing.purchases import refunds
from allonce.kernel.errors import NotFound, UserError


@console("billing")
@require_http_methods(["GET"])
def desk(request: HttpRequest, staff: StaffAccess) -> HttpResponse:  # noqa: ARG001 - the door's signature
    """Disputed, unclaimed and troubled purchases, refunds under way, and reports that could not be taken in."""
    form = ReceiptForm(request.GET or None)
    if form.is_bound and form.is_valid():
        found = queries.purchase_numbered(form.cleaned_data["number"])
        if found is not None:
            return redirect("billing:console_purchase", found.pk)
        form.add_error("number", _("No purchase has this number."))
    return render(request, "billing/desk.html", {"desk": queries.desk(), "form": form})


@console("billing")
@require_http_methods(["GET", "POST"])
def purchase(request: HttpRequest, staff: StaffAccess, purchase_id: UUID) -> HttpResponse:
    """One purchase, and the button that gives it back."""
    found = queries.any_purchase(purchase_id)
    if found is None:
        raise NotFound
    error: UserError | None = None
    if request.method == "POST":
        try:
            refunds.refund_whole(staff, found.pk)
            messages.success(request, _("The refund is on its way."))
            return redirect("billing:console_purchase", found.pk)
        except UserError as refused:
            error = refused
    shown = {"receipt": queries.receipt(found), "refunds": queries.refunds_of(found), "error": error}
    return render(request, "billing/desk_purchase.html", shown, status=error.status if error else 200)


@console("billing")
@require_http_methods(["POST"])
def refund(request: HttpRequest, staff: StaffAccess, refund_id: UUID) -> HttpResponse:
    """What the seller would not or could not send: tried once more, or settled because somebody transferred it."""
    try:
        if request.POST.get("act") == "again":
            done = refunds.again(staff, refund_id)
            messages.success(request, _("The refund is on its way."))
        else:
            done = refunds.settled_by_hand(staff, refund_id)
            messages.success(request, _("Settled. It waits for nobody any more."))
    except NotFound:
        raise
    except UserError as refused:
        messages.error(request, str(refused.message))
        return redirect("billing:desk")
    return redirect("billing:console_purchase", done.purchase_id)


@console("billing")
@require_http_methods(["GET", "POST"])
def price_list(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """What everything costs, and announcing another price."""
    form = PriceForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        prices.announce(staff, given["product"], given["amount"], given["effective_on"])
        messages.success(request, _("Announced. Subscribers for whom it rises are told by mail."))
        return redirect("billing:prices")

    shown = {"rows": queries.price_rows(), "coming": queries.coming_prices()}
    return try_form(form, act) or form_page(request, "billing/prices.html", form, **shown)
