"""Photos, sketches and the signature of a job as pictures that can be typeset."""

import re
from collections.abc import Mapping
from typing import Any

from defusedxml.ElementTree import fromstring

from allonce.kernel import uploads
from allonce.products.quoting.documents.contract import DocumentJob, Picture
from allonce.products.quoting.documents.typeset import strokes_as_svg

# Path commands and figures only: nothing that could name a file or an address.
STROKES = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE\s,.+-]*")
LONGEST_PATH = 400_000
LARGEST_PIXELS = 50_000_000


class UnreadablePicture(ValueError):
    """A posted picture is not the JPEG or PNG that it claims to be, is too large, or was refused as malware."""


def read_photo(data: bytes) -> Picture:
    """A posted photo, encoded afresh in memory. Raises UnreadablePicture."""
    try:
        bounds = uploads.Bounds(len(data), LARGEST_PIXELS)
        photo = uploads.accept_image(data, "", {"jpeg", "png"}, bounds, in_memory_only=True)
    except uploads.TooManyPixels as error:
        raise UnreadablePicture("A photo has too many pixels to print.") from error
    except uploads.UploadRefused as error:
        raise UnreadablePicture("A photo could not be read. Take it again.") from error
    written = photo.written()
    return Picture(written.data, f"image/{written.kind}", photo.image.width, photo.image.height)


def item_pictures(document: DocumentJob) -> dict[str, Picture]:
    """Photos as posted, and sketches drawn from their strokes, by id."""
    sketches = {sketch["id"]: _sketch(sketch) for sketch in document.job.get("sketches", [])}
    return {**document.photos, **{name: drawn for name, drawn in sketches.items() if drawn}}


def signature_picture(job: Mapping[str, Any]) -> dict[str, Picture]:
    """The Customer's signature, if the job was signed."""
    signature = job.get("signature")
    drawn = _strokes(signature["svg_path"], int(signature["width"]), int(signature["height"])) if signature else None
    return {"signature": drawn} if drawn else {}


def _sketch(sketch: Mapping[str, Any]) -> Picture | None:
    if sketch.get("svg_path"):
        return _strokes(sketch["svg_path"], int(sketch["width"]), int(sketch["height"]))
    root = fromstring(sketch["svg"])
    paths = " ".join(found.get("d", "") for found in root.iter() if found.tag.endswith("path"))
    box = [round(float(part)) for part in (root.get("viewBox") or "0 0 800 600").split()]
    return _strokes(paths, box[2], box[3])


def _strokes(path: str, width: int, height: int) -> Picture | None:
    if not path.strip() or len(path) > LONGEST_PATH or not STROKES.fullmatch(path):
        return None
    return strokes_as_svg(path, max(1, width), max(1, height))
