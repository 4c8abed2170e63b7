"""The same translation for django-ninja."""

from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from allonce.kernel.errors.translate import InvalidInput, ServerFault, answer, as_user_error
from allonce.kernel.errors.types import UserError

log = structlog.get_logger("allonce.errors")


class SignInNeeded(UserError):
    """The caller has not said who they are, or not truly."""

    code = "sign_in_needed"
    status = 401
    message = gettext_lazy("Sign in first.")


def install(api: NinjaAPI) -> None:
    """Make `api` answer every error as an RFC 9457 problem."""
    for kind in (Exception, Http404):  # ninja answers Http404 itself unless told otherwise
        api.add_exception_handler(kind, _answer)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unauthenticated)
    api.add_exception_handler(HttpError, _http_error)


def _answer(request: HttpRequest, error: Any) -> HttpResponse:
    known = as_user_error(error)
    if isinstance(known, ServerFault):
        log.error("api_failed", exc_info=error, method=request.method)
    return answer(request, known)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    # Only the place and the kind of each fault: the value given may be personal and never comes back.
    fields = {".".join(str(part) for part in item["loc"][1:]): item["msg"] for item in error.errors}
    return answer(request, InvalidInput(fields=fields))


def _unauthenticated(request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(request, SignInNeeded())


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    known = UserError(str(error))
    known.status = error.status_code
    return answer(request, known)
