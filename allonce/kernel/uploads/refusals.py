"""Why a file is not taken, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.errors import Unavailable, UserError


class UploadRefused(UserError):
    """The file was not taken; nothing of it is kept."""

    code = "upload_refused"
    status = 422
    message = _("This file cannot be taken. Choose another one.")


class TooBig(UploadRefused):
    code = "upload_too_big"
    status = 413
    message = _("This file is too large. Choose a smaller one.")


class WrongKind(UploadRefused):
    """Its content is of a kind that has no use here, or of none that we know."""

    code = "upload_kind"
    message = _("This kind of file cannot be taken here. Choose another one.")


class NotAsNamed(UploadRefused):
    """The ending of its name says another kind than its content."""

    code = "upload_not_as_named"
    message = _("The name of this file does not fit what is in it. Save it again in the program it came from.")


class Unreadable(UploadRefused):
    code = "upload_unreadable"
    message = _("This file could not be read. It may be damaged. Save it again and try once more.")


class TooManyPixels(UploadRefused):
    """A small file can claim enough pixels to fill the memory."""

    code = "upload_pixels"
    message = _("This picture has too many pixels. Save it smaller and try again.")


class ActiveContent(UploadRefused):
    """A document that would do something when it is opened, or that hides what it would do."""

    code = "upload_active"
    message = _(
        "This document holds a program, a hidden file or a password. Print it into a plain PDF and send that one."
    )


class Malware(UploadRefused):
    code = "upload_malware"
    message = _("This file was refused because malware was found in it. Check the device that it came from.")


class ScannerDown(Unavailable):
    """The malware scanner that this installation has does not answer; without it nothing is taken."""

    code = "scanner_down"
    message = _("Files cannot be checked for malware at the moment, so none are taken. Try again in a minute.")
