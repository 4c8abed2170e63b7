"""Where the desk stands in the menus."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.navigation import Entry, register_entry


def register() -> None:
    """For anybody, for whoever is signed in, for accounts, and for the Operator's staff."""
    register_entry("public", Entry("requests:ask", _("Your data rights"), icon="shield-check", order=30))
    register_entry("person", Entry("requests:mine", _("Your requests"), icon="message-question", order=30))
    register_entry("business", Entry("requests:referrals", _("Data requests"), icon="message-question", order=60))
    register_entry("operator", Entry("requests:desk", _("Requests"), icon="message-question", order=20))
    register_entry("operator", Entry("requests:disclosures", _("Disclosures"), icon="gavel", order=70))
    register_entry("operator", Entry("requests:transfers", _("Change of ownership"), icon="arrows-exchange", order=80))
