"""Handing out what was taken: shown as the picture or sound that it is, or not at all."""

import re

from django.http import HttpRequest, HttpResponse

# By kind, as callers store it.
MEDIA: dict[str, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "webm": "audio/webm",
    "ogg": "audio/ogg",
    "mp4": "audio/mp4",
}
# One range; players ask for nothing else (RFC 9110, section 14).
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


def inline(data: bytes, media: str) -> HttpResponse:
    """Bytes that no browser takes for a page or a script, whatever they are."""
    made = HttpResponse(data, content_type=media)
    made["X-Content-Type-Options"] = "nosniff"
    made["Content-Disposition"] = "inline"
    made._csp_replace = {"default-src": ["'none'"], "sandbox": True}  # type: ignore[attr-defined]
    return made


def played(request: HttpRequest, data: bytes, media: str) -> HttpResponse:
    """The same for players, some of which play only what they can ask for in parts."""
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    made = _part(data, media, int(wanted[1]), int(wanted[2] or len(data))) if wanted else inline(data, media)
    made["Accept-Ranges"] = "bytes"
    return made


def _part(data: bytes, media: str, first: int, last: int) -> HttpResponse:
    last = min(last, len(data) - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    made = inline(data[first : last + 1], media)
    made.status_code = 206
    made["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return made
