"""The one Redis client of this process for publishing and presence, if the installation has Redis."""

from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis


@cache
def _client(url: str) -> "Redis":
    # A bus that is away must not hold up whoever commits: what it would have carried is found again by the sweep.
    return Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)


def client() -> Any:
    """The client, or None without Redis."""
    return _client(settings.REDIS_URL) if settings.REDIS_URL else None
