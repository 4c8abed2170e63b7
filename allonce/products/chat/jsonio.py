"""JSON in and out of views that are no part of the typed API: read in bounds, answered with problems (RFC 9457)."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from allonce.kernel.errors import TooLarge, UserError
from allonce.kernel.errors.translate import InvalidInput, problem

LARGEST = 64 * 1024
View = Callable[..., HttpResponseBase]


class Body(BaseModel):
    """What a script sends. Names that we do not know are refused, so that a slip is noticed."""

    model_config = ConfigDict(extra="forbid", str_max_length=20_000)


Given = TypeVar("Given", bound=Body)


def read(request: HttpRequest, kind: type[Given]) -> Given:
    """The request's body. Raises InvalidInput with the wrong fields, or TooLarge beyond 64 kB."""
    if len(request.body) > LARGEST:
        raise TooLarge
    try:
        given = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise InvalidInput(_("That is no JSON.")) from error
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        # Only places and kinds of faults: what was given may be personal and never comes back.
        places = {
            ".".join(map(str, each["loc"])) or "__all__": each["msg"] for each in error.errors(include_input=False)
        }
        raise InvalidInput(fields=places) from error


def answer(found: Any, status: int = 200) -> HttpResponse:
    """Any JSON value; no cache keeps it."""
    made = JsonResponse(found, status=status, safe=False)
    made["Cache-Control"] = "private, no-store"
    made["X-Content-Type-Options"] = "nosniff"
    return made


def problems(view: View) -> View:
    """Answer what people may read as problem+json, whatever the caller accepts."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except UserError as error:
            made = problem(error)
            for name, value in error.headers.items():
                made[name] = value
            return made

    return answered
