"""Counting what happens at placements, by the hour and without anybody in it.

Impressions are gathered in memory and written a few seconds later, so that a busy site costs one statement instead of
hundreds; a process that is killed loses those seconds. What a visitor does is counted in its own transaction.
"""

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F

from allonce.kernel.accounts import tenancy
from allonce.kernel.clock import now
from allonce.products.chat.doors import Door
from allonce.products.chat.models import ChatClient, HourlyCount

log = structlog.get_logger("allonce.chat")

NOBODY = UUID(int=0)
EVERY = timedelta(seconds=5)
MOST_KINDS = 5000

Key = tuple[UUID, datetime, UUID, UUID, str]
_waiting: Counter[Key] = Counter()
_lock = threading.Lock()
_state: dict[str, datetime] = {}


def count(door: Door, kind: str) -> None:
    """Count once, in the caller's transaction, for the Merchant and for the Provider if there is one."""
    with tenancy.across_accounts(), transaction.atomic():
        for key in _keys(door, kind):
            _add(key, 1)


def gather(door: Door, kind: str) -> None:
    """Count once, soon: for what happens on every page view."""
    with _lock:
        for key in _keys(door, kind):
            if key in _waiting or len(_waiting) < MOST_KINDS:
                _waiting[key] += 1


def flush_when_due(**_signal: Any) -> None:
    """Write what was gathered, every few seconds at most. Connected to the end of requests."""
    with _lock:
        last = _state.setdefault("flushed", now())
        if not _waiting or now() - last < EVERY:
            return
        _state["flushed"] = now()
    flush()


def forget() -> None:
    """Let go of what was gathered and not yet written."""
    with _lock:
        _waiting.clear()


def flush() -> None:
    """Write what was gathered now. What the database refuses is let go, and logged."""
    with _lock:
        batch = dict(_waiting)
        _waiting.clear()
    try:
        with tenancy.across_accounts(), transaction.atomic():
            known = set(
                ChatClient.objects.filter(account__in=[key[0] for key in batch]).values_list("account", flat=True)
            )
            for key, number in batch.items():
                # An account may have gone meanwhile; the others' counts must not go with it.
                if key[0] in known:
                    _add(key, number)
    except DatabaseError as error:
        log.warning("impressions_not_counted", kind=type(error).__name__, number=sum(batch.values()))


def _keys(door: Door, kind: str) -> list[Key]:
    hour = now().replace(minute=0, second=0, microsecond=0)
    place = door.placement.id
    if door.provider is None:
        return [(door.account_id, hour, place, NOBODY, kind)]
    provider = door.provider.account_id
    return [(door.account_id, hour, place, provider, kind), (provider, hour, place, door.account_id, kind)]


def _add(key: Key, number: int) -> None:
    account, hour, place, peer, kind = key
    named = {"account_id": account, "hour": hour, "placement_id": place, "peer_id": peer, "kind": kind}
    HourlyCount.objects.bulk_create([HourlyCount(**named)], ignore_conflicts=True)
    HourlyCount.objects.filter(**named).update(count=F("count") + number)
