"""Who has a live connection now. Kept nowhere on disk; what a killed process said of it runs out by itself.

Without Redis a process knows of its own connections only.
"""

import os
import secrets
import threading
from collections.abc import Iterable
from time import time
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from allonce.kernel.messaging.realtime.redis_link import client

log = structlog.get_logger("allonce.messaging")
# Every process repeats what it knows three times within it.
TTL_SECONDS = 60
# A seat's name, and whether it is staff.
Sitting = tuple[str, bool]


class Here:
    """This process's connections, by stream and seat."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: dict[UUID, dict[Sitting, int]] = {}
        self.process = f"{os.getpid()}-{secrets.token_hex(4)}"

    def arrive(self, stream_id: UUID, seat: Sitting) -> bool:
        """Count a connection; True for the seat's first."""
        with self.lock:
            seats = self.counts.setdefault(stream_id, {})
            seats[seat] = seats.get(seat, 0) + 1
            return seats[seat] == 1

    def leave(self, stream_id: UUID, seat: Sitting) -> bool:
        """Count it off; True for the seat's last."""
        with self.lock:
            seats = self.counts.get(stream_id, {})
            left = seats.get(seat, 0) - 1
            if left > 0:
                seats[seat] = left
                return False
            seats.pop(seat, None)
            if not seats:
                self.counts.pop(stream_id, None)
            return left == 0

    def seats(self, stream_id: UUID) -> set[Sitting]:
        """Seats with a connection to this process."""
        with self.lock:
            return set(self.counts.get(stream_id, ()))

    def all(self) -> list[tuple[UUID, Sitting]]:
        """Every seat with a connection to this process."""
        with self.lock:
            return [(stream_id, seat) for stream_id, seats in self.counts.items() for seat in seats]


here = Here()


def present(stream_id: UUID) -> set[str]:
    """The names of the seats that have a live connection to any process."""
    return {name for name, _staff in sitting(stream_id)}


def sitting(stream_id: UUID) -> set[Sitting]:
    """The seats that have a live connection to any process."""
    return here.seats(stream_id) | elsewhere(stream_id)


def elsewhere(stream_id: UUID) -> set[Sitting]:
    """The seats that have a live connection to other processes, as far as Redis knows."""
    redis = client()
    if redis is None:
        return set()
    try:
        members = redis.zrangebyscore(_key(stream_id), time(), "+inf")
    except RedisError as error:
        log.warning("presence_unknown", kind=type(error).__name__)
        return set()
    said = [member.decode().split(" ") for member in members]
    return {(name, staff == "1") for process, staff, name in said if process != here.process}


def note(all_here: Iterable[tuple[UUID, Sitting]]) -> None:
    """Tell other processes that these seats are here, for a minute. Raises RedisError."""
    redis = client()
    if redis is None:
        return
    with redis.pipeline(transaction=False) as pipe:
        for stream_id, seat in all_here:
            pipe.zadd(_key(stream_id), {_member(seat): time() + TTL_SECONDS})
            pipe.zremrangebyscore(_key(stream_id), "-inf", time())
            pipe.expire(_key(stream_id), 2 * TTL_SECONDS)
        pipe.execute()


def withdraw(stream_id: UUID, seat: Sitting) -> None:
    """Tell other processes that this seat is here no more. Raises RedisError."""
    redis = client()
    if redis is not None:
        redis.zrem(_key(stream_id), _member(seat))


def _member(seat: Sitting) -> str:
    return f"{here.process} {int(seat[1])} {seat[0]}"


def _key(stream_id: UUID) -> str:
    return f"allonce:here:{stream_id.hex}"
