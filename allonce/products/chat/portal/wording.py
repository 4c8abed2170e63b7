"""Acts in the portal in words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "chat.logo_saved": _("Changed the logo"),
    "chat.department_deleted": _("Deleted a department"),
    "chat.endpoint_pinged": _("Sent a test to a webhook address"),
}
