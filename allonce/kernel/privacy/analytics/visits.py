"""The log of visits: gathered in memory, written in batches once answers have left, forgotten after thirty days."""

import threading
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase

from allonce.kernel.clock import now
from allonce.kernel.privacy.analytics.agents import browser_of, network_of, referrer_of, system_of
from allonce.kernel.privacy.analytics.models import Visit

log = structlog.get_logger("allonce.visits")

KEPT = timedelta(days=30)
BATCH = 50
LONGEST_WAIT = timedelta(seconds=10)
# While the database refuses, newer visits are let go: the log is not worth the memory.
MOST_WAITING = 1000
SWEPT_AT_ONCE = 2000

_waiting: list[Visit] = []
# Beginnings of route names whose visitors are not ours to count.
_left_out: set[str] = set()
_lock = threading.Lock()


def leave_out(routes: str) -> None:
    """Never count visits to routes whose names begin so: pages shown on behalf of somebody else. Called in `ready`."""
    _left_out.add(routes)


def note(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Remember this visit if it counts as one: a page that a stranger was shown. Costs the page no statement."""
    match = request.resolver_match
    shown = request.method == "GET" and answer.status_code == 200 and "html" in answer.get("Content-Type", "")
    if not settings.VISIT_LOG or not shown or match is None or not match.view_name or _is_somebody(request):
        return
    if match.view_name.startswith(tuple(_left_out)):
        return
    agent = request.headers.get("User-Agent", "")
    visit = Visit(
        at=now().replace(second=0, microsecond=0),
        route=match.view_name.lower(),
        referrer=referrer_of(request.headers.get("Referer", ""), request.get_host().partition(":")[0]),
        browser=browser_of(agent),
        system=system_of(agent),
        network=network_of(request.META.get("REMOTE_ADDR", "")),
    )
    with _lock:
        if len(_waiting) < MOST_WAITING:
            _waiting.append(visit)


def flush(**_signal: Any) -> None:
    """Write what waits. Called after answers have left, so that no page waits for it."""
    with _lock:
        batch, _waiting[:] = list(_waiting), []
    try:
        Visit.objects.bulk_create(batch)
    except DatabaseError as error:
        log.warning("visits_not_written", kind=type(error).__name__, count=len(batch))


def flush_if_due(**_signal: Any) -> None:
    """Write when a batch is full or has waited long enough. At most a batch is lost when a process dies."""
    with _lock:
        due = len(_waiting) >= BATCH or (_waiting and now() - _waiting[0].at > timedelta(minutes=1) + LONGEST_WAIT)
    if due:
        flush()


def sweep(before: datetime | None = None) -> int:
    """Remove visits older than thirty days, some at a time; returns how many went."""
    limit, gone = before or now() - KEPT, 0
    while ids := list(Visit.objects.filter(at__lt=limit).values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
        gone += Visit.objects.filter(pk__in=ids).delete()[0]
    return gone


def _is_somebody(request: HttpRequest) -> bool:
    """Visits of people who are signed in, and of phones, are none of this log's."""
    return getattr(request, "sign_in_session", None) is not None or "Authorization" in request.headers
