"""Entries as the frames that travel (docs/messaging.md)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from allonce.kernel.messaging.drafts import ERASED
from allonce.kernel.messaging.models import Entry
from allonce.kernel.messaging.ports import EVERYBODY, ONE_SEAT, STAFF, Seat

Frame = dict[str, Any]
# Made once: `json.dumps` would make one for each frame.
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Line:
    """One entry ready to be sent to many: its frame, and a frame that goes before it and has no number of its own."""

    seq: int
    sender: str
    audience: str
    frame: str
    before: str = ""


def encode(frame: Frame) -> str:
    """A frame as compact JSON."""
    return _encode(frame)


@lru_cache(maxsize=256)
def moment(at: datetime) -> str:
    """A time as it travels: UTC, milliseconds, RFC 3339."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def may_see(seat: Seat, sender: str, audience: str) -> bool:
    """Whether an entry for this audience is for this seat."""
    if audience == EVERYBODY or sender == seat.name:
        return True
    return seat.staff if audience == STAFF else audience == ONE_SEAT + seat.name


def frames_of(entry: Entry) -> list[Frame]:
    """What an entry looks like to those who may see it; the last frame is the one with the entry's number."""
    stream, seq = str(entry.stream_id), entry.seq
    body = entry.body
    if body is None:
        return [{"t": "erased", "s": stream, "seq": seq}]
    if entry.kind == ERASED:
        return [{"t": "erased", "s": stream, "seq": body["seq"]}, gap(entry.stream_id, seq)]
    return [
        {
            "t": "msg",
            "s": stream,
            "seq": seq,
            "cid": str(entry.cid),
            "from": entry.sender,
            "kind": entry.kind,
            "body": body,
            "audience": entry.audience,
            "at": moment(entry.at),
        }
    ]


def gap(stream_id: UUID, seq: int) -> Frame:
    """There is an entry of this number, and it is not for this seat."""
    return {"t": "gap", "s": str(stream_id), "seq": seq}


def ack(entry: Entry) -> Frame:
    """The entry stands, and will not stand twice."""
    at = moment(entry.at)
    return {"t": "ack", "s": str(entry.stream_id), "cid": str(entry.cid), "seq": entry.seq, "at": at}


def line_of(entry: Entry) -> Line:
    """An entry, encoded once for all who will get it."""
    *before, frame = frames_of(entry)
    first = encode(before[0]) if before else ""
    return Line(entry.seq, entry.sender, entry.audience, encode(frame), first)
