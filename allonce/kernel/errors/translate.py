"""The one translator: any exception to a UserError, any UserError to an answer."""

import json
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from allonce.kernel.errors.types import Forbidden, NotFound, TooLarge, UserError

PROBLEM_JSON = "application/problem+json"


class ServerFault(UserError):
    """Our fault; the person learns nothing of its insides."""

    code = "server_fault"
    status = 500
    message = gettext_lazy("Something went wrong on our side. It has been noted. Please try again.")


class InvalidInput(UserError):
    """Some input is wrong; `fields` tells which."""

    code = "invalid"
    status = 422
    message = gettext_lazy("Please check the marked entries.")


_KNOWN: list[tuple[tuple[type[Exception], ...], type[UserError]]] = [
    ((Http404,), NotFound),
    ((PermissionDenied,), Forbidden),
    ((RequestDataTooBig,), TooLarge),
    ((BadRequest, SuspiciousOperation), UserError),
]


def as_user_error(error: BaseException) -> UserError:
    """What a person may know of `error`; everything unforeseen becomes a ServerFault."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, ValidationError):
        return InvalidInput(fields=_fields_of(error))
    return next((known() for kinds, known in _KNOWN if isinstance(error, kinds)), None) or ServerFault()


def answer(request: HttpRequest, error: UserError) -> HttpResponse:
    """The answer for a person's browser, or for a program."""
    made = problem(error) if wants_json(request) else page(request, error)
    for name, value in error.headers.items():
        made[name] = value
    return made


def problem(error: UserError) -> HttpResponse:
    """RFC 9457 problem details."""
    return HttpResponse(json.dumps(error.as_problem()), status=error.status, content_type=PROBLEM_JSON)


def page(request: HttpRequest, error: UserError) -> HttpResponse:
    """The error page."""
    return render(request, "errors/error.html", {"error": error}, status=error.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: an API address, or one that asks for JSON rather than HTML."""
    if request.path.startswith(("/api/", "/webhooks/")):
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def _fields_of(error: ValidationError) -> dict[str, str]:
    if not hasattr(error, "error_dict"):
        return {"__all__": " ".join(error.messages)}
    found: dict[str, Any] = error.message_dict
    return {name: " ".join(str(text) for text in texts) for name, texts in found.items()}
