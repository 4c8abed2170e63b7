"""Calls: noted by the Client's people, or reported by its telephone system, each of which is a lead like any other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit, messaging
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.chat import ports
from allonce.products.chat.leads.models import CallRecord
from allonce.products.chat.models import ChatClient, Consumer, Conversation
from allonce.products.chat.services import consumers
from allonce.products.chat.services.starting import clean_listing
from allonce.products.chat.stream import CHAT

Outcome = CallRecord.Outcome
LONGEST = 24 * 3600
# Clocks of telephone systems are wrong by minutes.
AHEAD = timedelta(minutes=10)


class UnfitCall(UserError):
    """The report of a call cannot be right; `fields` says where."""

    code = "unfit_call"
    status = 422


@dataclass(frozen=True)
class Call:
    """A call as a telephone system reports it. `external_id` is its own name for it; `seconds` were spoken."""

    external_id: str
    started_at: datetime
    seconds: int
    number: str = field(repr=False)
    name: str = field(default="", repr=False)
    listing: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def note_outcome(access: AccountAccess, call_id: UUID, outcome: str, minutes: int = 0) -> CallRecord:
    """Say what became of a call that somebody here made. Raises NotFound or UnfitCall. Audited."""
    found = CallRecord.objects.select_for_update().filter(pk=call_id, account=access.account).first()
    if found is None or outcome not in {Outcome.ANSWERED, Outcome.MISSED}:
        raise NotFound
    if not 0 <= minutes * 60 <= LONGEST:
        raise UnfitCall(fields={"minutes": _("Give the minutes of one call, at most a day.")})
    found.outcome, found.seconds = Outcome(outcome), minutes * 60 if outcome == Outcome.ANSWERED else 0
    found.save(update_fields=["outcome", "seconds"])
    target = f"chat_leads.CallRecord:{found.pk}"
    audit.record("chat.call_noted", actor=access.actor, account_id=found.account_id, target=target, data={})
    return found


@transaction.atomic
def report(client: ChatClient, call: Call) -> CallRecord:
    """Keep a call and its lead. The same `external_id` again corrects the length. Raises UnfitCall, UnfitContact."""
    _check(call)
    known = CallRecord.objects.filter(account_id=client.account_id, external_id=call.external_id).first()
    if known is not None:
        known.seconds, known.outcome = call.seconds, _outcome(call)
        known.save(update_fields=["seconds", "outcome"])
        return known
    consumer = _caller(client, call)
    conversation = _conversation(client, consumer, call)
    made = CallRecord(account_id=client.account_id, consumer=consumer, conversation=conversation)
    made.number, made.external_id, made.outcome = consumer.phone or call.number, call.external_id, _outcome(call)
    made.started_at, made.seconds = call.started_at, call.seconds
    made.save(force_insert=True)
    ports.conversation_started(conversation)
    ports.conversation_ended(conversation)
    return made


def _check(call: Call) -> None:
    wrong = {}
    if not call.external_id or len(call.external_id) > 80:
        wrong["id"] = _("Give your system's own name for the call, at most 80 characters.")
    if not 0 <= call.seconds <= LONGEST:
        wrong["seconds"] = _("Give the seconds of one call, at most a day.")
    if call.started_at.tzinfo is None or call.started_at > now() + AHEAD:
        wrong["started_at"] = _("Give the time with its zone, and not in the future.")
    if wrong:
        raise UnfitCall(fields=wrong)


def _outcome(call: Call) -> CallRecord.Outcome:
    return Outcome.ANSWERED if call.seconds else Outcome.MISSED


def _caller(client: ChatClient, call: Call) -> Consumer:
    contact = consumers.Contact(name=call.name or None, phone=call.number)
    fresh = consumers.make(client.account_id, contact)
    same = Consumer.objects.filter(account_id=client.account_id, phone_index=fresh.phone_index).exclude(pk=fresh.pk)
    known = same.order_by("-last_at").first()
    if known is None:
        return fresh
    fresh.delete()
    return consumers.remember(known, contact)


def _conversation(client: ChatClient, consumer: Consumer, call: Call) -> Conversation:
    made = Conversation(account_id=client.account_id, consumer=consumer, channel="call", start_cid=uuid4())
    answered = call.started_at if call.seconds else None
    made.context = {"page": {}, "listing": clean_listing(dict(call.listing))}
    made.state, made.closed_by, made.language = Conversation.State.CLOSED, Conversation.ClosedBy.SYSTEM, client.language
    made.accepted_at = made.first_answer_at = answered
    made.closed_at = call.started_at + timedelta(seconds=call.seconds)
    made.save(force_insert=True)
    messaging.open_stream(CHAT, made.account_id, stream_id=made.id)
    return made
