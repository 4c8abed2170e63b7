"""How much one address, one person and one account may ask of all pages and APIs together, minute by minute.

The counts live in the cache alone: on Redis over all processes, otherwise in each process for itself, so that
several web processes without Redis let through as many times more. What is counted is named by a keyed hash that
changes every minute; no address is stored anywhere.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_network
from uuid import UUID

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from allonce.kernel.clock import now
from allonce.kernel.errors import TooMany
from allonce.kernel.errors.translate import answer

log = structlog.get_logger("allonce.limits")

MINUTE = 60
# One household or server is given this much of the newer address space, and could use a fresh address each time.
WHOLE_NETWORK = 64


class LimitsMiddleware:
    """Answers 429 with Retry-After beyond a limit. Stands behind SignInMiddleware, which tells who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(settings.UNLIMITED_PATHS):
            try:
                for name, key, limit in _limits_of(request):
                    _count(name, key, limit)
            except TooMany as error:
                return answer(request, error)
        return self.get_response(request)


def count_account(account_id: UUID) -> None:
    """Count one request of an account's device. Raises TooMany."""
    _count("account", account_id.hex, settings.ACCOUNT_REQUESTS)


def _limits_of(request: HttpRequest) -> Iterator[tuple[str, str, int]]:
    """What to count this request under, each with its limit a minute."""
    session = getattr(request, "sign_in_session", None)
    # A shop's phones share one address and are known only by the token that the API reads later; an invented token
    # opens nothing there.
    known = session is not None or (request.path.startswith("/api/") and "Authorization" in request.headers)
    name = "known" if known else "stranger"
    limit = settings.SIGNED_IN_REQUESTS if known else settings.STRANGER_REQUESTS
    yield name, _network(request.META.get("REMOTE_ADDR", "")), limit
    if session is not None:
        yield "person", session.person_id.hex, settings.SIGNED_IN_REQUESTS
        if session.account_id:
            yield "account", session.account_id.hex, settings.ACCOUNT_REQUESTS


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, WHOLE_NETWORK), strict=False)) if found.version == 6 else address


def _count(name: str, key: str, limit: int) -> None:
    if not limit:
        return
    seconds = int(now().timestamp())
    if _counted(_hash(name, key, seconds // MINUTE)) > limit:
        wait = MINUTE - seconds % MINUTE
        raise TooMany(wait, _("That is more than this service answers in a minute. Wait a little and go on."))


def _counted(key: str) -> int:
    """The count with this request in it; nothing is refused because the counter is out of order."""
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1
    except RedisError as error:
        log.warning("limits_not_counted", kind=type(error).__name__)
        return 0


def _hash(name: str, key: str, minute: int) -> str:
    text = f"{name}\0{key}\0{minute}".encode()
    return (
        "limit:" + hmac.new(settings.SECRET_KEY.encode(), b"accounts.limits\0" + text, hashlib.sha256).hexdigest()[:40]
    )
