"""News between processes over Redis: which streams moved and how far, and what is merely said. Never any words.

What the bus loses is found again: by the hub's look at the heads, and by the next message of the stream.
"""

import asyncio
import json
from collections.abc import Callable
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from allonce.kernel.messaging.announcing import News
from allonce.kernel.messaging.realtime.presence import here
from allonce.kernel.messaging.realtime.redis_link import client

log = structlog.get_logger("allonce.messaging")
CHANNEL = "allonce:messaging"
LONGEST_PAUSE = 10.0


def publish(news: News) -> None:
    """Send news to all processes; without Redis nothing happens, and a Redis that is away costs nobody anything."""
    redis = client()
    if redis is None:
        return
    heads = {stream_id.hex: head for stream_id, head in news.heads.items()}
    said = [[stream_id.hex, frame] for stream_id, frame in news.said]
    try:
        redis.publish(CHANNEL, json.dumps({"from": here.process, "heads": heads, "said": said}))
    except RedisError as error:
        log.warning("bus_silent", kind=type(error).__name__)


async def hear(url: str, heard: Callable[[News], None], missed: Callable[[], None]) -> None:
    """Hand other processes' news to `heard`, for ever; `missed` is called whenever some may have been lost."""
    pause = 0.5
    while True:
        try:
            async with Redis.from_url(url) as redis, redis.pubsub() as listening:
                await listening.subscribe(CHANNEL)
                missed()
                pause = 0.5
                async for message in listening.listen():
                    if message["type"] == "message":
                        _hand_on(message["data"], heard)
        except (RedisError, OSError) as error:
            log.warning("bus_away", kind=type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _hand_on(data: bytes, heard: Callable[[News], None]) -> None:
    try:
        news = json.loads(data)
        if news["from"] == here.process:
            return
        heads = {UUID(stream_id): int(head) for stream_id, head in news["heads"].items()}
        said = [(UUID(stream_id), dict(frame)) for stream_id, frame in news["said"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("bus_garbled")
        return
    heard(News(heads, said))
