"""What people may upload here: PDF, JPEG or PNG, judged at the house's one door for files."""

from django.utils.translation import gettext as _

from allonce.kernel import uploads
from allonce.kernel.errors import UserError

MOST_BYTES = 8 * 1024 * 1024
KINDS: frozenset[uploads.Kind] = frozenset({"pdf", "jpeg", "png"})
MEDIA_TYPES: dict[str, str] = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class UnfitFile(UserError):
    """The file is none of those we take."""

    code = "unfit_file"


def judged(data: bytes) -> tuple[str, bytes]:
    """Media type and content fit to be kept. Whatever a picture carries beside its pixels is left behind.

    Raises UnfitFile, or ScannerDown while nobody can look for malware.
    """
    try:
        taken = uploads.accept(data, "", KINDS, MOST_BYTES)
    except uploads.UploadRefused as error:
        message = _why(error)
        raise UnfitFile(message, fields={"file": message}) from error
    return MEDIA_TYPES[taken.kind], taken.data


def _why(refusal: uploads.UploadRefused) -> str:
    if isinstance(refusal, uploads.TooBig):
        return _("That file is over 8 MB. Take a smaller picture of the document.")
    if isinstance(refusal, uploads.TooManyPixels):
        return _("That picture has too many pixels. Send a smaller one.")
    if isinstance(refusal, uploads.Unreadable):
        return _("That picture cannot be read. Take it again, or send a PDF.")
    if isinstance(refusal, uploads.WrongKind):
        return _("Send a PDF, a JPEG or a PNG picture.")
    return str(refusal.message)
