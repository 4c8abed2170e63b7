"""The end of an account, for its owners."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.clock import today
from allonce.kernel.privacy.retention import queries
from allonce.kernel.privacy.retention.forms import EndForm
from allonce.kernel.privacy.retention.plan import Plan
from allonce.kernel.privacy.retention.services import endings


@office("owner", although_ended=True)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    form = EndForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        endings.end_by_owner(access, given["name"])
        messages.success(request, _("The agreement has ended. You can take it back on this page."))
        return redirect("retention:end")

    about = {"page": queries.end_page(access.account.id, Plan(today()))}
    return try_form(form, act) or form_page(request, "retention/end.html", form, **about)


@office("owner", although_ended=True)
@require_POST
def undo(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    endings.undo(access)
    messages.success(request, _("The agreement goes on, with the services you had."))
    return redirect("retention:end")
