"""A shop's letterhead as content that whoever gets a quote may report: logo, address and texts."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.kinds import Fact
from allonce.kernel.clock import now
from allonce.products.quoting.documents.store import identity_of
from allonce.products.quoting.models import DocumentSettings

# How it looks and what it adds up is no content that could be reported.
SHOWN = ("name", "address", "website", "payment_details", "terms", "intro", "closing", "mail")


class Letterheads:
    """Taken down, documents carry the shop's name and email on plain paper until the shop writes them anew."""

    model = "quoting.DocumentSettings"
    label = gettext_lazy("The logo and texts of a quote")

    def account_of(self, row_id: UUID) -> UUID | None:
        return DocumentSettings.objects.filter(pk=row_id).values_list("account_id", flat=True).first()

    def show(self, row_id: UUID) -> list[Fact]:
        kept = DocumentSettings.objects.get(pk=row_id)
        texts = [Fact(name, _as_text(kept.brand[name])) for name in SHOWN if kept.brand.get(name)]
        logo = f"data:image/png;base64,{b64encode(kept.logo).decode()}" if kept.logo else ""
        return [*texts, Fact(_("Logo"), picture=logo)] if logo else texts

    def take_down(self, mandate: Mandate, row_id: UUID) -> dict[str, Any]:
        mandate.exercise()
        settings = DocumentSettings.objects.select_for_update().get(pk=row_id)
        kept = {"brand": settings.brand, "logo": b64encode(settings.logo).decode() if settings.logo else ""}
        _write(settings, identity_of(settings.account_id), None)
        return kept

    def put_back(self, mandate: Mandate, row_id: UUID, kept: dict[str, Any]) -> None:
        mandate.exercise()
        settings = DocumentSettings.objects.select_for_update().get(pk=row_id)
        # What the shop has written since stands: it was not what was removed.
        brand = {**kept["brand"], **_changed_since(settings)}
        logo = settings.logo or (b64decode(kept["logo"]) if kept["logo"] else None)
        _write(settings, brand, logo)


def _changed_since(settings: DocumentSettings) -> dict[str, Any]:
    plain = identity_of(settings.account_id)
    return {name: value for name, value in settings.brand.items() if value and plain.get(name) != value}


def _write(settings: DocumentSettings, brand: dict[str, Any], logo: bytes | None) -> None:
    settings.brand, settings.logo, settings.changed_at = brand, logo, now()
    settings.save()


def _as_text(value: Any) -> str:
    """A letterhead's text, list of lines, or texts by kind of document, for reading."""
    if isinstance(value, dict):
        return "\n".join(f"{name}: {text}" for name, text in value.items() if text)
    return "\n".join(value) if isinstance(value, list | tuple) else str(value)
