"""What the acts of this room are called on the activity page."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "account.ended": _("Ended the agreement"),
    "account.end_undone": _("Took the end of the agreement back"),
    "account.erased": _("Deleted the account"),
    "hold.placed": _("Placed a legal hold"),
    "hold.released": _("Released a legal hold"),
    "retention.replayed": _("Erased again after a restore"),
}
