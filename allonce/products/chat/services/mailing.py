"""Going on by mail: an agent's answer to a visitor who left an address.

Answers of the visitor go to the Client's own mailbox, or back into the chat by the link in the mail. Mail that comes
in is not read here.
"""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import messaging, post
from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft
from allonce.kernel.vault import Scope
from allonce.products.chat import ports, tokens, words
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.models import Conversation, Placement
from allonce.products.chat.services import log
from allonce.products.chat.services.consumers import own_hosts
from allonce.products.chat.services.finding import mine


class NoAddress(UserError):
    """The visitor left no email address."""

    code = "no_address"
    status = 409
    message = gettext_lazy("There is no email address of this visitor. Add one if they gave it to you.")


class NoContact(UserError):
    """The Consumer asked not to be contacted, or was blocked."""

    code = "no_contact"
    status = 409
    message = gettext_lazy("This visitor asked not to be contacted any more.")


@transaction.atomic
def mail(by: AgentAccess, conversation_id: UUID, text: str) -> Conversation:
    """Send the visitor this answer by mail; it stands in the conversation, too. Audited.

    Raises NotFound, NoAddress, NoContact, NothingSaid or TooLong.
    """
    conversation = mine(by, conversation_id)
    said = words.plain(text)
    if not said:
        raise words.NothingSaid
    address = conversation.consumer.email
    if not address:
        raise NoAddress
    if not ports.may_contact(conversation.account_id, conversation.consumer):
        raise NoContact
    links = words.links_in(said, own_hosts(conversation.account_id))
    messaging.append(conversation.id, by.seat, Draft(uuid4(), "text", {"text": said, "links": links, "mailed": True}))
    post.send(_letter(by, conversation, address, said))
    log.record("chat.answered_by_mail", by.actor, conversation)
    return conversation


def _letter(by: AgentAccess, conversation: Conversation, address: str, said: str) -> post.Mail:
    back = way_back(conversation)
    written = [part for part in said.split("\n\n") if part.strip()]
    action = post.Action(_("Go on in the chat"), back) if back else None
    heading = _("%(name)s has answered you") % {"name": by.client.shown_name}
    closing = [_("You wrote to %(name)s on its site, and this is the answer.") % {"name": by.client.shown_name}]
    scope = Scope("account", conversation.account_id)
    letter = post.letter(
        scope, "chat.answer", address, post.Words(heading, written, heading=heading, action=action, closing=closing)
    )
    return post.Mail(
        **{name: getattr(letter, name) for name in ("scope", "kind", "to", "subject", "text", "html")},
        reply_to=by.account.email,
        from_name=by.client.shown_name,
    )


def way_back(conversation: Conversation) -> str:
    """The address under which the visitor goes on; "" where its placement is gone.

    The token stands behind the #, which browsers send to nobody.
    """
    placements = Placement.objects.filter(account_id=conversation.account_id, hidden_at=None).order_by("created_at")
    found = next((each for each in placements if each.id == conversation.placement_id), placements.first())
    if found is None:
        return ""
    return f"{settings.PUBLIC_URL}/w/{found.key}/open#t={tokens.token_for(conversation)}"
