"""What may be reported. Rooms and products register what they show to others, and how it is taken down and put back."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.kinds import Fact

SALT = "casework.report"


class Reportable(Protocol):
    """One sort of content that people outside an account see."""

    model: str
    """The row that holds it, such as "shop.Page"; a reference is made of this and the row's id."""
    label: Any
    """What it is called to whoever reports it, without naming anybody."""

    def account_of(self, row_id: UUID) -> UUID | None:
        """The account that answers for it, or None if it is gone."""

    def show(self, row_id: UUID) -> Sequence[Fact]:
        """What staff look at, once they gave a reason for looking."""

    def take_down(self, mandate: Mandate, row_id: UUID) -> dict[str, Any]:
        """Remove it from others' sight; the answer is what `put_back` needs, as JSON."""

    def put_back(self, mandate: Mandate, row_id: UUID, kept: dict[str, Any]) -> None:
        """Show again what was taken down, leaving what its owner has put in its place."""


_reportable: dict[str, Reportable] = {}


def register_reportable(content: Reportable) -> None:
    """Let such content be reported. Called in an app's `ready`."""
    _reportable[content.model] = content


def reportable(model: str) -> Reportable:
    """The registered content of that model. Raises KeyError."""
    return _reportable[model]


def labels() -> list[Any]:
    """What may be reported, as shown on the page about decisions."""
    return [each.label for each in _reportable.values()]


def report_link(model: str, row_id: UUID) -> str:
    """The full address where this content is reported; for the place where it shows."""
    reference = signing.Signer(salt=SALT).sign_object([model, row_id.hex])
    return f"{settings.PUBLIC_URL}{reverse('casework:report', args=[reference])}"


def by_reference(reference: str) -> tuple[Reportable, UUID] | None:
    """What a reference names, or None if it is not one of ours or names what no longer is."""
    try:
        model, row = signing.Signer(salt=SALT).unsign_object(reference)
    except (signing.BadSignature, ValueError):
        return None
    found = _reportable.get(model)
    return (found, UUID(row)) if found else None
