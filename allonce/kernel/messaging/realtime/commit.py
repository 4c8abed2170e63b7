"""One group commit: many sends and read marks in one short transaction, each send with an answer of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, Unavailable, UserError
from allonce.kernel.errors.translate import as_user_error
from allonce.kernel.messaging.drafts import check_sent
from allonce.kernel.messaging.errors import Closed
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.messaging.models import Entry
from allonce.kernel.messaging.ports import Draft, Seat, StreamKind, kind_named
from allonce.kernel.messaging.reading import raise_mark
from allonce.kernel.messaging.realtime.storing import heads_for_update, insert, made, move
from allonce.kernel.messaging.wire import Line, line_of

log = structlog.get_logger("allonce.messaging")
Key = tuple[UUID, str, UUID]


@dataclass(frozen=True, slots=True)
class Stands:
    """A send's good answer: the number and time under which the entry stands."""

    seq: int
    at: datetime


Answer = Stands | UserError


@dataclass(slots=True)
class Sending:
    """Somebody's draft on its way into a stream."""

    seat: Seat
    kind: StreamKind
    draft: Draft
    answer: Answer | None = None

    @property
    def key(self) -> Key:
        """By what a repeat is recognised."""
        return self.seat.stream_id, self.seat.name, self.draft.cid


@dataclass(slots=True)
class Marking:
    """How far a seat says it has read; `raised` is where its mark stands now, 0 if it stood there before."""

    stream_id: UUID
    seat: str
    up_to: int
    raised: int = 0


@dataclass(slots=True)
class Committed:
    """What readers must hear of: new lines of each stream, in order."""

    lines: dict[UUID, list[Line]] = field(default_factory=dict)


def commit(sendings: Sequence[Sending], markings: Sequence[Marking] = ()) -> Committed:
    """Write all of these and answer each. One that cannot be written does not take others with it."""
    try:
        return _together(sendings, markings)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is this send's own and answered)
        if len(sendings) + len(markings) > 1:
            return _one_by_one(sendings, markings)
        # Another process may have written the very same a moment ago; then the second look finds it.
        if isinstance(error, IntegrityError):
            return _alone(sendings, markings)
        return _failed(sendings, error)


def _one_by_one(sendings: Sequence[Sending], markings: Sequence[Marking]) -> Committed:
    whole = Committed()
    parts = [commit([each]) for each in sendings] + [commit([], [each]) for each in markings]
    for part in parts:
        for stream_id, lines in part.lines.items():
            whole.lines.setdefault(stream_id, []).extend(lines)
    return whole


def _alone(sendings: Sequence[Sending], markings: Sequence[Marking]) -> Committed:
    try:
        return _together(sendings, markings)
    except Exception as error:  # noqa: BLE001 (as above)
        return _failed(sendings, error)


def _failed(sendings: Sequence[Sending], error: Exception) -> Committed:
    known = as_user_error(error) if isinstance(error, UserError) else Unavailable(retry_after=2)
    if not isinstance(error, UserError):
        log.error("not_committed", exc_info=error)
    for each in sendings:
        each.answer = known
    return Committed()


def _together(sendings: Sequence[Sending], markings: Sequence[Marking]) -> Committed:
    for each in sendings:
        each.answer = None
    _answer_repeats(sendings)
    first = {each.key: each for each in reversed(sendings) if each.answer is None}
    fresh = [each for each in sendings if first.get(each.key) is each]
    for each in fresh:
        _prepare(each)
    prepared = [each for each in fresh if each.answer is None]
    entries: list[Entry] = []
    if prepared or markings:
        with transaction.atomic():
            entries = _write(prepared) if prepared else []
            for mark in markings:
                mark.raised = raise_mark(mark.stream_id, mark.seat, mark.up_to)
    for each in sendings:
        if each.answer is None:
            each.answer = first[each.key].answer
    done = Committed()
    for entry in entries:
        done.lines.setdefault(entry.stream_id, []).append(line_of(entry))
    return done


def _answer_repeats(sendings: Sequence[Sending]) -> None:
    """First of all: what stands already is acknowledged, whatever has become of the conversation since."""
    if not sendings:
        return
    rows = Entry.objects.filter(cid__in={each.draft.cid for each in sendings})
    found: dict[Key, Stands] = {
        (stream, sender, cid): Stands(seq, at)
        for stream, sender, cid, seq, at in rows.values_list("stream_id", "sender", "cid", "seq", "at")
    }
    for each in sendings:
        each.answer = found.get(each.key) if found else None


def _prepare(sending: Sending) -> None:
    try:
        check_sent(sending.seat, sending.draft)
        sending.draft = sending.kind.prepare(sending.seat, sending.draft)
    except UserError as error:
        sending.answer = error
    except Exception as error:
        log.error("not_prepared", exc_info=error)
        sending.answer = Unavailable(retry_after=5)


def _write(sendings: list[Sending]) -> list[Entry]:
    """Within a transaction: number, store, and let the kinds write what goes along."""
    streams = heads_for_update({each.seat.stream_id for each in sendings})
    moment = now()
    entries: list[Entry] = []
    by_kind: dict[str, list[Entry]] = {}
    for each in sendings:
        stream = streams.get(each.seat.stream_id)
        if stream is None or stream.closed:
            each.answer = NotFound() if stream is None else Closed()
            continue
        stream.head += 1
        entry = made(time_ordered(), stream, each.seat.name, each.draft, moment)
        each.answer = Stands(entry.seq, moment)
        entries.append(entry)
        by_kind.setdefault(stream.kind, []).append(entry)
    insert(entries)
    move({entry.stream_id: entry.seq for entry in entries}, moment)
    for name, theirs in by_kind.items():
        kind_named(name).committing(theirs)
    return entries
