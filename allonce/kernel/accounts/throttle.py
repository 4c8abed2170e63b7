"""Counting tries, over all processes of the installation together."""

import math
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from allonce.kernel import vault
from allonce.kernel.accounts.models import ThrottleCount
from allonce.kernel.clock import now
from allonce.kernel.errors import TooMany


def hit(name: str, key: str, limit: int, per: timedelta) -> None:
    """Count one try of `name` by `key`; over `limit` tries in the running window raises TooMany.

    The key (an address, an email) is stored only as a keyed hash, the same one for every spelling under which the
    blind index would find the same email.
    """
    start, end = _window(per)
    key_hash = _hash(name, key)
    count = _count_in_cache(key_hash, start, per) if settings.REDIS_URL else _count_row(key_hash, start, end)
    if count > limit:
        raise _too_many(end)


def forget(name: str, key: str, per: timedelta) -> None:
    """Start again from nothing, after a try that succeeded."""
    start, _end = _window(per)
    key_hash = _hash(name, key)
    cache.delete(_cache_key(key_hash, start))
    ThrottleCount.objects.filter(key_hash=key_hash, window_start=start).delete()


def sweep() -> int:
    """Remove counts whose window is over; returns how many rows went."""
    return ThrottleCount.objects.filter(expires_at__lt=now()).delete()[0]


def _hash(name: str, key: str) -> str:
    return vault.keyed_hash(vault.INSTALL, f"throttle:{name}", vault.one_spelling(key).casefold())


def _window(per: timedelta) -> tuple[datetime, datetime]:
    seconds = int(per.total_seconds())
    start = int(now().timestamp()) // seconds * seconds
    return datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(start + seconds, UTC)


def _cache_key(key_hash: str, start: datetime) -> str:
    return f"throttle:{key_hash}:{int(start.timestamp())}"


def _count_in_cache(key_hash: str, start: datetime, per: timedelta) -> int:
    key = _cache_key(key_hash, start)
    cache.add(key, 0, timeout=int(per.total_seconds()) + 1)
    return cache.incr(key)


def _count_row(key_hash: str, start: datetime, end: datetime) -> int:
    with transaction.atomic():
        row, made = ThrottleCount.objects.get_or_create(
            key_hash=key_hash, window_start=start, defaults={"expires_at": end, "count": 1}
        )
        if made:
            return 1
        ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        return ThrottleCount.objects.values_list("count", flat=True).get(pk=row.pk)


def _too_many(end: datetime) -> TooMany:
    wait = max(1, math.ceil((end - now()).total_seconds()))
    return TooMany(wait, _("That was tried too often. Wait a little and try again."))
