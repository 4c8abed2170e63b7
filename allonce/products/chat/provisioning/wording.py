"""Acts of Providers in words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "chat.merchant_made": _("Opened an account for a business"),
    "chat.merchant_changed": _("Changed a business that is listed"),
    "chat.merchant_hidden": _("Took a business off the list"),
    "chat.merchant_shown": _("Put a business back on the list"),
    "chat.listing_offered": _("Asked a business whether it may be listed"),
    "chat.listing_accepted": _("Agreed to be listed"),
    "chat.listing_declined": _("Declined to be listed"),
    "chat.listing_left": _("Left a listing site"),
    "chat.profile_saved": _("Changed a profile of default settings"),
    "chat.profile_deleted": _("Deleted a profile of default settings"),
}
