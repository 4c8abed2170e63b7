"""What the promises page says of the walls that stand before every room: limits, and the door for files."""

from django.conf import settings
from django.utils.translation import gettext as _

from allonce.kernel import uploads
from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence


def of_limits() -> Evidence:
    """Whether limits are set, and how high."""
    limits = (settings.STRANGER_REQUESTS, settings.SIGNED_IN_REQUESTS, settings.ACCOUNT_REQUESTS)
    if not all(limits):
        return Evidence(_("Requests are not limited: a limit is switched off in the settings."), now(), holds=False)
    said = _("At most %d requests a minute from an address, %d from somebody signed in, %d from an account.")
    return Evidence(said % limits, now())


def of_uploads() -> Evidence:
    """How files are judged here."""
    said = _("Files are told by their content, bounded, and pictures are encoded afresh. No malware scanner is set up.")
    if uploads.scanner_in_use():
        said = _(
            "Files are told by their content, bounded, encoded afresh or scanned for malware before they are kept."
        )
    return Evidence(said, now())
