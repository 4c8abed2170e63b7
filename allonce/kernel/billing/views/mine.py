"""What a person sees of their own payments: credits, purchases with receipts, subscriptions and how to end them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import sessions
from allonce.kernel.accounts.views.pages import safe_next
from allonce.kernel.billing import queries
from allonce.kernel.billing.errors import SellerRefused, SellerSilent
from allonce.kernel.billing.purchases import ordering
from allonce.kernel.billing.subscriptions import cancelling
from allonce.kernel.errors import UserError
from allonce.kernel.vault import Scope

LINES = 25
PURCHASES = 20


@signed_in
@require_GET
def mine(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """Everything on one page, the subscription first."""
    owner = _owner(session)
    units = [
        queries.unit_page(account, request.GET.get(f"{account.unit}-page", ""), LINES)
        for account in queries.accounts(owner)
    ]
    bought = Paginator(queries.purchases_of(owner), PURCHASES).get_page(request.GET.get("page"))
    shown = {
        "units": units,
        "subscriptions": [queries.standing(each) for each in queries.subscriptions_of(owner)],
        "bought": bought,
        "lines": [queries.receipt(each) for each in bought.object_list],
    }
    return render(request, "billing/mine.html", shown)


@signed_in
@require_http_methods(["GET", "POST"])
def purchase(request: HttpRequest, session: SignInSession, purchase_id: UUID) -> HttpResponse:
    """One purchase as a receipt; while the seller's report is on its way the page says so, and can be asked again."""
    found = queries.own_purchase(_owner(session), purchase_id)
    if request.method == "POST":
        try:
            ordering.ask_again(found)
        except (SellerSilent, SellerRefused) as error:
            messages.error(request, str(error.message))
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    shown = {"receipt": queries.receipt(found), "next": safe_next(request, "")}
    return render(request, "billing/purchase.html", shown)


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, session: SignInSession, subscription_id: UUID) -> HttpResponse:
    """Refuse the renewal: what that means stands above the button."""

    def act(owner: Scope) -> str:
        held = cancelling.cancel(owner, subscription_id, actor=sessions.actor_of(session))
        if held.state == held.State.CANCELLED:
            return _("Cancelled. It does not renew, and you keep it until its end.")
        if held.state == held.State.ENDED:
            return _("Cancelled. It has ended, and nothing is owed.")
        return _("Cancelled too late for the coming renewal: it renews once more and ends with that term.")

    return _step(request, session, subscription_id, "billing/cancel.html", act)


@signed_in
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, session: SignInSession, subscription_id: UUID) -> HttpResponse:
    """End at once what may be ended at any time; the rest of the price goes back."""

    def act(owner: Scope) -> str:
        cancelling.leave(owner, subscription_id, actor=sessions.actor_of(session))
        return _("Ended. The rest of the price goes back the way it came, within 30 days at the latest.")

    return _step(request, session, subscription_id, "billing/leave.html", act)


def _step(request: HttpRequest, session: SignInSession, subscription_id: UUID, page: str, act: Any) -> HttpResponse:
    owner = _owner(session)
    held = queries.own_subscription(owner, subscription_id)
    error = None
    if request.method == "POST":
        try:
            messages.success(request, act(owner))
            return redirect("billing:mine")
        except UserError as refused:
            error = refused
            held.refresh_from_db()
    shown = {"standing": queries.standing(held), "error": error}
    return render(request, page, shown, status=error.status if error else 200)


def _owner(session: SignInSession) -> Scope:
    return Scope("person", session.person_id)
