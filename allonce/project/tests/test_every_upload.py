"""Whatever people hand in, by whichever page, goes through the one door for files."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from allonce.kernel import uploads
from allonce.kernel.desk.services.filing import from_form
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.requests.files import UnfitFile, judged
from allonce.kernel.uploads.scanner import EICAR
from allonce.products.catalogue.importing.reading import read_file
from allonce.products.catalogue.services.editing import Unusable
from allonce.products.catalogue.services.pictures import shrink
from allonce.products.catalogue.services.transfer import import_draft
from allonce.products.quoting.documents.pictures import UnreadablePicture, read_photo
from allonce.products.quoting.documents.store import clean_logo
from allonce.products.vacancies.papers import NotAPaper, require_pdf

pytestmark = pytest.mark.promise("SEC-UPLOADS")
ROOT = Path(__file__).resolve().parents[2]
# Who may decode a picture by itself: only what this installation wrote.
DECODERS = {
    "products/dating/noticing/pictures.py": "measures a photo that the door encoded",
    "kernel/uploads/pictures.py": "the door itself",
    "products/quoting/documents/store.py": "the size of a logo that was encoded here",
    "products/catalogue/services/pictures.py": "the size of a picture in a backup; its pixels are not decoded",
}
# Who may take a file out of a request, and what it does with it: see the tests below.
TAKERS = {
    "products/quoting/parcels.py": "photos to read_photo; the job and its sealed file are read as JSON and passed on",
    "products/quoting/documents/views.py": "logo to clean_logo",
    "products/catalogue/views/transfer.py": "catalogue file to import_draft",
    "products/catalogue/views/ranges.py": "colour picture to shrink",
    "products/catalogue/importing/screens/views.py": "price sheet to read_file",
    "kernel/privacy/requests/views/public.py": "a copy of an identity document to judged",
    "kernel/privacy/requests/views/disclosures.py": "a copy of what was given to judged",
    "products/vacancies/views/public.py": "a CV to require_pdf",
    "products/chat/agents/api.py": "a picture to files.keep, which hands it to the door",
    "products/chat/visitor/views.py": "a picture to files.keep, which hands it to the door",
    "products/dating/views/enclosures.py": "a picture or a voice note to enclosing.keep, which hands it to the door",
    "products/chat/portal/views/agents.py": "a picture to set_up.set_picture, which hands it to the door",
    "products/chat/portal/views/settings.py": "a logo to the door",
    "products/chat/provisioning/views.py": "a table of businesses, read as text line by line",
    "products/dating/views/contacts.py": "an address book to refuse_malware, then read as text line by line",
    "kernel/desk/views/public.py": "a file of a question to from_form",
    "kernel/desk/views/people.py": "a file of a question to from_form",
    "kernel/desk/views/staff.py": "a file of a call to from_form",
    "kernel/desk/views/acts.py": "a file of an answer to from_form",
    "project/backup/account/views.py": "a backup, whose every part is checked against its own list and rules",
}


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(written, "PNG")
    return written.getvalue()


def sources_with(pattern: str) -> set[str]:
    files = [path for path in ROOT.rglob("*.py") if "tests" not in path.parts]
    return {str(path.relative_to(ROOT)) for path in files if re.search(pattern, path.read_text())}


def test_nobody_decodes_a_picture_beside_the_door() -> None:
    unknown = sources_with(r"Image\.open\(") - DECODERS.keys()
    assert not unknown, f"take pictures with uploads.accept or accept_image: {unknown}"


def test_every_place_that_takes_a_file_is_known_or_uses_the_door_itself() -> None:
    takers = sources_with(r"request\.FILES") - TAKERS.keys()
    unknown = {each for each in takers if "uploads" not in (ROOT / each).read_text()}
    assert not unknown, f"hand the file to uploads.accept: {unknown}"


def take_draft(data: bytes) -> Any:
    access: Any = None  # refused before anybody asks whose catalogue it is
    return import_draft(access, data)


@pytest.mark.parametrize(
    ("take", "data", "refusal"),
    [
        (clean_logo, EICAR, uploads.Malware),
        (clean_logo, picture() + EICAR, uploads.Malware),
        (shrink, picture() + EICAR, Unusable),
        (read_photo, picture() + EICAR, UnreadablePicture),
        (lambda data: from_form(SimpleUploadedFile("rail.png", data)), picture() + EICAR, uploads.Malware),
        (judged, picture() + EICAR, UnfitFile),
        (require_pdf, b"%PDF-1.7\n" + EICAR, NotAPaper),
        (lambda data: read_file(data, "prices.csv"), b"Range,Price\nLinen,12\n" + EICAR, uploads.Malware),
        (take_draft, b'{"a": "' + EICAR + b'"}', uploads.Malware),
    ],
)
def test_the_test_file_is_refused_wherever_files_are_taken(
    take: Callable[[bytes], Any], data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        take(data)
    if isinstance(refused.value, UserError):
        assert "malware" in f"{refused.value.message}{refused.value.fields}"


def test_a_name_that_lies_is_refused_where_names_are_given() -> None:
    with pytest.raises(uploads.NotAsNamed):
        clean_logo(picture(), "logo.exe")
    with pytest.raises(Unusable):
        shrink(picture(), "linen.pdf")
    with pytest.raises(uploads.NotAsNamed):
        read_file(b"Range,Price\nLinen,12\n", "prices.pdf")


def test_photos_of_a_job_are_encoded_afresh_and_keep_their_size() -> None:
    taken = read_photo(picture() + b"appended by somebody")
    assert b"appended" not in taken.data
    assert (taken.width, taken.height) == (30, 20)
