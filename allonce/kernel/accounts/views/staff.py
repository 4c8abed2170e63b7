"""The Operator's staff themselves: proving the second factor, and who holds which duty."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import queries
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console, signed_in
from allonce.kernel.accounts.forms import RecoveryCodeForm
from allonce.kernel.accounts.models import Duty, SignInSession
from allonce.kernel.accounts.services import duties, proof
from allonce.kernel.accounts.views.pages import form_page, safe_next, try_form
from allonce.kernel.accounts.views.sign_in import json_body


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest, _session: SignInSession) -> HttpResponse:
    """What stands before the console: a passkey, a recovery code (here), or making the first passkey."""
    session = proof.staff_session(request)
    onward = safe_next(request, resolve_url("accounts:operator"))
    form = RecoveryCodeForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        proof.by_code(session, given["code"])
        return redirect(onward)

    about = {"passkeys": queries.passkeys_of(session.person), "next": onward}
    return try_form(form, act) or form_page(request, "operator/second_factor.html", form, **about)


@never_cache
@signed_in
@require_POST
def prove(request: HttpRequest, _session: SignInSession) -> JsonResponse:
    """Answers {"next"}."""
    session = proof.staff_session(request)
    proof.by_passkey(request, session, json_body(request))
    return JsonResponse({"next": safe_next(request, resolve_url("accounts:operator"))})


@console()
@require_GET
def staff(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Everybody on the staff sees who may do what; those who administer can change it."""
    about = {"lines": queries.staff_lines(), "duties": Duty.choices, "record": queries.chain_state()}
    return render(request, "operator/staff.html", about | {"may_grant": Duty.ADMIN in access.duties})


@console("admin")
@require_POST
def change_duty(request: HttpRequest, access: StaffAccess, person_id: UUID) -> HttpResponse:
    duty = request.POST.get("duty", "")
    if request.POST.get("wanted") == "yes":
        duties.grant(access, person_id, duty)
        messages.success(request, _("Granted. It counts at once."))
    else:
        duties.withdraw(access, person_id, duty)
        messages.success(request, _("Withdrawn. It ends at once."))
    return redirect("accounts:operator_staff")
