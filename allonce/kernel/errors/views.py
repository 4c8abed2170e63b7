"""Django's handlers for what never reaches a view."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from allonce.kernel.errors.translate import ServerFault, answer
from allonce.kernel.errors.types import Forbidden, NotFound, UserError


class StaleForm(Forbidden):
    """The page that sent this form was open too long, or is not ours."""

    code = "stale_form"
    message = gettext_lazy("This page was open too long. Please go back, reload it and try again.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """The answer to a malformed request."""
    return answer(request, UserError())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """The answer to a refused request."""
    return answer(request, Forbidden())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """The answer to a form whose token does not fit."""
    return answer(request, StaleForm())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """The answer to an unknown address."""
    return answer(request, NotFound())


def server_fault(request: HttpRequest) -> HttpResponse:
    """The answer when we failed."""
    return answer(request, ServerFault())
