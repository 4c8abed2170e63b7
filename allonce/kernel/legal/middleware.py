"""Nobody uses a service before agreeing to its current terms: people who have not reach only what stays open."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import navigation, tenancy
from allonce.kernel.errors import UserError
from allonce.kernel.errors.translate import problem, wants_json
from allonce.kernel.legal.ports import always_open
from allonce.kernel.legal.queries import outstanding


class AgreementNeeded(UserError):
    """The person has not agreed to the current terms."""

    code = "agreement_needed"
    status = 403
    message = gettext_lazy("Read and agree to the current terms first. Open any page to do so.")


class AgreementMiddleware:
    """Stands between signed-in people and every view that is not registered as always open.

    Phones are not people signed in: they show a token, and their addresses are registered as open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """An answer instead of the view's, or None to go on."""
        session = getattr(request, "sign_in_session", None)
        if session is None or stays_open(request):
            return None
        with tenancy.across_accounts():
            missing = outstanding(session)
        return _detour(request) if missing else None


def stays_open(request: HttpRequest) -> bool:
    """Whether this address is reached without agreement: registered, or in the foot of every public page."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name in {entry.url_name for entry in navigation.entries("public")}:
        return True
    places = [each.where for each in always_open()]
    return name in places or any(each.startswith("/") and request.path.startswith(each) for each in places)


def _detour(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return problem(AgreementNeeded())
    page = reverse("legal:agree")
    if "HX-Request" in request.headers:
        return HttpResponse(status=403, headers={"HX-Redirect": page})
    back = request.get_full_path() if request.method == "GET" else ""
    return redirect(f"{page}?{urlencode({'next': back})}" if back else page)
