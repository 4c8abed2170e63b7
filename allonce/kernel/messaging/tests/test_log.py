"""A stream written by the server's own code: numbers without holes, each send once, each reader their own."""

from uuid import UUID, uuid4

import pytest
from django.db import connection

from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import append, backlog, close_stream, heads, mark_read, open_stream, reads, reopen_stream
from allonce.kernel.messaging.announcing import News, listen, stop_listening
from allonce.kernel.messaging.errors import BadFrame, Closed
from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.messaging.ports import Draft
from allonce.kernel.messaging.tests.drafts import Callbacks, agent, text, visitor
from tests.probe.models import Effect
from tests.probe.streams import PROBE

pytestmark = pytest.mark.django_db


def words(frames: list[dict[str, object]]) -> list[object]:
    return [frame["body"]["text"] if frame["t"] == "msg" else frame["t"] for frame in frames]  # type: ignore[index]


def test_entries_are_numbered_without_holes(stream: Stream) -> None:
    made = [append(stream.id, "visitor", text(str(number))).seq for number in range(5)]
    assert made == [1, 2, 3, 4, 5]
    assert heads([stream.id]) == {stream.id: 5}


def test_a_repeated_send_gives_the_first_entry_and_leaves_no_second(stream: Stream) -> None:
    cid = uuid4()
    first = append(stream.id, "visitor", text("Is it sold?", cid=cid))
    append(stream.id, "visitor", text("Hello?"))
    again = append(stream.id, "visitor", text("Is it sold?", cid=cid))
    assert (again.id, again.seq) == (first.id, 1)
    assert Entry.objects.filter(stream=stream).count() == 2
    assert Effect.objects.filter(mark=f"entry-{cid}").count() == 1


def test_two_senders_may_use_the_same_cid(stream: Stream) -> None:
    cid = uuid4()
    seqs = [append(stream.id, sender, text("Hi", cid=cid)).seq for sender in ("visitor", "agent:ann")]
    assert seqs == [1, 2]


def test_a_repeat_is_answered_even_when_the_stream_has_closed_meanwhile(stream: Stream) -> None:
    cid = uuid4()
    append(stream.id, "visitor", text("Bye", cid=cid))
    close_stream(stream.id)
    assert append(stream.id, "visitor", text("Bye", cid=cid)).seq == 1
    with pytest.raises(Closed):
        append(stream.id, "visitor", text("One more thing"))
    reopen_stream(stream.id)
    assert append(stream.id, "visitor", text("One more thing")).seq == 2


def test_the_entry_and_what_goes_with_it_stand_or_fall_together(stream: Stream) -> None:
    with pytest.raises(ValueError, match="outbox"):
        append(stream.id, "visitor", text("break the outbox"))
    assert heads([stream.id]) == {stream.id: 0}
    assert not Entry.objects.filter(stream=stream).exists()


def test_words_are_stored_sealed(stream: Stream) -> None:
    append(stream.id, "visitor", text("my number is 020 7946 0958"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM messaging_entry")
        stored = bytes(cursor.fetchone()[0])
    assert b"7946" not in stored


def test_a_reader_gets_what_follows_the_cursor_page_by_page(stream: Stream) -> None:
    for number in range(1, 8):
        append(stream.id, "visitor", text(str(number)))
    seat = visitor(stream.id)
    assert words(backlog(stream.id, 2, seat, limit=3)) == ["3", "4", "5"]
    assert words(backlog(stream.id, 5, seat)) == ["6", "7"]
    assert backlog(stream.id, 7, seat) == []


def test_a_whisper_is_a_gap_to_a_visitor(stream: Stream) -> None:
    append(stream.id, "agent:ann", text("he bought here before", audience="staff"))
    append(stream.id, "agent:ann", text("for Bob alone", audience="seat:agent:bob"))
    append(stream.id, "agent:ann", text("Good morning"))
    assert words(backlog(stream.id, 0, visitor(stream.id))) == ["gap", "gap", "Good morning"]
    ann, bob, cat = (backlog(stream.id, 0, agent(stream.id, f"agent:{name}")) for name in ("ann", "bob", "cat"))
    assert words(ann) == words(bob) == ["he bought here before", "for Bob alone", "Good morning"]
    assert words(cat) == ["he bought here before", "gap", "Good morning"]


def test_news_of_an_entry_goes_out_after_the_commit_only(
    stream: Stream, django_capture_on_commit_callbacks: Callbacks
) -> None:
    heard: list[News] = []
    listen(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            append(stream.id, "visitor", text("Hi"))
            assert heard == []
    finally:
        stop_listening(heard.append)
    assert [news.heads for news in heard] == [{stream.id: 1}]


def test_a_read_mark_only_rises_and_stays_within_the_log(stream: Stream) -> None:
    for number in range(3):
        append(stream.id, "visitor", text(str(number)))
    for up_to, expected in ((2, 2), (1, 2), (99, 3), (0, 3)):
        mark_read(stream.id, agent(stream.id), up_to)
        assert reads(stream.id) == {"agent:ann": expected}


def test_opening_again_gives_the_same_stream_and_nobody_elses(stream: Stream) -> None:
    assert open_stream(PROBE, stream.account_id, stream_id=stream.id).id == stream.id
    with pytest.raises(NotFound):
        open_stream(PROBE, uuid4(), stream_id=stream.id)
    with pytest.raises(LookupError):
        open_stream("unheard_of", stream.account_id)


def test_nothing_is_written_to_a_stream_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        append(UUID(int=7), "visitor", text("Anybody?"))


@pytest.mark.parametrize(
    "draft",
    [
        Draft(uuid4(), "Text", {}),
        Draft(uuid4(), "t" * 21, {}),
        Draft(uuid4(), "text", {}, "everyone"),
        Draft(uuid4(), "text", {}, "seat:"),
        Draft(uuid4(), "text", {}, "seat:a b"),
    ],
)
def test_a_malformed_draft_is_refused(stream: Stream, draft: Draft) -> None:
    with pytest.raises(BadFrame):
        append(stream.id, "visitor", draft)
