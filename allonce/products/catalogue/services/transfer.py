"""The whole draft as one file in the open format of docs/catalogue-format.md, and back."""

import base64
import json
from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel import uploads
from allonce.kernel.accounts.access import AccountAccess
from allonce.pricing.check import check_catalogue
from allonce.pricing.chunks import split
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Unusable, editing
from allonce.products.catalogue.services.pictures import shrink

MOST_BYTES = 30_000_000


def export_draft(draft: Draft) -> dict[str, Any]:
    """The assembled draft, with `pictures` added as base64 by id."""
    pictures = {
        path.removeprefix(paths.PICTURES): base64.b64encode(body).decode()
        for path, body in draft.bodies_under(paths.PICTURES)
    }
    return products.assemble(draft) | {"pictures": pictures}


def import_draft(access: AccountAccess, file: bytes) -> UndoStep | None:
    """Replaces the whole draft by the file's, with one way back. Raises Unusable, PersonalData, Malware and
    ScannerDown."""
    catalogue, pictures = _read(file)
    with editing(access, "draft_imported", undoable=True) as edit:
        edit.remove_under(paths.EVERYTHING)
        for path, value in split(catalogue).items():
            edit.write(path, value)
        for picture_id, body in pictures.items():
            edit.write_bytes(paths.picture(picture_id), body)
    return edit.undo


def _read(file: bytes) -> tuple[Any, dict[str, bytes]]:
    if len(file) > MOST_BYTES:
        raise Unusable(fields={"file": _("This file is over 30 MB. Import products one by one.")})
    uploads.refuse_malware(file)
    try:
        catalogue = json.loads(file)
        pictures = {key: base64.b64decode(text) for key, text in catalogue.pop("pictures", {}).items()}
        faults = [problem for problem in check_catalogue(catalogue) if problem["severity"] == "error"]
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable() from error
    if faults or not all(paths.is_id(name) for name in _ids(catalogue, pictures)):
        raise _unreadable()
    return catalogue, {key: shrink(body) for key, body in pictures.items()}


def _ids(catalogue: dict[str, Any], pictures: dict[str, bytes]) -> list[str]:
    return [*catalogue["products"], *catalogue["tables"], *pictures]


def _unreadable() -> Unusable:
    return Unusable(fields={"file": _("This is no catalogue file. Choose one that was saved from this page.")})
