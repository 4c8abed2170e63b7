"""The account itself: overview, its name and address, and switching between accounts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import navigation, queries, tenancy
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office, signed_in
from allonce.kernel.accounts.forms import AccountNameForm, AddressForm
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import joining, people, sessions
from allonce.kernel.accounts.views.pages import form_page, safe_next, try_form


@signed_in
@require_GET
def overview(request: HttpRequest, session: SignInSession) -> HttpResponseBase:
    """The account in which the person works. Whoever belongs to none is told why, and where their own data is."""
    with tenancy.across_accounts():
        belongs = queries.accounts_of(session.person).exists()
    if not belongs:
        return render(request, "accounts/no_account.html", {"own_pages": navigation.entries("person")})
    return _overview(request)


@office()
def _overview(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    with tenancy.across_accounts():
        own = list(queries.accounts_of(access.person))
    about = {
        "services": queries.services_of(access.account.id),
        "members": queries.members(access.account.id),
        "own_accounts": own,
        "passkeys": queries.passkeys_of(access.person).count(),
    }
    return render(request, "accounts/overview.html", about)


@office("owner")
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    form = AccountNameForm(request.POST or None, initial={"name": access.account.name})

    def act(given: dict[str, Any]) -> HttpResponse:
        people.rename_account(access.account, given["name"], actor=access.actor)
        messages.success(request, _("The name is changed."))
        return redirect("accounts:overview")

    return try_form(form, act) or form_page(request, "accounts/details.html", form)


@office("owner")
@require_http_methods(["GET", "POST"])
def account_email(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """The account's identity changes only when its new mailbox has answered."""
    form = AddressForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.ask_for_new_address(access.person, given["email"], access.account)
        return redirect("accounts:mail_sent")

    return try_form(form, act) or form_page(request, "accounts/account_email.html", form)


@signed_in
@require_http_methods(["GET", "POST"])
def own_email(request: HttpRequest, session: SignInSession) -> HttpResponse:
    form = AddressForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.ask_for_new_address(session.person, given["email"])
        return redirect("accounts:mail_sent")

    about = {"person": session.person}
    return try_form(form, act) or form_page(request, "accounts/own_email.html", form, **about)


@signed_in
@require_POST
@tenancy.across_accounts()
def switch(request: HttpRequest, session: SignInSession, account_id: UUID) -> HttpResponse:
    sessions.switch_account(session, account_id)
    return redirect(safe_next(request, resolve_url("accounts:overview")))


@signed_in
@require_POST
def leave_look(_request: HttpRequest, session: SignInSession) -> HttpResponse:
    """Staff stop reading an account's office pages in this browser."""
    sessions.leave_look(session)
    return redirect("accounts:operator")
