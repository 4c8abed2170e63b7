"""Taking words away again: of one entry, of a whole stream, of a log's old beginning."""

from uuid import UUID

from django.db import transaction

from allonce.kernel.errors import NotFound
from allonce.kernel.messaging.announcing import GONE, announce
from allonce.kernel.messaging.drafts import ERASED
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.messaging.models import Entry, ReadMark, Stream
from allonce.kernel.messaging.ports import Draft
from allonce.kernel.messaging.streams import locked, write

ERASER = "system"


@transaction.atomic
def erase_entry(stream_id: UUID, seq: int) -> None:
    """Destroy what one entry says. Its row stays as a tombstone, and a mark in the log tells every reader.

    Safe to repeat. A closed stream's entries can be erased too. Raises NotFound.
    """
    stream = locked(stream_id)
    entry = Entry.objects.filter(stream=stream, seq=seq).first()
    if entry is None:
        raise NotFound
    if entry.body is None or entry.kind == ERASED:
        return
    entry.body = None
    entry.save(update_fields=["body"])
    write(stream, ERASER, Draft(time_ordered(), ERASED, {"seq": seq}, entry.audience))


@transaction.atomic
def erase_stream(stream_id: UUID) -> None:
    """Delete a stream with all that was said in it. Whoever listens is told, and finds nothing any more."""
    Entry.objects.filter(stream_id=stream_id).delete()
    ReadMark.objects.filter(stream_id=stream_id).delete()
    if Stream.objects.filter(id=stream_id).delete()[0]:
        announce(stream_id, GONE)


def trim_stream(stream_id: UUID, up_to: int) -> int:
    """Delete the entries up to this number, in the caller's transaction; returns how many.

    The last entry always stays. A reader whose cursor is older gets "reset" and fetches the snapshot anew.
    """
    stream = Stream.objects.filter(id=stream_id).first()
    if stream is None:
        return 0
    return Entry.objects.filter(stream=stream, seq__lte=min(up_to, stream.head - 1)).delete()[0]
