"""What follows from entries in a conversation, and from the visitor's coming and going."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from allonce.kernel.accounts import tenancy
from allonce.kernel.clock import now
from allonce.kernel.messaging.models import Entry
from allonce.products.chat import ports
from allonce.products.chat.jobs import left, woken
from allonce.products.chat.models import ChatClient, Conversation

State = Conversation.State
SPOKEN = frozenset({"text", "picture"})
VISITOR = "visitor"
# The time of the last entry orders lists and starts the period of keeping; neither needs it to the second, and a
# busy conversation is then written once instead of with every message.
ROUGHLY = timedelta(seconds=10)


def follow(entries: Sequence[Entry]) -> None:
    """Note who spoke last, in the transaction of the entries. A visitor who speaks again wakes what had ended.

    It runs in the one thread that writes for everybody, so it is a few statements for however many entries.
    """
    spoken = [each for each in entries if each.kind in SPOKEN and each.audience == "all"]
    if not spoken:
        return
    last = {each.stream_id: each.sender for each in spoken}
    by_visitors = [stream for stream, sender in last.items() if sender == VISITOR]
    by_agents = {each.stream_id for each in spoken if each.sender.startswith("agent:")}
    at = spoken[-1].at
    with tenancy.across_accounts():
        rows = Conversation.objects.all()
        if by_visitors:
            rows.filter(pk__in=by_visitors, awaiting_since=None).update(awaiting_since=at)
            _wake(by_visitors)
        if by_agents:
            answered = by_agents.difference(by_visitors)
            rows.filter(pk__in=answered).exclude(awaiting_since=None).update(awaiting_since=None)
            rows.filter(pk__in=by_agents, first_answer_at=None).update(first_answer_at=at)
        rows.filter(pk__in=last, last_at__lt=at - ROUGHLY).update(last_at=at)
        if by_agents:
            ports.agents_spoke([each for each in spoken if each.sender.startswith("agent:")])


def visitor_came(stream_id: UUID) -> None:
    """The visitor's page is open (again)."""
    Conversation.objects.filter(pk=stream_id).exclude(left_at=None).update(left_at=None)


def visitor_went(stream_id: UUID) -> None:
    """The visitor's last connection is gone: perhaps for the next page, so somebody looks again a little later."""
    open_ones = Conversation.objects.filter(pk=stream_id, state__in=[State.WAITING, State.ACTIVE], channel="chat")
    if open_ones.update(left_at=now()):
        account_id = Conversation.objects.values_list("account_id", flat=True).get(pk=stream_id)
        seconds = ChatClient.objects.values_list("leave_seconds", flat=True).get(account_id=account_id)
        left.after(timedelta(seconds=seconds), stream_id)


def _wake(ids: Sequence[UUID]) -> None:
    """What was closed or left to mail waits for an agent again; a job then rings, so that this thread need not."""
    ended = Conversation.objects.filter(pk__in=ids, state__in=[State.HAND_OVER, State.CLOSED], channel="chat")
    found = list(ended.values_list("pk", flat=True))
    if found:
        Conversation.objects.filter(pk__in=found).update(
            state=State.WAITING, agent=None, waiting_since=now(), closed_at=None, closed_by="", left_at=None
        )
        for conversation_id in found:
            woken.later(conversation_id)
