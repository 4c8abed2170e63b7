"""What becomes of a letter after it left the outbox."""

from base64 import b64decode
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from allonce.kernel.clock import now
from allonce.kernel.post.events import known_as, standing
from allonce.kernel.post.lookup import relay_lookup
from allonce.kernel.post.message import Attachment, RelayMail, RelayOutcome
from allonce.kernel.post.models import AccountContent, Content, InstallContent, OutboxMail, PersonContent
from allonce.kernel.post.relay import message_id_for, relay_now

State = OutboxMail.State

CONTENTS: dict[str, type[Content]] = {
    "account": AccountContent,
    "person": PersonContent,
    "install": InstallContent,
}


class RelayBusy(Exception):
    """The relay did not take the letter; the job tries again later."""


def letter_message_id(letter_id: UUID) -> str:
    """The letter's Message-ID, the same at every attempt."""
    return message_id_for("letter", letter_id.hex)


def attempt(letter_id: UUID) -> None:
    """Hand one letter to the relay. Settled letters are left alone, so a repeated job does nothing.

    Where the relay's answer was lost and it cannot be asked, a letter is sent again under the same
    Message-ID: a sign-in link received twice is harmless, one never received is not. Raises RelayBusy
    when it must be tried again.
    """
    letter = OutboxMail.objects.filter(id=letter_id, state=State.WAITING).first()
    content = _contents(letter).filter(id=letter_id).first() if letter else None
    if letter is None or content is None:
        return
    letter.attempts += 1
    letter.save(update_fields=["attempts"])
    account_id = letter.scope_id if letter.scope_kind == "account" else None
    outcome = _earlier(letter) or relay_now(_relay_mail(letter_id, content), account_id)
    _settle(letter, outcome)
    if letter.state == State.WAITING:
        raise RelayBusy(outcome.detail)


def _earlier(letter: OutboxMail) -> RelayOutcome | None:
    """What an earlier attempt achieved without our noticing, where the relay can tell."""
    if letter.attempts == 1:
        return None
    if standing(letter.message_hash):
        return RelayOutcome("accepted")
    found = relay_lookup().find(letter_message_id(letter.id), handed_at=letter.created_at)
    return RelayOutcome("accepted") if found == "taken" else None


def _relay_mail(letter_id: UUID, content: Content) -> RelayMail:
    words = dict(content.mail)
    packed = words.pop("attachments", [])
    attachments = [Attachment(name, kind, b64decode(content)) for name, kind, content in packed]
    return RelayMail(
        message_id=letter_message_id(letter_id), idempotency_key=letter_id.hex, attachments=attachments, **words
    )


def _settle(letter: OutboxMail, outcome: RelayOutcome) -> None:
    letter.state = _state_after(outcome)
    letter.reason = outcome.detail
    with transaction.atomic():
        if letter.state != State.WAITING:
            letter.settled_at = now()
            _contents(letter).filter(id=letter.id).delete()
        letter.save(update_fields=["state", "reason", "settled_at"])
        if letter.state == State.ACCEPTED:
            known_as(letter_message_id(letter.id), outcome.relay_id)


def _state_after(outcome: RelayOutcome) -> State:
    if outcome.state == "accepted":
        return State.ACCEPTED
    return State.REFUSED if outcome.state == "refused" else State.WAITING


def _contents(letter: OutboxMail) -> QuerySet[Content]:
    return CONTENTS[letter.scope_kind]._default_manager.all()


class Deliveries:
    """Hears what relays report of letters from the outbox."""

    def on_event(self, message_hash: str, state: str, reason: str, at: datetime, event_id: str) -> None:  # noqa: ARG002 - the port's signature
        if state not in {State.DELIVERED, State.BOUNCED}:
            return
        OutboxMail.objects.filter(message_hash=message_hash).update(state=state, reason=reason)
