"""What the phone app keeps on a phone, for the public list of such things."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.legal.marketing.cookies import Kept

KEPT = (
    Kept(
        "allonce-phone",
        _("Mobile: the price list and the jobs on this phone, encrypted. Jobs never lie on our server."),
        _("Each job as long as its User sets; all of it until the phone is unregistered"),
        where="device",
    ),
    Kept(
        "mobile-*",
        _("Mobile: the app itself, so that it opens without a network."),
        _("Until the next version of the app"),
        where="device",
    ),
    Kept(
        "allonce-looks",
        _("Mobile: light or dark, the unit of measure, how long jobs stay."),
        _("Until you clear this site's data"),
        where="device",
    ),
)
