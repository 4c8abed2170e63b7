"""What the widget keeps on a visitor's device, as the page of cookies tells it. No cookie."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.legal.marketing.cookies import Kept

KEPT = (
    Kept(
        "allonce-chat:*",
        _("Your chat with one business: the key to it, and what you wrote that has not arrived yet."),
        _("Until you close the tab"),
        where="device",
    ),
    Kept(
        "allonce-invite:*",
        _("On the business's own site: how often you were invited to chat, and whether you said no."),
        _("Until you close the tab"),
        where="device",
    ),
)
