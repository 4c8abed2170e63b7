"""The Operator's page of sweeps, holds and endings. Counts and ids; names are behind a look."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.privacy.retention import queries
from allonce.kernel.privacy.retention.forms import EndForCustomerForm, HoldForm
from allonce.kernel.privacy.retention.services import endings, holds


@console("privacy", "admin")
@require_GET
def overview(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    about = {
        "due": queries.due(),
        "runs": queries.runs(),
        "holds": queries.holds(),
        "past_holds": queries.past_holds(),
        "leaving": queries.leaving(),
    }
    return render(request, "retention/operator.html", about)


@console("privacy", "admin")
@require_http_methods(["GET", "POST"])
def place_hold(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = HoldForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        kind, table = given["kind"], given["table"] if given["kind"] == "row" else ""
        wanted = holds.NewHold(kind, given["id"], given["reason"], given["authority"], given["until"], table)
        holds.place(staff, wanted)
        messages.success(request, _("Held. Nothing of it is deleted until somebody releases it."))
        return redirect("retention:operator")

    return try_form(form, act) or form_page(request, "retention/hold.html", form)


@console("privacy", "admin")
@require_POST
def release_hold(request: HttpRequest, staff: StaffAccess, hold_id: UUID) -> HttpResponse:
    holds.release(staff, hold_id)
    messages.success(request, _("Released. What is over its time goes with the next sweep."))
    return redirect("retention:operator")


@console("privacy", "admin")
@require_http_methods(["GET", "POST"])
def end_for_customer(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = EndForCustomerForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        endings.end_by_staff(staff, given["account"])
        messages.success(request, _("The agreement has ended. Its owners are told."))
        return redirect("retention:operator")

    return try_form(form, act) or form_page(request, "retention/end_for_customer.html", form)
