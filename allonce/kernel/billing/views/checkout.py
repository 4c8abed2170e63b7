"""The page on which something is ordered, with the price, the terms and a button that states the obligation to pay."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import sessions
from allonce.kernel.accounts.views.pages import safe_next
from allonce.kernel.billing import queries
from allonce.kernel.billing.purchases import ordering
from allonce.kernel.errors import NotFound, TooMany, UserError
from allonce.kernel.vault import Scope

View = Callable[..., HttpResponseBase]


def _leads_to_seller(view: View) -> View:
    """Let the order's form lead to the seller's payment page, and to nobody else's."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        parts = urlsplit(settings.STRIPE_CHECKOUT)
        allowed = csp_update({"form-action": [f"{parts.scheme}://{parts.netloc}"]})
        return allowed(view)(request, *args, **named)

    return shown


@_leads_to_seller
@signed_in
@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest, session: SignInSession, code: str) -> HttpResponse:
    """Order a pack or a plan. `next` is a path of ours to come back to. The card is typed at the seller's."""
    owner, back = Scope("person", session.person_id), safe_next(request, "")
    error: UserError | None = None
    if request.method == "POST":
        try:
            url = ordering.order(owner, code, actor=sessions.actor_of(session), back=back)
            return HttpResponseRedirect(url)
        except (TooMany, NotFound):
            raise
        except UserError as refused:
            error = refused
    shown = {"offer": queries.offer(owner, code), "next": back, "error": error}
    return render(request, "billing/checkout.html", shown, status=error.status if error else 200)
