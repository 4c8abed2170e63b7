"""An applicant's paper: a PDF by its content, whatever its name says."""

from django.utils.translation import gettext as _

from allonce.kernel import uploads
from allonce.kernel.errors import UserError

MOST_BYTES = 5 * 1024 * 1024
NAME = "cv.pdf"


class NotAPaper(UserError):
    """The uploaded file is no PDF, or too large, or carries more than a paper should."""

    code = "not_a_paper"
    status = 422


def require_pdf(data: bytes) -> bytes:
    """The same bytes if they are a harmless PDF of at most 5 MB. Raises NotAPaper, or ScannerDown."""
    try:
        return uploads.accept(data, "", {"pdf"}, MOST_BYTES).data
    except uploads.UploadRefused as error:
        raise NotAPaper(fields={"cv": _why(error)}) from error


def _why(refusal: uploads.UploadRefused) -> str:
    if isinstance(refusal, uploads.TooBig):
        return _("This file is over 5 MB. Save a smaller one.")
    if isinstance(refusal, uploads.WrongKind | uploads.Unreadable):
        return _("This file is not a PDF. Save your CV as a PDF and choose it again.")
    return str(refusal.message)
