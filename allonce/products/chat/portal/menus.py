"""Chat in the office's menu: only for accounts that may use it, and what fits their kind."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.navigation import Entry, register_entry
from allonce.products.chat.office_doors import kind_of

CHAT = _("Chat")


def register() -> None:
    """Called in `ready`."""
    entries = (
        Entry("chat_portal:overview", _("Overview"), icon="layout-dashboard", order=10, group=CHAT, shown=_any),
        Entry("chat:inbox", _("Conversations"), icon="messages", order=11, group=CHAT, shown=_merchant),
        Entry("chat_portal:leads", _("Leads"), icon="address-book", order=12, group=CHAT, shown=_merchant),
        Entry("chat_portal:consumers", _("Visitors"), icon="user-search", order=13, group=CHAT, shown=_merchant),
        Entry(
            "chat_provisioning:merchants", _("Merchants"), icon="building-store", order=14, group=CHAT, shown=_provider
        ),
        Entry("chat_reports:report", _("Reports"), icon="chart-line", order=15, group=CHAT, shown=_client),
        Entry("chat_portal:placements", _("Placements"), icon="app-window", order=16, group=CHAT, shown=_client),
        Entry("chat_portal:agents", _("Agents"), icon="headset", order=17, group=CHAT, shown=_merchant),
        Entry("chat_portal:settings", _("Settings"), icon="settings", order=18, group=CHAT, shown=_client),
    )
    for entry in entries:
        register_entry("business", entry)


def _any(request: HttpRequest) -> bool:
    return kind_of(request) != ""


def _client(request: HttpRequest) -> bool:
    return kind_of(request) in {"merchant", "provider"}


def _merchant(request: HttpRequest) -> bool:
    return kind_of(request) == "merchant"


def _provider(request: HttpRequest) -> bool:
    return kind_of(request) == "provider"
