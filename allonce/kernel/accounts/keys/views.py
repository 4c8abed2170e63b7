"""Setup's pages of the account's key. All keys are made and opened by the browser; these carry wraps only."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from pydantic import TypeAdapter

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.keys import queries
from allonce.kernel.accounts.keys.points import fingerprint
from allonce.kernel.accounts.keys.requests import read_offer
from allonce.kernel.accounts.keys.services.holders import add_holder, remove_passkey
from allonce.kernel.accounts.keys.services.making import renew_key, set_up_key
from allonce.kernel.accounts.keys.services.offers import FirstKey, NewHolder, NewWrap, Renewal
from allonce.kernel.accounts.keys.services.wraps import current_key


@dataclass(frozen=True)
class Addition:
    """A further holder, with the present generation sealed to it."""

    holder: NewHolder
    wrap: NewWrap
    generation: int


FIRST = TypeAdapter(FirstKey)
RENEWAL = TypeAdapter(Renewal)
ADDITION = TypeAdapter(Addition)


@office()
@require_GET
def keys(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """The account's key: who holds it, and the one next thing to do."""
    key = current_key(access.account.id)
    about = {
        "key": key,
        "fingerprint": fingerprint(key.public_key) if key else "",
        "holders": queries.holder_rows(access),
        "devices": queries.approved_devices(access.account.id),
        "renewal_due": queries.renewal_due(access.account.id),
    }
    return render(request, "devices/keys.html" if key else "devices/keys_setup.html", about)


@office()
@require_GET
def open_file(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Opens a job file within the browser."""
    return render(request, "devices/open.html", {"has_key": current_key(access.account.id) is not None})


@never_cache
@office("owner", "office")
@require_GET
def state(request: HttpRequest, access: AccountAccess) -> JsonResponse:  # noqa: ARG001 (a view's signature)
    """Public keys, locks and wraps, for the browser that opens them."""
    return JsonResponse(queries.keys_for_office(access))


@office("owner")
@require_POST
def set_up(request: HttpRequest, access: AccountAccess) -> JsonResponse:
    key = set_up_key(access, read_offer(FIRST, request))
    messages.success(request, _("The key is set up. Keep the printed code where you keep the deeds."))
    return JsonResponse({"generation": key.generation}, status=201)


@office("owner")
@require_POST
def renew(request: HttpRequest, access: AccountAccess) -> JsonResponse:
    key = renew_key(access, read_offer(RENEWAL, request))
    messages.success(request, _("The key is renewed. Old job files still open."))
    return JsonResponse({"generation": key.generation}, status=201)


@office("owner", "office")
@require_POST
def add(request: HttpRequest, access: AccountAccess) -> JsonResponse:
    offer = read_offer(ADDITION, request)
    holder = add_holder(access, offer.holder, offer.wrap, offer.generation)
    printed = holder.kind == "recovery"
    said = _("The new printed code is good. Destroy the old one.") if printed else _("Your passkey opens job files.")
    messages.success(request, said)
    return JsonResponse({"id": str(holder.pk)}, status=201)


@office("owner", "office")
@require_POST
def remove(request: HttpRequest, access: AccountAccess, holder_pk: UUID) -> HttpResponse:
    remove_passkey(access, holder_pk)
    messages.success(request, _("That passkey opens nothing any more. Renew the key to be sure."))
    return redirect("devices:keys")
