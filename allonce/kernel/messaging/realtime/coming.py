"""Telling kinds and readers that somebody came or went, over all processes. Runs aside, in a thread."""

from collections.abc import Callable

import structlog
from redis.exceptions import RedisError

from allonce.kernel.messaging.announcing import News, tell
from allonce.kernel.messaging.realtime.admission import Admission
from allonce.kernel.messaging.realtime.presence import Sitting, elsewhere, here, note, withdraw

log = structlog.get_logger("allonce.messaging")


def came(admission: Admission) -> None:
    """The seat's first connection to this process has come."""
    stream_id, seat = admission.seat.stream_id, _sitting(admission)
    _over_redis(lambda: note([(stream_id, seat)]))
    if seat not in elsewhere(stream_id):
        _changed(admission, online=True)


def went(admission: Admission) -> None:
    """The seat's last connection to this process has gone."""
    stream_id, seat = admission.seat.stream_id, _sitting(admission)
    if seat in here.seats(stream_id):
        return
    _over_redis(lambda: withdraw(stream_id, seat))
    if seat not in elsewhere(stream_id):
        _changed(admission, online=False)


def repeat() -> None:
    """Say again who is here, before what was said runs out."""
    _over_redis(lambda: note(here.all()))


def _changed(admission: Admission, *, online: bool) -> None:
    seat = admission.seat
    try:
        admission.kind.presence_changed(seat.stream_id, seat.name, online)
    except Exception as error:
        log.error("presence_not_taken", exc_info=error)
    stream = str(seat.stream_id)
    frame = {"t": "presence", "s": stream, "seat": seat.name, "on": online, "staff": seat.staff}
    tell(News(said=[(seat.stream_id, frame)]))


def _sitting(admission: Admission) -> Sitting:
    return admission.seat.name, admission.seat.staff


def _over_redis(work: Callable[[], None]) -> None:
    try:
        work()
    except RedisError as error:
        log.warning("presence_not_told", kind=type(error).__name__)
