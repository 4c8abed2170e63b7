"""Finding a conversation for a change, its row locked until the transaction ends."""

from uuid import UUID

from allonce.kernel.errors import NotFound
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.models import Conversation


def mine(by: AgentAccess, conversation_id: UUID) -> Conversation:
    """One of the agent's own account. Raises NotFound for everything else."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("consumer")
    found = rows.filter(pk=conversation_id, account=by.account).first()
    if found is None:
        raise NotFound
    return found


def locked(conversation_id: UUID) -> Conversation:
    """Any, for what its visitor or a job does. Raises NotFound."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("consumer")
    found = rows.filter(pk=conversation_id).first()
    if found is None:
        raise NotFound
    return found
