"""Reading streams: what a seat may see of them, and how far each seat has read."""

from collections.abc import Iterable
from uuid import UUID

from allonce.kernel.messaging.announcing import ephemeral
from allonce.kernel.messaging.models import Entry, ReadMark, Stream
from allonce.kernel.messaging.ports import Seat
from allonce.kernel.messaging.wire import Frame, frames_of, gap, may_see

PAGE = 500


def backlog(stream_id: UUID, after: int, seat: Seat, limit: int = PAGE) -> list[Frame]:
    """The frames of up to `limit` entries that follow number `after`; what the seat may not see is a "gap"."""
    rows = Entry.objects.filter(stream_id=stream_id, seq__gt=after).order_by("seq")[:limit]
    found: list[Frame] = []
    for entry in rows:
        visible = may_see(seat, entry.sender, entry.audience)
        found += frames_of(entry) if visible else [gap(stream_id, entry.seq)]
    return found


def heads(stream_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The last number of each stream that there is."""
    return dict(Stream.objects.filter(id__in=list(stream_ids)).values_list("id", "head"))


def mark_read(stream_id: UUID, seat: Seat | str, up_to: int) -> None:
    """Note in the caller's transaction that a seat has read so far. It never falls, nor goes beyond the last entry."""
    name = seat if isinstance(seat, str) else seat.name
    if raise_mark(stream_id, name, up_to):
        ephemeral(stream_id, {"t": "read", "seat": name, "up_to": reads(stream_id)[name]})


def raise_mark(stream_id: UUID, name: str, up_to: int) -> int:
    """Where the mark stands now if this raised it, else 0."""
    reached = min(up_to, heads([stream_id]).get(stream_id, 0))
    if reached < 1:
        return 0
    mine = ReadMark.objects.filter(stream_id=stream_id, seat=name)
    if mine.filter(up_to__lt=reached).update(up_to=reached):
        return reached
    if mine.exists():
        return 0
    ReadMark.objects.bulk_create([ReadMark(stream_id=stream_id, seat=name, up_to=reached)], ignore_conflicts=True)
    return reached


def reads(stream_id: UUID) -> dict[str, int]:
    """How far each seat has read."""
    return dict(ReadMark.objects.filter(stream_id=stream_id).values_list("seat", "up_to"))
