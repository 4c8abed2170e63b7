"""Files leave as files: whatever a mail called them, no browser runs or shows them as a page of ours."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from allonce.kernel.desk.models import File

PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif"}


def as_file(found: File, data: bytes) -> HttpResponse:
    """Pictures with their own type, all else as mere bytes; always to be saved."""
    return as_attachment(data, found.name, found.media_type if found.media_type in PICTURES else "")


def as_attachment(data: bytes, name: str, media_type: str = "") -> HttpResponse:
    """Bytes to be saved under a name."""
    answer = HttpResponse(data, content_type=media_type or "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
