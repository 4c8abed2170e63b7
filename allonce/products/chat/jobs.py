"""What happens to conversations and agents when nobody does anything."""

from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job


@job("chat.unanswered")
def unanswered(conversation_id: UUID) -> None:
    """The visitor has waited long enough: if nobody accepted, the conversation goes on by mail."""
    from allonce.products.chat.services import ending

    ending.give_up_waiting(conversation_id)


@job("chat.left")
def left(conversation_id: UUID) -> None:
    """The visitor went a while ago: if they have not come back, the conversation goes on by mail."""
    from allonce.products.chat.services import ending

    ending.visitor_stayed_away(conversation_id)


@job("chat.woken")
def woken(conversation_id: UUID) -> None:
    """The visitor of an ended conversation has written again: it rings."""
    from allonce.products.chat.services import ending

    ending.ring_again(conversation_id)


@job("chat.mobile_ending")
def mobile_ending(agent_id: UUID) -> None:
    """Offer an agent to stay signed in on the phone, shortly before the time is over."""
    from allonce.products.chat.services import presence

    presence.offer_extension(agent_id)


@every(timedelta(days=1))
def trim_consoles() -> None:
    """Forget old entries of the consoles' logs; whoever was away longer fetches a snapshot anyway."""
    from allonce.products.chat.services import housekeeping

    housekeeping.trim_consoles()
