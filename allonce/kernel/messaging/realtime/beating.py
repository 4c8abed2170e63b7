"""What the hub does by the clock: heartbeats with each stream's head, and looks for what no bus told."""

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from django.db.models import Max

from allonce.kernel.messaging.models import Stream
from allonce.kernel.messaging.reading import heads
from allonce.kernel.messaging.realtime.coming import repeat
from allonce.kernel.messaging.wire import encode

if TYPE_CHECKING:
    from allonce.kernel.messaging.realtime.hub import Hub

log = structlog.get_logger("allonce.messaging")
BEAT_SECONDS = 20.0
AT_ONCE = 400
# Without a bus: how often to look who moved, and how far back, for transactions that commit late.
LOOK_SECONDS = 0.25
LATE_COMMITS = timedelta(seconds=2)


async def beat(hub: "Hub") -> None:
    """Once in 20 seconds for each reader, spread over the time: where the stream stands."""
    while True:
        waiting = list(hub.channels)
        parts = [waiting[start : start + AT_ONCE] for start in range(0, len(waiting), AT_ONCE)]
        pause = BEAT_SECONDS / max(1, len(parts))
        for part in parts or [[]]:
            try:
                await _beat_once(hub, part)
            except Exception as error:
                log.error("beat_missed", exc_info=error)
            await asyncio.sleep(pause)
        hub.forget_old_admissions()
        hub.threads.later(repeat)


async def look_at_all(hub: "Hub") -> None:
    """Find every stream that moved while no news could come."""
    waiting = list(hub.channels)
    for start in range(0, len(waiting), AT_ONCE):
        found = await hub.threads.run(heads, waiting[start : start + AT_ONCE])
        for stream_id, head in found.items():
            hub.moved(stream_id, head)


async def look_for_moves(hub: "Hub") -> None:
    """In place of a bus: hear of entries of other processes by looking which streams moved lately."""
    since: datetime | None = None
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if not hub.channels:
            continue
        try:
            since, moved = await hub.threads.run(_moved_since, since)
        except Exception as error:
            log.error("look_failed", exc_info=error)
            continue
        for stream_id, head in moved:
            hub.moved(stream_id, head)


async def _beat_once(hub: "Hub", stream_ids: list[UUID]) -> None:
    if not stream_ids:
        return
    found = await hub.threads.run(heads, stream_ids)
    for stream_id in stream_ids:
        channel = hub.channels.get(stream_id)
        if channel is None:
            continue
        hub.moved(stream_id, found.get(stream_id, -1))
        text = encode({"t": "head", "s": str(stream_id), "seq": max(channel.level, found.get(stream_id, 0))})
        for each in list(channel.subscriptions):
            if each.greeted and each.live:
                each.connection.push(text)


def _moved_since(since: datetime | None) -> tuple[datetime | None, list[tuple[UUID, int]]]:
    if since is None:
        return Stream.objects.aggregate(latest=Max("moved_at"))["latest"], []
    rows = list(Stream.objects.filter(moved_at__gt=since - LATE_COMMITS).values_list("id", "head", "moved_at"))
    latest = max((at for _id, _head, at in rows), default=since)
    return max(latest, since), [(stream_id, head) for stream_id, head, _at in rows]
