"""Who wants no text messages: kept for each account by a keyed hash of the number."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import F

from allonce.kernel.audit import Actor, record
from allonce.kernel.clock import now
from allonce.kernel.post.sms.models import Stop, StopForAll
from allonce.kernel.post.sms.numbers import hash_for, hash_for_all

Word = Literal["", "stop", "start"]
# CTIA Messaging Principles 5.1.3 and, for French, the CWTA's common short code rules.
STOP_WORDS = frozenset({"stop", "stopall", "stop all", "unsubscribe", "end", "quit", "cancel", "arret"})
START_WORDS = frozenset({"start", "unstop"})


def word_of(text: str) -> Word:
    """Whether a whole message is one of the words, whatever its case, accents and punctuation."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    word = " ".join(re.findall(r"[a-z]+", plain.casefold()))
    if word in STOP_WORDS:
        return "stop"
    return "start" if word in START_WORDS else ""


def is_stopped(account_id: UUID, number: str) -> bool:
    """Whether this number (E.164) gets no text messages of this account."""
    mine = Stop.objects.filter(account_id=account_id, number_hash=hash_for(account_id, number), started_at=None)
    return mine.exists() or StopForAll.objects.filter(number_hash=hash_for_all(number), started_at=None).exists()


def stop_number(account_id: UUID, number: str, actor: Actor) -> None:
    """Note by hand that this number wants no text messages of this account."""
    with transaction.atomic():
        note("stop", number, [account_id])
        record("sms.stopped", actor=actor, account_id=account_id)


def start_number(account_id: UUID, number: str, actor: Actor) -> None:
    """Note by hand that somebody who had said STOP asked for this account's text messages again."""
    with transaction.atomic():
        note("start", number, [account_id])
        record("sms.started", actor=actor, account_id=account_id)


def note(word: Word, number: str, account_ids: Iterable[UUID]) -> None:
    """Write STOP or START down for these accounts; STOP for all of them where there is none. In a transaction.

    START takes back the stop for all as well: whoever sends it wants to be texted.
    """
    accounts = list(account_ids)
    for account_id in accounts:
        _note_one(word, account_id, hash_for(account_id, number))
    if word == "start":
        StopForAll.objects.filter(number_hash=hash_for_all(number), started_at=None).update(started_at=now())
    elif not accounts:
        again = {"stopped_at": now(), "started_at": None}
        StopForAll.objects.update_or_create(number_hash=hash_for_all(number), defaults=again)


def _note_one(word: Word, account_id: UUID, number_hash: str) -> None:
    if word == "start":
        stopped = Stop.objects.filter(account_id=account_id, number_hash=number_hash, started_at=None)
        stopped.update(started_at=now())
        return
    row, is_new = Stop.objects.get_or_create(
        account_id=account_id, number_hash=number_hash, defaults={"stopped_at": now()}
    )
    if not is_new:
        Stop.objects.filter(pk=row.pk, started_at__gte=F("stopped_at")).update(stopped_at=now(), started_at=None)
