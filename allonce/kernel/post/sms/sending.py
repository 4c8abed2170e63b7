"""A text message is written in the transaction of its cause and sent by a job, once the cause stands."""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel.clock import now
from allonce.kernel.errors import TooMany, UserError
from allonce.kernel.post.ports import processor_gate
from allonce.kernel.post.sms.gateway import configured
from allonce.kernel.post.sms.jobs import deliver
from allonce.kernel.post.sms.models import Sms
from allonce.kernel.post.sms.numbers import hash_for, readable_number
from allonce.kernel.post.sms.parts import count_parts
from allonce.kernel.post.sms.senders import sender_of
from allonce.kernel.post.sms.stopping import is_stopped

MOST_PARTS = 6
MOST_TO_A_NUMBER = 30
DAY = timedelta(days=1)
CODE = re.compile(r"[A-Za-z0-9_.:-]{1,100}")


class SmsNotOffered(UserError):
    """No gateway is set up."""

    code = "sms_not_offered"
    status = 503
    message = gettext_lazy("Text messages cannot be sent from here: the Operator has set up no gateway.")


class NumberStopped(UserError):
    """The person at this number said STOP to this account."""

    code = "number_stopped"
    status = 409
    message = gettext_lazy("This person has asked for no more text messages. Only they can take that back, by START.")


class TextRefused(UserError):
    """There is no text, or too much of it."""

    code = "text_refused"
    status = 422
    message = gettext_lazy("Write a text that fits into six messages.")


def sms_offered() -> bool:
    """Whether a gateway is set up."""
    return configured() is not None


def send_sms(account_id: UUID, to: str, text: str, *, key: str, consent: str) -> UUID:
    """Text somebody, as part of the caller's transaction; returns the message's id.

    `to` is E.164. `consent` names the row by which its reader agreed to be texted ("chat.consent:<id>"), and no
    message goes without one. `key` is the caller's own: a repetition returns the first message's id. Raises
    SmsNotOffered, ProcessorNotAllowed, NumberRefused, NumberStopped, TextRefused, TooMany.
    """
    if not CODE.fullmatch(key) or not CODE.fullmatch(consent):
        raise ValueError("key and consent are codes; send_sms needs both")
    gateway = configured()
    if gateway is None:
        raise SmsNotOffered
    processor_gate().may_use(gateway.connector, account_id)
    number = readable_number(to, connector=gateway.connector)
    parts = _parts_of(text)
    with transaction.atomic():
        earlier = Sms.objects.filter(account_id=account_id, key=key).first()
        if earlier is not None:
            return earlier.id
        if is_stopped(account_id, number):
            raise NumberStopped
        number_hash = hash_for(account_id, number)
        _require_room(account_id, number_hash)
        sender, shared = sender_of(account_id)
        made = Sms.objects.create(
            account_id=account_id,
            key=key,
            consent=consent,
            number_hash=number_hash,
            shared_sender=shared,
            content={"to": number, "text": text, "sender": sender},
            parts=parts,
        )
        deliver.later(made.id)
    return made.id


def recall_sms(account_id: UUID, keys: Sequence[str]) -> int:
    """Take back messages that no gateway has taken yet; returns how many were still here."""
    waiting = Sms.objects.filter(account_id=account_id, key__in=list(keys), state=Sms.State.WAITING)
    return waiting.delete()[0]


def _parts_of(text: str) -> int:
    parts = count_parts(text)
    if not text.strip() or "\x00" in text or parts > MOST_PARTS:
        raise TextRefused
    return parts


def _require_room(account_id: UUID, number_hash: str) -> None:
    """A fault or a thief must not empty the Operator's purse, nor flood one person. Raises TooMany."""
    today = Sms.objects.filter(account_id=account_id, created_at__gt=now() - DAY)
    most = settings.SMS["account_day"]
    if (most and today.count() >= most) or today.filter(number_hash=number_hash).count() >= MOST_TO_A_NUMBER:
        raise TooMany(3600, gettext_lazy("That is more text messages than may be sent in a day."))
