"""Words for what the desk records and tells."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.notices import Kind
from allonce.kernel.privacy.requests.services import announcing, referrals, reminding, telling

ACTIONS = {
    "request.referred": _("Was passed a request about data"),
    "request.referral_answered": _("Noted the answer to a request about data"),
    "disclosure.recorded": _("Recorded a disclosure to an authority"),
    "disclosure.agreed": _("Agreed to a disclosure to an authority"),
    "disclosure.opened": _("Opened the copy of a disclosure"),
    "disclosure.told": _("Told of a disclosure to an authority"),
}
NOTICES = (
    Kind(reminding.NOTICE, _("Requests about data that fall due"), required=True, staff=True),
    Kind(referrals.NOTICE, _("Requests about data that your account is responsible for"), required=True),
    Kind(telling.NOTICE, _("Your data was given to an authority"), required=True),
    Kind(announcing.NOTICE, _("The business changes hands"), required=True),
)
