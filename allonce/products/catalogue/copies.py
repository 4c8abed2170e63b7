"""The Catalogue in copies of an account: prices as a spreadsheet, and what a restored one must be."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.pricing.check import check_catalogue
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products
from allonce.products.catalogue.importing.export import write_workbook
from allonce.products.catalogue.importing.screens.downloads import exported
from allonce.products.catalogue.models import Catalogue, Chunk, Entry, Part
from allonce.products.catalogue.personal import refuse_personal_data
from allonce.products.catalogue.services.editing import Unusable
from allonce.products.catalogue.services.pictures import is_picture

LEFT_OUT = {
    "catalogue.UndoStep": gettext_lazy("It is kept for a short while only, to take back an edit."),
    "catalogue.SheetImport": gettext_lazy(
        "What was imported is in the catalogue; the sheet itself stays with its owner."
    ),
}


def spreadsheet(account_id: UUID) -> Iterator[tuple[str, bytes]]:
    """All price tables and ranges of the draft, in the layout that imports back."""
    catalogue = Catalogue.objects.filter(account_id=account_id).first()
    draft = Draft(catalogue) if catalogue else None
    found = products.list_products(draft) if draft else []
    if draft and found:
        sheets = [exported(draft, each) for each in found]
        yield "catalogue.xlsx", write_workbook(sheets, str(products.read_settings(draft)["currency"]))


def clear_untouched(account_id: UUID) -> None:
    """A visit to the page of products makes a Catalogue in which nothing was ever written."""
    Catalogue.objects.filter(account_id=account_id, revision=0, version=0, parts=None).delete()


def check_restored(account_id: UUID) -> None:
    """Pieces are what their hashes say, read as a catalogue, and hold nothing personal. Raises UserError."""
    for catalogue in Catalogue.objects.filter(account_id=account_id):
        for part in Part.objects.filter(catalogue=catalogue, body__isnull=False).iterator(200):
            _check_body(part.path, bytes(part.body or b""))
        for chunk in Chunk.objects.filter(catalogue=catalogue).iterator(200):
            body = bytes(chunk.body)
            if paths.hash_of(body) != chunk.hash or len(body) != chunk.size:
                raise _broken()
            _check_body("", body)
        _check_versions(catalogue)
        _check_draft(catalogue)


def _check_body(path: str, body: bytes) -> None:
    """A published piece does not say its path: what is no picture must be JSON."""
    if path.startswith(paths.PICTURES) or (not path and is_picture(body)):
        if not is_picture(body):
            raise _broken()
        return
    try:
        refuse_personal_data(paths.from_bytes(body))
    except (ValueError, RecursionError) as error:
        raise _broken() from error


def _check_versions(catalogue: Catalogue) -> None:
    numbers = set(catalogue.versions.values_list("number", flat=True))
    if numbers != set(range(1, catalogue.version + 1)):
        raise _broken()
    if Entry.objects.filter(catalogue=catalogue).exclude(chunk__catalogue=catalogue).exists():
        raise _broken()


def _check_draft(catalogue: Catalogue) -> None:
    """An unfinished draft has problems and is taken; one that cannot even be read is not."""
    try:
        check_catalogue(json.loads(json.dumps(products.assemble(Draft(catalogue)))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken() from error


def _broken() -> Unusable:
    return Unusable(_("The catalogue in this backup does not hang together. Nothing was changed."))
