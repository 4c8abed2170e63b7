"""Colour pictures: read, turned upright, scaled down and written anew, so that no byte of the upload
survives."""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from allonce.kernel import uploads
from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft.ranges import key_of, read_ranges, write_ranges
from allonce.products.catalogue.services.editing import Gone, Unusable, editing
from allonce.products.catalogue.services.ranges import Key

EDGE = 160
MOST_BYTES = 12_000_000
MOST_PIXELS = 60_000_000
_UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
KINDS: frozenset[uploads.Kind] = frozenset({"jpeg", "png", "webp", "gif", "bmp", "tiff"})


def set_picture(access: AccountAccess, product_id: str, key: Key, upload: bytes) -> str:
    """Shows `upload` as the picture of this range and colour. Returns the picture's id. Raises Gone,
    Unusable."""
    body = shrink(upload)
    picture_id = f"i_{paths.hash_of(body)[:16]}"
    with editing(access, "picture_set", about=paths.product(product_id)) as edit:
        rows = read_ranges(edit, product_id)
        row = next((row for row in rows if key_of(row) == key), None)
        if row is None:
            raise Gone()
        row["picture"] = picture_id
        edit.write_bytes(paths.picture(picture_id), body)
        write_ranges(edit, product_id, rows)
    return picture_id


def shrink(upload: bytes, name: str = "") -> bytes:
    """The picture as a small WebP without metadata. Raises Unusable for what cannot be taken, and ScannerDown."""
    try:
        taken = uploads.accept_image(upload, name, KINDS, uploads.Bounds(MOST_BYTES, MOST_PIXELS))
    except uploads.UploadRefused as error:
        raise Unusable(fields={"picture": _why(error)}) from error
    return encode(taken.image.convert("RGB"))


def _why(refusal: uploads.UploadRefused) -> str:
    if isinstance(refusal, uploads.TooBig):
        return _("This picture is over 12 MB. Choose a smaller one.")
    if isinstance(refusal, uploads.TooManyPixels):
        return _("This picture is too large. Choose a smaller one.")
    if isinstance(refusal, uploads.Malware | uploads.NotAsNamed):
        return str(refusal.message)
    return _("This file is no picture. Choose a JPEG, PNG or WebP.")


def is_picture(body: bytes) -> bool:
    """Whether these bytes are a small picture as `encode` writes them."""
    try:
        with Image.open(BytesIO(body), formats=["WEBP"]) as found:
            return found.size == (EDGE, EDGE)
    except _UNREADABLE:
        return False


def encode(image: Image.Image) -> bytes:
    """A square WebP of a few hundred to a few thousand bytes."""
    small = ImageOps.fit(image, (EDGE, EDGE))
    written = BytesIO()
    small.save(written, "WEBP", quality=70, method=4)
    return written.getvalue()
