"""What is done with what a gateway told: STOP first, in a transaction of its own; then those who listen."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from allonce.kernel.clock import now
from allonce.kernel.jobs import RetryLater
from allonce.kernel.post.sms import stopping
from allonce.kernel.post.sms.delivering import reported
from allonce.kernel.post.sms.models import Incoming, Sms, Stop
from allonce.kernel.post.sms.numbers import hash_for, spelt_alike
from allonce.kernel.post.sms.ports import InboundSms, inbound_listeners
from allonce.kernel.post.sms.senders import owner_of
from allonce.kernel.vault import Scope, prefetch
from allonce.kernel.vault.errors import KeyDestroyed, KeyMissing

# Who was texted longer ago does not answer to it any more.
LATELY = timedelta(days=30)
# A report may overtake the answer that tells us the gateway's number.
REPORT_WAITS = timedelta(minutes=10)
AGAIN_AFTER = timedelta(seconds=20)


def take(incoming_id: UUID) -> None:
    """Obey STOP and START, or fold a report in. In the job's transaction."""
    row = Incoming.objects.filter(id=incoming_id).first()
    if row is None:
        return
    if row.kind == Incoming.Kind.REPORT:
        _take_report(row)
        return
    word = stopping.word_of(row.told["text"])
    if word:
        stopping.note(word, spelt_alike(row.told["sender"]), obeying_accounts(row, word))
    from allonce.kernel.post.sms.jobs import tell

    tell.later(row.id)


def tell(incoming_id: UUID) -> None:
    """Pass a text on to everybody who listens, and forget it. In the job's transaction."""
    row = Incoming.objects.filter(id=incoming_id).first()
    if row is None:
        return
    told = row.told
    message = InboundSms(
        id=row.id,
        gateway=row.gateway,
        at=_at(row),
        account_ids=tuple(meant_accounts(row)),
        word=stopping.word_of(told["text"]),
        sender=spelt_alike(told["sender"]),
        to=told["to"],
        text=told["text"],
    )
    for listener in inbound_listeners():
        listener(message)
    row.delete()


def meant_accounts(row: Incoming) -> list[UUID]:
    """The owner of the number it came to; else every account that texted the sender lately from the shared one."""
    recent = Sms.objects.filter(shared_sender=True, created_at__gt=now() - LATELY)
    return _owner(row) or _knowing(recent, spelt_alike(row.told["sender"]))


def obeying_accounts(row: Incoming, word: stopping.Word) -> list[UUID]:
    """Whom STOP or START speaks to: as above, however long ago they texted, or were stopped."""
    texted: QuerySet[Any] = Sms.objects.filter(shared_sender=True)
    stopped: QuerySet[Any] = Stop.objects.filter(started_at=None)
    return _owner(row) or _knowing(texted if word == "stop" else stopped, spelt_alike(row.told["sender"]))


def _owner(row: Incoming) -> list[UUID]:
    owner = owner_of(row.told["to"]) if row.told["to"] else None
    return [] if owner is None else [owner]


def _knowing(rows: QuerySet[Any], number: str) -> list[UUID]:
    """The accounts with a row of this number, each asked by its own hash: no index connects two accounts' numbers."""
    accounts = list(rows.order_by().values_list("account_id", flat=True).distinct())
    prefetch(Scope("account", each) for each in accounts)
    return sorted(each for each in accounts if rows.filter(account_id=each, number_hash=_hash(each, number)).exists())


def _hash(account_id: UUID, number: str) -> str:
    try:
        return hash_for(account_id, number)
    except (KeyDestroyed, KeyMissing):
        return ""  # an ended account, which no text can be meant for


def _take_report(row: Incoming) -> None:
    with transaction.atomic():
        known = reported(row.told["reference"], row.told["gateway_id"], row.told["state"], _at(row))
    if not known and now() - row.created_at < REPORT_WAITS:
        raise RetryLater(AGAIN_AFTER)
    row.delete()


def _at(row: Incoming) -> datetime:
    return datetime.fromisoformat(row.told["at"]) if row.told["at"] else row.created_at
