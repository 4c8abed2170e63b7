"""A person's own safety: password, sessions, passkeys, the second factor, and a stolen password."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import queries, throttle
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.forms import ChangePasswordForm
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import compromise, passkeys, passwords, proof, recovery, sessions, sign_in
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.accounts.views.sign_in import json_body


@signed_in
@require_GET
def where_signed_in(request: HttpRequest, session: SignInSession) -> HttpResponse:
    return render(
        request, "accounts/sessions.html", {"sessions": queries.living_sessions(session.person), "this": session}
    )


@signed_in
@require_POST
def end_session(request: HttpRequest, session: SignInSession, session_id: UUID) -> HttpResponse:
    sessions.end(session.person, session_id, actor=sessions.actor_of(session))
    messages.success(request, _("That session is ended."))
    return redirect("accounts:sessions")


@signed_in
@require_POST
def end_other_sessions(request: HttpRequest, session: SignInSession) -> HttpResponse:
    sessions.end_others(session.person, but=session.id, actor=sessions.actor_of(session))
    messages.success(request, _("You are signed in only here now."))
    return redirect("accounts:sessions")


@never_cache
@sensitive_post_parameters("present", "password")
@signed_in
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest, session: SignInSession) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        throttle.hit("present-password", str(session.person_id), *sign_in.PER_ADDRESS_AND_EMAIL)
        passwords.require_present(session.person, given["present"])
        passwords.change(session.person, given["password"], actor=sessions.actor_of(session))
        update_session_auth_hash(request, session.person)
        messages.success(request, _("Your password is changed."))
        return redirect("accounts:passkeys")

    about = {"demanded": session.person.password_change_required}
    return try_form(form, act) or form_page(request, "accounts/password.html", form, **about)


@signed_in
@require_http_methods(["GET", "POST"])
def stolen(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """ "I think my password was stolen": ends everything else at once, then asks for a new password."""
    if request.method == "GET":
        return render(request, "accounts/stolen.html")
    access: AccountAccess | None = getattr(request, "access", None)
    ended = compromise.report(session, access if request.POST.get("phones") == "on" else None)
    messages.success(request, _("Done. Other sessions ended: %d. Now choose a new password.") % ended)
    return redirect("accounts:password")


@signed_in
@require_GET
def passkey_list(request: HttpRequest, session: SignInSession) -> HttpResponse:
    about = {
        "passkeys": queries.passkeys_of(session.person),
        "person": session.person,
        "codes_left": recovery.left(session.person),
    }
    return render(request, "accounts/passkeys.html", about)


@never_cache
@signed_in
@require_POST
def passkey_registration_options(request: HttpRequest, session: SignInSession) -> JsonResponse:
    proof.require_before_change(session)
    return JsonResponse(passkeys.registration_options(request, session.person))


@never_cache
@signed_in
@require_POST
def passkey_register(request: HttpRequest, session: SignInSession) -> JsonResponse:
    """Body: {"name", "answer"}. Answers {"id", "credential_id", "prf"}."""
    proof.require_before_change(session)
    body = json_body(request)
    answer = body.get("answer")
    kept = passkeys.register(
        request,
        session.person,
        answer if isinstance(answer, dict) else {},
        str(body.get("name", "")) or session.device,
        actor=sessions.actor_of(session),
    )
    about = {"id": str(kept.id), "credential_id": kept.credential_id, "prf": kept.prf}
    return JsonResponse(about, status=201)


@never_cache
@signed_in
@require_POST
def passkey_proof_options(request: HttpRequest, session: SignInSession) -> JsonResponse:
    """For proving oneself again while signed in, and for opening keys that a passkey holds."""
    return JsonResponse(passkeys.authentication_options(request, session.person))


@never_cache
@signed_in
@require_POST
def passkey_proof(request: HttpRequest, session: SignInSession) -> JsonResponse:
    proved = passkeys.prove(request, json_body(request), person=session.person)
    sessions.note_second_factor(session)
    return JsonResponse({"id": str(proved.id), "credential_id": proved.credential_id})


@signed_in
@require_POST
def passkey_rename(request: HttpRequest, session: SignInSession, passkey_id: UUID) -> HttpResponse:
    passkeys.rename(session.person, passkey_id, request.POST.get("name", ""), actor=sessions.actor_of(session))
    return redirect("accounts:passkeys")


@signed_in
@require_POST
def passkey_remove(request: HttpRequest, session: SignInSession, passkey_id: UUID) -> HttpResponse:
    proof.require_before_change(session)
    passkeys.remove(session.person, passkey_id, actor=sessions.actor_of(session))
    messages.success(request, _("The passkey is removed here. Remove it on your device too."))
    return redirect("accounts:passkeys")


@signed_in
@require_POST
def second_factor(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """On: shows the recovery codes once. Off: needs nothing more."""
    proof.require_before_change(session)
    wanted = request.POST.get("wanted") == "on"
    passkeys.set_second_factor(session.person, wanted=wanted, actor=sessions.actor_of(session))
    return _codes(request, session) if wanted else redirect("accounts:passkeys")


@never_cache
@signed_in
@require_POST
def renew_codes(request: HttpRequest, session: SignInSession) -> HttpResponse:
    proof.require_before_change(session)
    return _codes(request, session)


def _codes(request: HttpRequest, session: SignInSession) -> HttpResponse:
    codes = recovery.renew(session.person, actor=sessions.actor_of(session))
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
