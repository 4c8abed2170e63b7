"""Acts of Chat in words, and where its people begin."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.models import Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.legal.documents import Document
from allonce.kernel.legal.roles import OPERATOR, RoleLine
from allonce.products.chat.models import ChatClient

ACTIONS = {
    "chat.accepted": _("accepted a conversation"),
    "chat.forwarded": _("forwarded a conversation"),
    "chat.closed": _("closed a conversation"),
    "chat.reopened": _("reopened a conversation"),
    "chat.tagged": _("tagged a conversation"),
    "chat.marked_hot": _("marked a lead as hot"),
    "chat.marked_cool": _("marked a lead as no longer hot"),
    "chat.disposition_set": _("said how a conversation ended"),
    "chat.consumer_corrected": _("wrote down who a visitor is"),
    "chat.noted": _("wrote a note about a conversation"),
    "chat.answered_by_mail": _("answered a visitor by mail"),
    "chat.visitor_blocked": _("blocked a visitor"),
    "chat.visitor_unblocked": _("took messages from a visitor again"),
    "chat.client_opened": _("opened Chat for the account"),
    "chat.client_changed": _("changed the settings of Chat"),
    "chat.merchant_listed": _("listed a business"),
    "chat.agent_added": _("made somebody an agent"),
    "chat.agent_changed": _("changed an agent"),
    "chat.agent_hidden": _("put an agent aside"),
    "chat.agent_picture_set": _("changed an agent's picture"),
    "chat.shifts_set": _("changed when an agent works"),
    "chat.placement_saved": _("changed a placement"),
    "chat.placement_hidden": _("took a placement off its site"),
    "chat.department_saved": _("changed a department"),
    "chat.answer_saved": _("changed a prepared answer"),
    "chat.answer_deleted": _("deleted a prepared answer"),
    "chat.key_made": _("made a key for the API"),
    "chat.key_revoked": _("revoked a key for the API"),
    "chat.push_on": _("switched notifications on"),
    "chat.push_off": _("switched notifications off"),
    "chat.file_sent": _("sent a picture to a visitor"),
}

POLICY = Document(
    "privacy-chat",
    "privacy",
    _("Privacy policy for Chat"),
    _("What becomes of what visitors write, and who decides about it."),
    Path(__file__).parent / "texts" / "privacy-chat.md",
    service="chat",
    order=22,
)
# The policies and the register tell these: whose data it is, and who only handles it.
ROLES = (
    RoleLine(
        "chat",
        _("Visitors of a Client's site: what they write, and name, address or number if they give them"),
        _("The Client whose site it is, or who is listed there"),
        OPERATOR,
        _("Processing agreement"),
    ),
    RoleLine(
        "chat",
        _("Agents: the name, and the picture if they wish, that visitors see; when they are there"),
        _("The Client"),
        OPERATOR,
        _("Processing agreement"),
    ),
    RoleLine(
        "chat",
        _("Counts by the hour of how often a button was shown, opened and used"),
        _("Nobody: it holds no personal data"),
        _("The Operator stores it"),
        _("Processing agreement"),
    ),
)


def home(membership: Membership) -> str:
    """Agents begin at their conversations; who runs an account that has Chat and not Setup, at its portal."""
    if membership.role == Role.AGENT:
        return "chat:inbox"
    client = ChatClient.objects.filter(account_id=membership.account_id).first()
    if client is not None and not client.is_merchant:
        return "chat_reports:report"
    services = set(entitlements.standing(membership.account_id).values_list("service", flat=True))
    return "chat_portal:overview" if "chat" in services and "field" not in services else ""
