"""Proving oneself again, and being erased."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allonce.kernel.accounts import tenancy, throttle
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import passkeys, passwords, sessions, sign_in
from allonce.kernel.accounts.views.pages import form_page, safe_next, try_form
from allonce.kernel.accounts.views.sign_in import json_body
from allonce.kernel.privacy.rights import overview, proving
from allonce.kernel.privacy.rights.forms import ConfirmForm, EraseForm
from allonce.kernel.privacy.rights.services import erasing


@never_cache
@sensitive_post_parameters("present")
@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, session: SignInSession) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    back = safe_next(request, resolve_url("rights:overview"))

    def act(given: dict[str, Any]) -> HttpResponse:
        throttle.hit("present-password", str(session.person_id), *sign_in.PER_ADDRESS_AND_EMAIL)
        passwords.require_present(session.person, given["present"])
        proving.note(request)
        return redirect(back)

    about = {"next": back, "has_passkeys": session.person.passkeys.exists()}
    return try_form(form, act) or form_page(request, "rights/confirm.html", form, **about)


@never_cache
@signed_in
@require_POST
def confirm_passkey(request: HttpRequest, session: SignInSession) -> JsonResponse:
    passkeys.prove(request, json_body(request), person=session.person)
    proving.note(request)
    return JsonResponse({"next": safe_next(request, resolve_url("rights:overview"))})


@signed_in
@proving.recently_proved
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, session: SignInSession) -> HttpResponse:
    with tenancy.across_accounts():
        foreseen = overview.foreseen(session.person)
    form = EraseForm(request.POST or None, asks_for_accounts=foreseen.may_end_accounts)

    def act(given: dict[str, Any]) -> HttpResponse:
        erasure = erasing.erase_myself(
            session.person,
            given["name"],
            actor=sessions.actor_of(session),
            end_accounts=bool(given.get("end_accounts")),
        )
        if erasure.state == erasure.State.WAITING:
            return redirect("rights:erase")
        logout(request)
        return redirect("rights:erased")

    about = {"foreseen": foreseen, "person": session.person}
    return try_form(form, act) or form_page(request, "rights/erase.html", form, **about)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Where somebody who is erased ends up; says nothing about anybody."""
    return render(request, "rights/erased.html")
