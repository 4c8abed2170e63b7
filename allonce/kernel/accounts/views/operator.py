"""The Operator's console. Lists open nothing personal; opening an account needs a reason and leaves a trace."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import entitlements, queries
from allonce.kernel.accounts.access import StaffAccess, access_look, current_session
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.forms import GrantForm, LookForm
from allonce.kernel.accounts.models import Entitlement
from allonce.kernel.accounts.queries import AccountLine
from allonce.kernel.accounts.services import staff as services
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.clock import add_months, today
from allonce.kernel.errors import NotFound

# Billing and administration work without names.
MAY_GRANT = ("billing", "admin")
MAY_LOOK = ("support", "moderation", "privacy")


@console()
@require_GET
def accounts(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    return render(request, "operator/accounts.html", {"lines": queries.account_lines()})


@console()
@require_GET
def account(request: HttpRequest, staff: StaffAccess, account_id: UUID) -> HttpResponse:
    return _account_page(request, staff, _line(account_id))


@console(*MAY_GRANT)
@require_POST
def grant(request: HttpRequest, staff: StaffAccess, account_id: UUID) -> HttpResponse:
    line = _line(account_id)
    form = GrantForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        entitlements.grant(account_id, given["service"], given["until"], actor=staff.actor)
        messages.success(request, _("Granted."))
        return redirect("accounts:operator_account", account_id)

    return try_form(form, act) or _account_page(request, staff, line, grant_form=form)


@console(*MAY_GRANT)
@require_POST
def withdraw(request: HttpRequest, staff: StaffAccess, account_id: UUID, entitlement_id: int) -> HttpResponse:
    granted = Entitlement.objects.filter(account_id=account_id, pk=entitlement_id).first()
    if granted is None:
        raise NotFound
    entitlements.withdraw(granted, actor=staff.actor)
    messages.success(request, _("Withdrawn. It ends now."))
    return redirect("accounts:operator_account", account_id)


@console(*MAY_LOOK)
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, staff: StaffAccess, account_id: UUID) -> HttpResponse:
    """The only way to an account's details: a stated reason, for some minutes, in the account's sight."""
    _line(account_id)
    form = LookForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.start_look(staff, account_id, given["reason"], given["minutes"])
        return redirect("accounts:operator_details", account_id)

    return try_form(form, act) or form_page(request, "operator/look.html", form, account_id=account_id)


@console(*MAY_LOOK)
@require_GET
def details(request: HttpRequest, staff: StaffAccess, account_id: UUID) -> HttpResponse:
    """The account with its names opened; NotFound unless this staff member's look still runs."""
    about = {
        "look": access_look(staff, account_id),
        "line": _line(account_id),
        "lines": queries.members_for_staff(account_id),
    }
    return render(request, "operator/details.html", about)


@console(*MAY_LOOK)
@require_POST
def enter(request: HttpRequest, staff: StaffAccess, account_id: UUID) -> HttpResponse:
    """Read the account's office pages while the look lasts; nothing can be changed there."""
    services.enter(current_session(request), access_look(staff, account_id))
    return redirect("accounts:overview")


@console()
@require_POST
def end_look(request: HttpRequest, staff: StaffAccess, look_id: int) -> HttpResponse:
    services.end_look(staff, look_id)
    messages.success(request, _("The account is closed again."))
    return redirect("accounts:operator")


@console("support", "moderation")
@require_POST
def require_password(request: HttpRequest, staff: StaffAccess, account_id: UUID, person_id: UUID) -> HttpResponse:
    services.require_password_change(staff, account_id, person_id)
    messages.success(request, _("Their sessions are ended. They must choose a new password to go on."))
    return redirect("accounts:operator_details", account_id)


@console("moderation")
@require_POST
def suspend(_request: HttpRequest, staff: StaffAccess, account_id: UUID, person_id: UUID) -> HttpResponse:
    """Leads to a case: nobody is suspended, or let in again, without a decision and its reason."""
    return redirect(services.conduct_case(staff, account_id, person_id))


def _line(account_id: UUID) -> AccountLine:
    line = queries.account_line(account_id)
    if line is None:
        raise NotFound
    return line


def _account_page(
    request: HttpRequest, staff: StaffAccess, line: AccountLine, grant_form: GrantForm | None = None
) -> HttpResponse:
    about = {
        "line": line,
        "numbers": queries.numbers_of(line.account.id),
        "look": queries.look_of(staff.person, line.account.id),
        "may_look": bool(staff.duties.intersection(MAY_LOOK)),
        "may_grant": bool(staff.duties.intersection(MAY_GRANT)),
        "form": grant_form or GrantForm(initial={"until": add_months(today(), 12)}),
    }
    return render(request, "operator/account.html", about, status=422 if grant_form else 200)
