"""Quoting in copies of an account: how documents look, and what was sent, without what only this relay knows."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.products.quoting.documents.store import UnreadableLogo, brand_of, clean_logo
from allonce.products.quoting.models import DocumentSettings

WRITTEN_EMPTY = {
    "quoting.Delivery.message_hash": gettext_lazy("It leads to a report of the relay that this installation uses."),
}


def check_restored(account_id: UUID) -> None:
    """The logo is a picture and the brand has no fields that documents do not know. Raises UnreadableLogo."""
    kept = DocumentSettings.objects.filter(account_id=account_id).first()
    if kept is None:
        return
    try:
        if kept.logo:
            clean_logo(kept.logo)
        brand_of(account_id)
    except (TypeError, ValueError, AttributeError, OSError) as error:
        raise UnreadableLogo(_("How documents look could not be read from this backup.")) from error
