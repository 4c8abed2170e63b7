"""People of an account and invitations to colleagues."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import queries
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.forms import InviteForm
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import memberships
from allonce.kernel.accounts.services.sessions import end_for_owner
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound


@office()
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Everybody sees colleagues; only owners invite."""
    if request.method == "POST" and not access.is_owner:
        raise NotFound
    form = InviteForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        memberships.invite(access, given["email"], given["role"])
        messages.success(request, _("The invitation is on its way. It is good for a week."))
        return redirect("accounts:people")

    about = {
        "members": queries.members(access.account.id),
        "invitations": queries.open_invitations(access.account.id),
        "roles": Role.choices,
    }
    return try_form(form, act) or form_page(request, "accounts/people.html", form, **about)


@office("owner")
@require_POST
def withdraw_invitation(request: HttpRequest, access: AccountAccess, invitation_id: UUID) -> HttpResponse:
    memberships.withdraw(access, invitation_id)
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("accounts:people")


@office("owner")
@require_POST
def change_role(request: HttpRequest, access: AccountAccess, membership_id: int) -> HttpResponse:
    return _changed(
        request,
        lambda: memberships.change_role(access, membership_id, request.POST.get("role", "")),
        _("The role is changed."),
    )


@office("owner")
@require_POST
def remove(request: HttpRequest, access: AccountAccess, membership_id: int) -> HttpResponse:
    return _changed(
        request,
        lambda: memberships.remove(access, membership_id),
        _("They no longer belong to this account. You can invite them again."),
    )


@office("owner")
@require_GET
def sessions(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Every browser in which somebody works in this account now."""
    about = {"sessions": queries.sessions_in(access.account.id)}
    return render(request, "accounts/people_sessions.html", about)


@office("owner")
@require_POST
def end_session(request: HttpRequest, access: AccountAccess, session_id: UUID) -> HttpResponse:
    end_for_owner(access, session_id)
    messages.success(request, _("That session is ended. They can sign in again."))
    return redirect("accounts:people_sessions")


def _changed(request: HttpRequest, act: Any, said: str) -> HttpResponse:
    """Do it and say so, or say why not, on the page of people."""
    try:
        act()
        messages.success(request, said)
    except memberships.LastOwner as error:
        messages.error(request, str(error))
    return redirect("accounts:people")
