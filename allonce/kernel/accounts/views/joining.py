"""Opening an account, joining one, and confirming addresses: all through mailed links."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from allonce.kernel.accounts import navigation, tenancy
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.forms import AccountNameForm, AddressForm, HouseForm, JoinForm, SignUpForm
from allonce.kernel.accounts.models import Invitation, MailedToken, Membership, Person, SignInSession, SignUpRequest
from allonce.kernel.accounts.ports import NotAdmitted
from allonce.kernel.accounts.services import joining, memberships, sessions, tokens
from allonce.kernel.accounts.views.pages import form_page, try_form


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.ask_to_sign_up(request, given["email"])
        return redirect("accounts:mail_sent")

    return try_form(form, act) or form_page(request, "accounts/sign_up.html", form)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def sign_up_finish(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the mailed link: who you are and what the business is called; only the latter if signed in."""
    asked = tokens.sign_up_request(token)
    session = _session(request)
    form: HouseForm = AccountNameForm(request.POST or None) if session else SignUpForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        try:
            return _add_account(session, asked, given) if session else _begin(request, asked, given)
        except NotAdmitted as refusal:
            return _refused(request, refusal)

    about = {"email": asked.email, "another": session is not None}
    return try_form(form, act) or form_page(request, "accounts/sign_up_finish.html", form, **about)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the mailed link: join, as the person signed in or as a new one."""
    asked = tokens.invitation(token)
    known = Person.objects.with_email(asked.email)
    session = _session(request)
    if known is not None and session is not None and session.person_id == known.id:
        return _join_known(request, session, asked)
    if known is not None:
        return render(request, "accounts/invitation_known.html", {"invitation": asked})
    form = JoinForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        try:
            person = memberships.accept_as_new(asked, given["name"], given["password"], given)
        except NotAdmitted as refusal:
            return _refused(request, refusal)
        sessions.start(request, person, means="invitation")
        return _begin_work(person.memberships.get(account=asked.account))

    return try_form(form, act) or form_page(request, "accounts/invitation.html", form, invitation=asked)


@never_cache
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links, so the change waits for a button."""
    purpose = MailedToken.Purpose.PERSON_EMAIL
    try:
        row = tokens.mailed(token, purpose)
    except tokens.LinkNotValid:
        row = tokens.mailed(token, MailedToken.Purpose.ACCOUNT_EMAIL)
    if request.method == "GET":
        return render(request, "accounts/confirm_address.html", {"email": row.email, "account": row.account})
    joining.confirm_address(row)
    messages.success(request, _("The new address is confirmed."))
    return redirect("accounts:overview")


@signed_in
@require_http_methods(["GET", "POST"])
def another_account(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """One more business for somebody who is signed in; it needs an address of its own."""
    form = AddressForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        joining.ask_for_another_account(session.person, given["email"])
        return redirect("accounts:mail_sent")

    return try_form(form, act) or form_page(request, "accounts/another_account.html", form)


def _begin(request: HttpRequest, asked: SignUpRequest, given: dict[str, Any]) -> HttpResponse:
    new = joining.NewOwner(given["name"], given["account_name"], given["password"])
    done = joining.finish_sign_up(asked, new, given)
    sessions.start(request, done.person, means="sign_up")
    messages.success(request, _("Your account is open. Add a passkey, and you need no password next time."))
    return redirect("accounts:overview")


def _refused(request: HttpRequest, refusal: NotAdmitted) -> HttpResponse:
    """A page of its own: the form would show again what was typed."""
    return render(request, "accounts/sign_up_refused.html", {"reason": refusal.message}, status=refusal.status)


def _add_account(session: SignInSession, asked: SignUpRequest, given: dict[str, Any]) -> HttpResponse:
    account = joining.finish_another_account(asked, session.person, given["name"])
    sessions.switch_account(session, account.id)
    return redirect("accounts:overview")


def _join_known(request: HttpRequest, session: SignInSession, asked: Invitation) -> HttpResponse:
    if request.method == "GET":
        return render(request, "accounts/invitation_accept.html", {"invitation": asked})
    joined = memberships.accept(asked, session.person)
    sessions.switch_account(session, asked.account_id)
    return _begin_work(joined)


def _begin_work(membership: Membership) -> HttpResponse:
    """Where their work begins: an agent may not even see the account's overview."""
    return redirect(navigation.home_of(membership) or "accounts:overview")


def _session(request: HttpRequest) -> SignInSession | None:
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    return session
