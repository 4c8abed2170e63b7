"""Writing to streams from the server's own code, in the caller's transaction."""

from uuid import UUID

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging.announcing import announce
from allonce.kernel.messaging.drafts import check_draft
from allonce.kernel.messaging.errors import Closed
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.messaging.ports import Draft, kind_named


def open_stream(kind: str, account_id: UUID, *, stream_id: UUID | None = None) -> Stream:
    """A new stream of an account, or the one that already has this id. Raises NotFound if that is somebody else's."""
    kind_named(kind)
    wanted = {"kind": kind, "account_id": account_id}
    stream, _new = Stream.objects.get_or_create(id=stream_id or time_ordered(), defaults=wanted)
    if (stream.kind, stream.account_id) != (kind, account_id):
        raise NotFound
    return stream


def append(stream_id: UUID, sender: str, draft: Draft) -> Entry:
    """Add an entry in the caller's transaction; everybody in the stream gets it after the commit.

    A cid that this sender used in this stream before gives the entry of that time. Raises NotFound, Closed or
    BadFrame, and whatever the kind's `committing` raises.
    """
    check_draft(draft)
    with transaction.atomic():
        stream = locked(stream_id)
        repeated = Entry.objects.filter(stream=stream, sender=sender, cid=draft.cid).first()
        if repeated is not None:
            return repeated
        if stream.closed_at is not None:
            raise Closed
        entry = write(stream, sender, draft)
        kind_named(stream.kind).committing([entry])
    return entry


def close_stream(stream_id: UUID) -> None:
    """Take no more entries, neither from seats nor from the server."""
    Stream.objects.filter(id=stream_id, closed_at=None).update(closed_at=now())


def reopen_stream(stream_id: UUID) -> None:
    """Take entries again."""
    Stream.objects.filter(id=stream_id).update(closed_at=None)


def locked(stream_id: UUID) -> Stream:
    """The stream, with its row locked until the end of the transaction. Raises NotFound."""
    stream = Stream.objects.select_for_update().filter(id=stream_id).first()
    if stream is None:
        raise NotFound
    return stream


def write(stream: Stream, sender: str, draft: Draft) -> Entry:
    """Add the entry to a stream that the caller holds locked."""
    stream.head += 1
    stream.moved_at = now()
    entry = Entry(
        stream=stream,
        account_id=stream.account_id,
        seq=stream.head,
        sender=sender,
        cid=draft.cid,
        kind=draft.kind,
        audience=draft.audience,
        body=draft.body,
        at=stream.moved_at,
    )
    entry.save(force_insert=True)
    stream.save(update_fields=["head", "moved_at"])
    announce(stream.id, stream.head)
    return entry
