"""JSON that a browser of the office sends about keys."""

from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from pydantic import TypeAdapter, ValidationError

from allonce.kernel.errors import UserError

Offer = TypeVar("Offer")


class NotUnderstood(UserError):
    """The body is not what this address takes."""

    code = "invalid"
    status = 422
    message = gettext_lazy("The page sent something that was not understood. Load it again.")


def read_offer(kind: TypeAdapter[Offer], request: HttpRequest) -> Offer:
    """The body as this kind of offer, or NotUnderstood."""
    try:
        return kind.validate_json(request.body)
    except ValidationError as error:
        raise NotUnderstood from error
