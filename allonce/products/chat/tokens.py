"""What proves to be the visitor of a conversation: a token derived from the Client's key, stored nowhere."""

import hmac
import re

from allonce.kernel.accounts import tenancy
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import Scope, keyed_hash
from allonce.kernel.vault.errors import VaultError
from allonce.products.chat.models import Conversation

TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})")


def token_for(conversation: Conversation) -> str:
    """The visitor's token. It ends with the conversation, or with the Client's key."""
    return f"{conversation.id.hex}.{_proof(conversation)}"


def conversation_of(token: str | None) -> Conversation:
    """The conversation whose token this is, with its Consumer. Raises NotFound for anything else."""
    parts = TOKEN.fullmatch(token or "")
    if parts is None:
        raise NotFound
    with tenancy.across_accounts():
        found = Conversation.objects.select_related("consumer").filter(pk=parts[1]).first()
    try:
        fits = found is not None and hmac.compare_digest(_proof(found), parts[2])
    except VaultError as error:
        raise NotFound from error
    if found is None or not fits:
        raise NotFound
    return found


def _proof(conversation: Conversation) -> str:
    return keyed_hash(Scope("account", conversation.account_id), "chat.visitor", conversation.id.hex)
