"""Erased words are gone from the disk and from every reader, and no number is missing."""

import pytest
from django.db import connection

from allonce.kernel.accounts.tests import people
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import append, backlog, close_stream, erase_entry, erase_stream, open_stream, trim_stream
from allonce.kernel.messaging.announcing import GONE, News, listen, stop_listening
from allonce.kernel.messaging.evidence import logs_whole
from allonce.kernel.messaging.models import Entry, ReadMark, Stream
from allonce.kernel.messaging.reading import mark_read
from allonce.kernel.messaging.tests.drafts import Callbacks, agent, text, visitor
from allonce.kernel.privacy.retention.departure import remove_everything
from allonce.kernel.vault import Scope
from tests.probe.streams import PROBE

pytestmark = pytest.mark.django_db


def numbers(stream: Stream) -> list[int]:
    return list(Entry.objects.filter(stream=stream).order_by("seq").values_list("seq", flat=True))


def test_an_erased_entry_leaves_a_tombstone_and_a_mark_for_those_who_read_it(stream: Stream) -> None:
    append(stream.id, "visitor", text("my card is 4000"))
    append(stream.id, "agent:ann", text("Please never send that"))
    erase_entry(stream.id, 1)
    late = backlog(stream.id, 0, visitor(stream.id))
    assert [(frame["t"], frame["seq"]) for frame in late] == [("erased", 1), ("msg", 2), ("erased", 1), ("gap", 3)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM messaging_entry WHERE seq = 1")
        assert cursor.fetchone()[0] is None


def test_somebody_who_had_read_it_is_told_when_they_come_back(stream: Stream) -> None:
    append(stream.id, "visitor", text("my card is 4000"))
    erase_entry(stream.id, 1)
    since = backlog(stream.id, 1, agent(stream.id))
    assert [(frame["t"], frame["seq"]) for frame in since] == [("erased", 1), ("gap", 2)]


def test_erasing_twice_or_erasing_the_mark_changes_nothing(stream: Stream) -> None:
    append(stream.id, "visitor", text("once"))
    close_stream(stream.id)
    for seq in (1, 1, 2):
        erase_entry(stream.id, seq)
    assert numbers(stream) == [1, 2]
    with pytest.raises(NotFound):
        erase_entry(stream.id, 9)


def test_the_erasure_of_a_whisper_is_not_told_to_a_visitor(stream: Stream) -> None:
    append(stream.id, "agent:ann", text("secret", audience="staff"))
    erase_entry(stream.id, 1)
    assert [frame["t"] for frame in backlog(stream.id, 0, visitor(stream.id))] == ["gap", "gap"]


def test_an_erased_stream_leaves_no_row_and_tells_its_listeners(
    stream: Stream, django_capture_on_commit_callbacks: Callbacks
) -> None:
    append(stream.id, "visitor", text("Hi"))
    mark_read(stream.id, "agent:ann", 1)
    heard: list[News] = []
    listen(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            erase_stream(stream.id)
            erase_stream(stream.id)
    finally:
        stop_listening(heard.append)
    assert not Stream.objects.exists()
    assert not Entry.objects.exists()
    assert not ReadMark.objects.exists()
    assert [news.heads for news in heard] == [{stream.id: GONE}]


def test_a_trimmed_log_keeps_its_last_entry_and_its_numbers(stream: Stream) -> None:
    for number in range(5):
        append(stream.id, "system", text(str(number)))
    assert trim_stream(stream.id, 3) == 3
    assert trim_stream(stream.id, 99) == 1
    assert numbers(stream) == [5]
    assert append(stream.id, "system", text("next")).seq == 6


def test_the_end_of_an_account_takes_its_streams_along_and_nobody_elses() -> None:
    harbour, bayside = people.owner(), people.owner("Bayside Blinds", "Ben Bay")
    streams = [open_stream(PROBE, who.account.id) for who in (harbour, bayside)]
    for stream in streams:
        append(stream.id, "visitor", text("Hi"))
        mark_read(stream.id, "agent:ann", 1)
    remove_everything(Scope("account", harbour.account.id))
    assert list(Stream.objects.values_list("id", flat=True)) == [streams[1].id]
    assert list(Entry.objects.values_list("stream_id", flat=True)) == [streams[1].id]
    assert list(ReadMark.objects.values_list("stream_id", flat=True)) == [streams[1].id]


def test_the_evidence_sees_a_lost_entry(stream: Stream) -> None:
    for number in range(3):
        append(stream.id, "visitor", text(str(number)))
    assert logs_whole().holds
    Entry.objects.filter(stream=stream, seq=2).delete()
    assert not logs_whole().holds
