"""The console's page on which reported content is kept for the authorities."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.casework.services import working
from allonce.kernel.errors import NotFound
from allonce.products.dating.forms import EvidenceForm
from allonce.products.dating.services import evidence


@console()
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def keep(request: HttpRequest, staff: StaffAccess, case_id: int) -> HttpResponse:
    """Only for whoever has the case open."""
    case, _kind = working.find(staff, case_id)
    if working.opening_of(staff, case) is None or not case.kind.startswith("dating."):
        raise NotFound
    form = EvidenceForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        order = evidence.Order(tuple(given["what"]), given["reason"], given["authority"], given["until"])
        evidence.keep(staff, case_id, order)
        messages.success(request, _("Kept, and out of members' sight. Record a disclosure when you hand it over."))
        return redirect("casework:case", case_id)

    return try_form(form, act) or form_page(request, "dating/evidence.html", form, case=case)
