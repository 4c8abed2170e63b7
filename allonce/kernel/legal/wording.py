"""What this room registers elsewhere: menus, kinds of notices, words of the activity page, open addresses."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.navigation import Entry, register_entry
from allonce.kernel.legal.ports import register_always_open
from allonce.kernel.notices import Kind

CHANGE = Kind("legal.change", _("A legal text is going to change"), required=True)
ACTIONS = {
    "legal.accepted": _("Agreed to a legal text"),
    "legal.published": _("Published a legal text"),
    "legal.draft_saved": _("Saved the draft of a legal text"),
    "legal.draft_discarded": _("Discarded the draft of a legal text"),
    "sign_up.refused": _("A sign-up was refused"),
}


def register_menus() -> None:
    """The foot of public pages, a person's own pages, the console."""
    register_entry("public", Entry("legal:terms", _("Terms"), icon="file-text", order=10))
    register_entry("public", Entry("legal:privacy", _("Privacy"), icon="file-text", order=11))
    register_entry("person", Entry("legal:agreements", _("Agreements"), icon="signature", order=40))
    register_entry("operator", Entry("legal:console", _("Legal texts"), icon="file-text", order=60))


def keep_open() -> None:
    """What people reach who have not agreed: the texts, sign-in and out, their safety, their phones."""
    for where in (
        "/legal/",
        "/leaving/",
        "/me/agreements/",
        "/sign-in/",
        "/api/mobile/",
        "accounts:sign_out",
        "accounts:password",
        "accounts:stolen",
    ):
        register_always_open(where)
