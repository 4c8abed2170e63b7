"""Setup's pages of Users and devices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import TypeAdapter

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.devices import queries
from allonce.kernel.accounts.devices.forms import UserForm
from allonce.kernel.accounts.devices.qr import qr_drawing
from allonce.kernel.accounts.devices.services import asked, codes, unregistering, users
from allonce.kernel.accounts.devices.services.approval import Approval, approve_device, pending_device
from allonce.kernel.accounts.devices.services.registration import SERVICE
from allonce.kernel.accounts.keys.queries import renewal_due
from allonce.kernel.accounts.keys.requests import read_offer
from allonce.kernel.accounts.keys.services.wraps import current_key
from allonce.kernel.accounts.views.pages import form_page, try_form

OFFERED = TypeAdapter(Approval)


@office()
@require_GET
def user_list(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Users with their devices, devices that wait, and refused tries."""
    account_id = access.account.id
    about = {
        "rows": queries.user_rows(account_id),
        "pending": queries.pending_devices(account_id),
        "requests": queries.open_requests(account_id),
        "has_key": current_key(account_id) is not None,
        "renewal_due": renewal_due(account_id),
        "subscribed": entitlements.allows(account_id, SERVICE),
    }
    return render(request, "devices/users.html", about)


@office("owner", "office")
@require_http_methods(["GET", "POST"])
def add_user(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    form = UserForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        user = users.add_user(access, form.details(given))
        messages.success(request, _("User %s is added. Register a phone for them next.") % user.user_id)
        return redirect("devices:code", user.pk)

    return try_form(form, act) or form_page(request, "devices/user.html", form, user_row=None)


@office("owner", "office")
@require_http_methods(["GET", "POST"])
def edit_user(request: HttpRequest, access: AccountAccess, user_pk: UUID) -> HttpResponse:
    user = users.user_of(access, user_pk)
    form = UserForm(request.POST or None, initial=UserForm.values_of(user))

    def act(given: dict[str, Any]) -> HttpResponse:
        users.edit_user(access, user, form.details(given))
        messages.success(request, _("Saved. The phone learns it when it next synchronises."))
        return redirect("devices:users")

    return try_form(form, act) or form_page(request, "devices/user.html", form, user_row=user)


@office("owner", "office")
@require_POST
def switch_user(request: HttpRequest, access: AccountAccess, user_pk: UUID) -> HttpResponse:
    """Switch a User off, or on again."""
    user = users.user_of(access, user_pk)
    if user.active:
        users.deactivate_user(access, user)
        messages.success(request, _("User %s is switched off. You can switch them on again.") % user.user_id)
    else:
        users.activate_user(access, user)
        messages.success(request, _("User %s may register a phone again.") % user.user_id)
    return redirect("devices:users")


@never_cache
@office("owner", "office")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, access: AccountAccess, user_pk: UUID) -> HttpResponse:
    """How this User's phone is registered; a code is issued on demand and shown this once."""
    user = users.user_of(access, user_pk)
    about: dict[str, Any] = {"user_row": user}
    if request.method == "POST":
        issued = codes.issue_code(access, user)
        about |= {"issued": issued, "qr": qr_drawing(issued.link)}
    return render(request, "devices/code.html", about)


@office("owner", "office")
@require_POST
def unregister(request: HttpRequest, access: AccountAccess, device_id: UUID) -> HttpResponse:
    device = unregistering.device_of(access, device_id)
    unregistering.unregister_device(access, device)
    said = _("%s is unregistered. It locks and wipes itself at its next contact.") % device.name
    messages.success(request, said)
    return redirect("devices:users")


@office("owner", "office")
@require_POST
def tell(request: HttpRequest, access: AccountAccess, request_id: UUID) -> HttpResponse:
    asked.tell_reason(access, asked.request_of(access, request_id))
    messages.success(request, _("When that phone tries again, it is told the reason."))
    return redirect("devices:users")


@office("owner", "office")
@require_POST
def close(request: HttpRequest, access: AccountAccess, request_id: UUID) -> HttpResponse:
    asked.close_request(access, asked.request_of(access, request_id))
    messages.success(request, _("Dismissed. A new try shows again."))
    return redirect("devices:users")


@office("owner")
@require_GET
def compare(request: HttpRequest, access: AccountAccess, device_id: UUID) -> HttpResponse:
    """The fingerprint to compare, and the button that seals the account's key to the device."""
    device = pending_device(access.account.id, device_id)
    has_key = current_key(access.account.id) is not None
    return render(request, "devices/approve.html", {"device": device, "has_key": has_key})


@office("owner")
@require_POST
def approve(request: HttpRequest, access: AccountAccess, device_id: UUID) -> JsonResponse:
    """Body: {"fingerprint", "wrap", "generation"}, the wrap made in the owner's browser."""
    approval = read_offer(OFFERED, request)
    device = approve_device(access.account.id, device_id, approval, actor=access.actor)
    messages.success(request, _("%s is approved.") % device.name)
    return JsonResponse({"state": device.state})
