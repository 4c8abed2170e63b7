"""What a delivery's status means, for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WHY = {
    "address_refused": gettext_lazy("The address is none that may be called."),
    "name_unknown": gettext_lazy("There is no site of that name."),
    "unreachable": gettext_lazy("The site could not be reached."),
    "tls_failed": gettext_lazy("No secure connection could be made."),
    "timeout": gettext_lazy("The site did not answer in time."),
    "broken": gettext_lazy("The connection broke off."),
    "not_approved": gettext_lazy("Data may not go to that site: it is not in the list of processors."),
    "switched_off": gettext_lazy("The address is switched off."),
    "owner_gone": gettext_lazy("The account has gone."),
    "410": gettext_lazy("The site wants no more of these (410)."),
}


def why(status: str) -> str:
    """The last answer in a sentence; "" before the first try."""
    if status in WHY:
        return str(WHY[status])
    if status.startswith("2"):
        return _("The site took it.")
    return _("The site answered with an error (%s).") % status if status else ""
