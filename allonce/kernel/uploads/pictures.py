"""Pictures, decoded within bounds and encoded afresh: nothing of the file but its pixels goes on."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from allonce.kernel.uploads.kinds import Kind
from allonce.kernel.uploads.refusals import TooManyPixels, Unreadable

MOST_PIXELS = 50_000_000
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)
# What is written for each kind that is read; the old ones become PNG.
WRITTEN: dict[Kind, Kind] = {"jpeg": "jpeg", "png": "png", "webp": "webp", "gif": "png", "bmp": "png", "tiff": "png"}
JPEG_QUALITY = 90


def decode(data: bytes, kind: Kind, most_pixels: int = MOST_PIXELS) -> Image.Image:
    """The upright picture, its first frame only. Raises TooManyPixels before decoding, and Unreadable."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as found:
            if found.width * found.height > most_pixels:
                raise TooManyPixels
            return ImageOps.exif_transpose(found.convert("RGBA" if _is_see_through(found) else "RGB"))
    except _UNREADABLE as error:
        raise Unreadable from error


def encode(image: Image.Image, kind: Kind) -> bytes:
    """The pixels alone, without profiles, comments or places."""
    written = io.BytesIO()
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    if kind == "jpeg":
        plain.convert("RGB").save(written, "JPEG", quality=JPEG_QUALITY)
    elif kind == "webp":
        plain.save(written, "WEBP", quality=JPEG_QUALITY)
    else:
        plain.save(written, "PNG")
    return written.getvalue()


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
