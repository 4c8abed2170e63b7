"""Turns errors that views raise into answers."""

from collections.abc import Awaitable, Callable

import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from allonce.kernel.errors.translate import ServerFault, answer, as_user_error

log = structlog.get_logger("allonce.errors")

Respond = Callable[[HttpRequest], HttpResponseBase]


class ErrorsMiddleware:
    """Every exception of a view becomes a page or a problem; unforeseen ones are logged, not quoted."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for `error`; only in debugging is an unforeseen one left to Django's own page."""
        known = as_user_error(error)
        if not isinstance(known, ServerFault):
            return answer(request, known)
        if settings.DEBUG:
            return None
        log.error("view_failed", exc_info=error, method=request.method, view=_view_name(request))
        return answer(request, known)


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
