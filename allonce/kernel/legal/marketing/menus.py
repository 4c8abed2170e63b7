"""Where this room stands in the menus."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.navigation import Entry, register_entry


def register_all() -> None:
    """Put the room's pages into the menus."""
    register_entry("person", Entry("marketing:consents", _("Your choices"), icon="checkbox", order=40))
    register_entry("operator", Entry("marketing:newsletters", _("Newsletters"), icon="mail", order=60))
    register_entry("operator", Entry("marketing:find_contact", _("Marketing choices"), icon="mail-off", order=61))
    register_entry("public", Entry("marketing:cookies", _("Cookies"), icon="cookie", order=40))
    register_entry("public", Entry("marketing:newsletter", _("Newsletter"), icon="mail", order=45))
