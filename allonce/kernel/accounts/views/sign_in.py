"""Signing in with a password or a passkey, the second factor, and signing out."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import navigation, tenancy, throttle
from allonce.kernel.accounts.forms import AddressForm, NewPasswordForm, RecoveryCodeForm, SignInForm
from allonce.kernel.accounts.models import MailedToken, Person
from allonce.kernel.accounts.own_page import without_cookie
from allonce.kernel.accounts.services import demo_doors, joining, passkeys, sessions, sign_in, tokens
from allonce.kernel.accounts.views.pages import form_page, safe_next, try_form
from allonce.kernel.errors import NotFound, UserError

GREATEST_ANSWER = 20_000


class NotJson(UserError):
    """The page's script sent something that is no JSON object."""

    code = "not_json"


def landing(person: Person) -> str:
    """The first page after signing in: the console for the Operator's staff, else what fits the role.

    Whose accounts are all closed begins where it is said what became of them.
    """
    memberships = person.memberships.select_related("account").filter(account__closed_at=None).order_by("created_at")
    first = memberships.first()
    if first is None:
        return resolve_url(navigation.private_home_of(person) or "accounts:overview")
    is_staff = first.account.kind == first.account.Kind.OPERATOR
    home = navigation.home_of(first)
    return resolve_url("accounts:operator" if is_staff else home or settings.LOGIN_REDIRECT_URL)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def with_password(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        if sign_in.with_password(request, given["email"], given["password"]):
            return _enter(request)
        return redirect(f"{resolve_url('accounts:second_factor')}?next={safe_next(request, '')}")

    return try_form(form, act) or form_page(request, "accounts/sign_in.html", form, next=safe_next(request, ""))


@never_cache
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def second_factor(request: HttpRequest) -> HttpResponse:
    """After a right password: a passkey (see `with_passkey`), or here a recovery code."""
    if sign_in.pending_person(request) is None:
        return redirect("accounts:sign_in")
    form = RecoveryCodeForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        sign_in.with_recovery_code(request, given["code"])
        return _enter(request)

    return try_form(form, act) or form_page(request, "accounts/second_factor.html", form, next=safe_next(request, ""))


@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """Options for a discoverable passkey, or for the passkeys of whoever gave the right password just now."""
    throttle.hit("passkey", sign_in.client_address(request), *sign_in.PER_ADDRESS)
    return JsonResponse(passkeys.authentication_options(request, sign_in.pending_person(request)))


@never_cache
@require_POST
@tenancy.across_accounts()
def with_passkey(request: HttpRequest) -> JsonResponse:
    throttle.hit("passkey", sign_in.client_address(request), *sign_in.PER_ADDRESS)
    passkey = passkeys.prove(request, json_body(request), person=sign_in.pending_person(request))
    sessions.start(request, passkey.person, means="passkey")
    return JsonResponse({"next": safe_next(request, landing(passkey.person))})


@without_cookie
@require_POST
@tenancy.across_accounts()
def demo(request: HttpRequest, who: str) -> HttpResponse:
    """One click into the demo; the page does not exist elsewhere."""
    if not settings.DEMO:
        raise NotFound
    sessions.start(request, demo_doors.person(who), means="demo")
    return _enter(request)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.finish(request)
    return redirect("accounts:sign_in")


@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.ask_to_reset(request, given["email"])
        return redirect("accounts:mail_sent")

    return try_form(form, act) or form_page(request, "accounts/forgotten.html", form)


@require_GET
def mail_sent(request: HttpRequest) -> HttpResponse:
    """The same page whoever asked, known or not."""
    mailbox = f"{request.scheme}://{request.get_host().split(':')[0]}:{settings.MAILBOX_PORT}/"
    return render(request, "accounts/mail_sent.html", {"mailbox_url": mailbox})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def reset(request: HttpRequest, token: str) -> HttpResponse:
    row = tokens.mailed(token, MailedToken.Purpose.RESET)
    form = NewPasswordForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.reset(row, given["password"])
        messages.success(request, _("Your password is changed. Sign in with it."))
        return redirect("accounts:sign_in")

    return try_form(form, act) or form_page(request, "accounts/reset.html", form)


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that a page's script sent; NotJson for anything else."""
    if len(request.body) > GREATEST_ANSWER:
        raise NotJson
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    if not isinstance(body, dict):
        raise NotJson
    return body


def _enter(request: HttpRequest) -> HttpResponse:
    person = request.sign_in_session.person  # type: ignore[attr-defined]
    return redirect(safe_next(request, landing(person)))
