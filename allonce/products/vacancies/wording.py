"""What acts on vacancies and applications are called in the activity record."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "vacancy.saved": _("Saved a vacancy"),
    "vacancy.published": _("Published a vacancy"),
    "vacancy.closed": _("Closed a vacancy"),
    "application.received": _("An application came"),
    "application.opened": _("Opened an application"),
    "application.paper_opened": _("Opened an applicant's CV"),
    "application.invited": _("Invited an applicant"),
    "application.refused": _("Refused an applicant"),
    "application.kept_longer": _("An applicant asked to be kept longer"),
    "application.kept_no_longer": _("An applicant asked to be kept no longer"),
    "application.removed": _("An application was removed with its key"),
}
