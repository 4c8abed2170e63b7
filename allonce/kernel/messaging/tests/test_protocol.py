"""The protocol as clients meet it, against a real server process."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from allonce.kernel.messaging.tests.live import Room, Server, narrow_line, talking

PATIENCE = 20


pytestmark = pytest.mark.usefixtures("_patience")


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    """(id, frame) of each server-sent event."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in lines:
            found.append((lines.get("id", ""), json.loads(lines["data"])))
    return found


async def listen(server: Server, token: str, *, until: str, **query: object) -> list[tuple[str, dict[str, object]]]:
    """Read events until a frame of that kind."""
    headers = {"Authorization": f"Bearer {token}"} | dict(query.pop("headers", {}))  # type: ignore[call-overload]
    text = ""
    async with (
        httpx.AsyncClient(timeout=PATIENCE, verify=False) as client,
        client.stream("GET", f"http://{server.address}/rt/v1/stream", params=query, headers=headers) as answer,  # type: ignore[arg-type]
    ):
        assert answer.status_code == 200
        async for piece in answer.aiter_text():
            text += piece
            if any(frame["t"] == until for _id, frame in events(text)):
                break
    return events(text)


def test_a_send_is_acknowledged_with_its_number_and_a_repeat_with_the_same(server: Server, room: Room) -> None:
    cid = uuid4()
    first = server.send(room.visitor, room.id, "Is it sold?", cid=cid).json()
    server.send(room.visitor, room.id, "Hello?")
    again = server.send(room.visitor, room.id, "Is it sold?", cid=cid).json()
    assert first["t"] == "ack"
    assert (first["seq"], first["cid"], first["s"]) == (1, str(cid), str(room.id))
    assert again == first
    polled = server.get("poll", room.agent, s=room.id, after=0, wait=0).json()
    assert [entry["body"]["text"] for entry in polled["entries"]] == ["Is it sold?", "Hello?"]


async def test_what_one_side_writes_the_other_gets_and_the_sender_too(server: Server, room: Room) -> None:
    async with (
        talking(server, room.visitor, room.id) as visitor,
        talking(server, room.agent, room.id) as agent,
    ):
        cid = await visitor.send(room.id, "Good morning")
        acked = await visitor.until("ack", cid=str(cid))
        mine = await visitor.until("msg")
        theirs = await agent.until("msg")
    assert mine == theirs
    assert (theirs["from"], theirs["kind"], theirs["seq"]) == ("visitor", "text", acked["seq"])
    assert theirs["at"] == acked["at"]
    order = [frame["t"] for frame in visitor.seen if frame["t"] in ("ack", "msg")]
    assert order == ["ack", "msg"]


async def test_a_stream_of_events_resumes_behind_what_was_seen(server: Server, room: Room) -> None:
    for number in range(1, 6):
        server.send(room.visitor, room.id, str(number))
    found = await listen(server, room.agent, s=room.id, after=2, until="live")
    assert [seen for seen, frame in found if frame["t"] == "msg"] == ["3", "4", "5"]
    again = await listen(server, room.agent, s=room.id, after=0, until="live", headers={"Last-Event-ID": "4"})
    assert [seen for seen, frame in again if frame["t"] == "msg"] == ["5"]
    assert again[-1][1]["head"] == 5


async def test_a_long_poll_answers_when_something_comes(server: Server, room: Room) -> None:
    waiting = asyncio.create_task(asyncio.to_thread(server.get, "poll", room.agent, s=room.id, after=0, wait=25))
    await asyncio.sleep(0.3)
    await asyncio.to_thread(server.send, room.visitor, room.id, "Anybody?")
    answer = (await waiting).json()
    assert [entry["body"]["text"] for entry in answer["entries"]] == ["Anybody?"]
    assert answer["head"] == 1


def test_a_long_poll_with_nothing_to_tell_says_so(server: Server, room: Room) -> None:
    assert server.get("poll", room.agent, s=room.id, after=0, wait=0).json() == {"entries": [], "head": 0}


async def test_a_whisper_never_reaches_a_visitor_and_leaves_no_hole(server: Server, room: Room) -> None:
    async with (
        talking(server, room.visitor, room.id) as visitor,
        talking(server, room.agent, room.id) as agent,
    ):
        await agent.send(room.id, "he bought here before", kind="whisper")
        gap = await visitor.until("gap")
        await agent.send(room.id, "Good morning")
        message = await visitor.until("msg")
    late = server.get("poll", room.visitor, s=room.id, after=0, wait=0).text
    events_too = await listen(server, room.visitor, s=room.id, after=0, until="live")
    assert (gap["seq"], message["seq"]) == (1, 2)
    for said in (json.dumps(visitor.seen), late, json.dumps(events_too)):
        assert "bought" not in said


async def test_a_visitor_can_neither_whisper_nor_address_colleagues(server: Server, room: Room) -> None:
    async with talking(server, room.visitor, room.id) as visitor:
        wrong: list[dict[str, Any]] = [
            {"kind": "whisper"},
            {"audience": "staff"},
            {"audience": "seat:agent:ann"},
            {"kind": "erased"},
        ]
        for more in wrong:
            cid = await visitor.send(room.id, "psst", **more)
            assert (await visitor.until("nack"))["cid"] == str(cid)
    assert server.get("poll", room.agent, s=room.id, after=0, wait=0).json()["entries"] == []


async def test_read_marks_and_typing_reach_the_other_side(server: Server, room: Room) -> None:
    server.send(room.agent, room.id, "Good morning")
    async with (
        talking(server, room.visitor, room.id) as visitor,
        talking(server, room.agent, room.id) as agent,
    ):
        await visitor.say(t="typing", s=room.id, on=True)
        assert (await agent.until("typing"))["seat"] == "visitor"
        await visitor.say(t="read", s=room.id, up_to=99)
        assert (await agent.until("read"))["up_to"] == 1
    async with talking(server, room.agent, room.id) as back:
        marks = [frame for frame in back.seen if frame["t"] == "read"]
    assert [(mark["seat"], mark["up_to"]) for mark in marks] == [("visitor", 1)]


async def test_an_agent_sees_the_visitor_come_and_a_visitor_sees_no_colleague(server: Server, room: Room) -> None:
    async with talking(server, room.agent, room.id) as agent:
        async with talking(server, room.visitor, room.id) as visitor:
            assert (await agent.until("presence"))["seat"] == "visitor"
            await visitor.say(t="ping")
            await visitor.until("pong")
        gone = await agent.until("presence", on=False)
    assert gone["seat"] == "visitor"
    assert not [frame for frame in visitor.seen if frame["t"] == "presence"]


@pytest.mark.parametrize("token", ["-", "nonsense", "a" * 10_000])
def test_a_stranger_finds_nothing(server: Server, room: Room, token: str) -> None:
    server.send(room.visitor, room.id, "secret")
    answers = [
        server.get("stream", token, s=room.id, after=0),
        server.get("poll", token, s=room.id, after=0, wait=0),
        server.send(token, room.id, "let me in"),
        server.post("read", token, {"s": str(room.id), "up_to": 1}),
        server.post("typing", token, {"s": str(room.id), "on": True}),
    ]
    assert {answer.status_code for answer in answers} <= {401, 404}
    assert all("secret" not in answer.text for answer in answers)


def test_the_token_of_one_stream_opens_no_other(server: Server, room: Room, rooms: list[Room]) -> None:
    other = rooms[0]
    assert server.get("poll", other.visitor, s=room.id, after=0, wait=0).status_code == 404
    assert server.send(other.agent, room.id, "wrong door").status_code == 404
    assert server.get("poll", room.visitor, s=uuid4(), after=0, wait=0).status_code == 404


async def test_a_socket_with_a_foreign_token_is_closed(server: Server, room: Room, rooms: list[Room]) -> None:
    async with talking(server, rooms[0].visitor) as stranger:
        await stranger.say(t="sub", s=room.id, after=0)
        assert (await stranger.until("nack"))["problem"]["code"] == "not_found"
        with pytest.raises(ConnectionClosed):
            await stranger.next()
    assert stranger.line.close_code == 4001


async def test_a_socket_that_shows_nothing_is_closed(server: Server, room: Room) -> None:
    async with talking(server, None) as nobody:
        await nobody.say(t="sub", s=room.id, after=0)
        with pytest.raises(ConnectionClosed):
            while True:
                await nobody.next()
    assert nobody.line.close_code == 4001


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not json", 4002),
        ("[1]", 4002),
        ('{"t":"dance"}', 4002),
        ('{"t":"sub","s":"x"}', 4002),
        ('{"t":"sub","s":"%s","after":-1}', 4002),
        ('{"t":"send","s":"%s","cid":"7","kind":"text","body":{"text":"hi"}}', 4002),
        ('{"t":"send","s":"%s","cid":"0192fa1e-0000-7000-8000-000000000001","kind":"text","body":"hi"}', 4002),
        (
            '{"t":"send","s":"%s","cid":"0192fa1e-0000-7000-8000-000000000001","kind":"text","body":{"text":"\\ud800"}}',
            4002,
        ),
        ("[" * 20_000, 4002),
        ("x" * 70_000, 4009),
        (b"\x00\x01", 4002),
    ],
)
async def test_a_malformed_frame_ends_the_connection_by_its_code(
    server: Server, room: Room, frame: str | bytes, code: int
) -> None:
    sent = frame.replace("%s", str(room.id)) if isinstance(frame, str) else frame
    async with talking(server, room.visitor, room.id) as visitor:
        await visitor.line.send(sent)
        with pytest.raises(ConnectionClosed):
            while True:
                await visitor.next()
    assert visitor.line.close_code == code


async def test_a_message_of_a_megabyte_ends_the_connection_and_nothing_else(server: Server, room: Room) -> None:
    async with talking(server, room.visitor, room.id) as visitor:
        with pytest.raises(ConnectionClosed):
            await visitor.send(room.id, "x" * 1_000_000)
            while True:
                await visitor.next()
    assert visitor.line.close_code in (1009, 4009)
    assert server.send(room.visitor, room.id, "x" * 1_000_000).status_code == 413
    assert server.send(room.visitor, room.id, "Still here?").json()["seq"] == 1


@pytest.mark.slow
async def test_a_flood_is_refused_message_by_message_and_harms_nobody(
    server: Server, room: Room, rooms: list[Room]
) -> None:
    other = rooms.pop()
    async with (
        talking(server, room.visitor, room.id) as visitor,
        talking(server, other.visitor, other.id) as bystander,
    ):
        sent = [str(await visitor.send(room.id, str(number))) for number in range(10_000)]
        answers: dict[str, dict[str, Any]] = {}
        while len(answers) < len(sent):
            frame = await visitor.next()
            if frame["t"] in ("ack", "nack"):
                answers[frame["cid"]] = frame
        await bystander.send(other.id, "Hello?")
        await bystander.until("ack")
    refused = [frame["problem"] for frame in answers.values() if frame["t"] == "nack"]
    kept = [frame["seq"] for frame in answers.values() if frame["t"] == "ack"]
    assert {problem["code"] for problem in refused} == {"too_many"}
    assert all(problem["retry_after"] >= 1 for problem in refused)
    assert 20 <= len(kept) <= 200
    assert sorted(kept) == list(range(1, len(kept) + 1))
    # In the order in which they were sent, whatever was refused between them.
    assert [answers[cid]["seq"] for cid in sent if answers[cid]["t"] == "ack"] == sorted(kept)


async def test_one_broken_message_does_not_take_others_of_its_commit_along(
    server: Server, room: Room, rooms: list[Room]
) -> None:
    other = rooms.pop()
    async with (
        talking(server, room.agent, room.id) as one,
        talking(server, other.agent, other.id) as two,
    ):
        good = await two.send(other.id, "before")
        bad = await one.send(room.id, "break the outbox")
        await two.send(other.id, "after")
        assert (await one.until("nack", cid=str(bad)))["problem"]["code"] == "unavailable"
        await two.until("ack", cid=str(good))
        assert (await two.until("ack"))["seq"] == 2
    assert server.get("poll", room.agent, s=room.id, after=0, wait=0).json()["head"] == 0


async def test_at_most_six_connections_share_a_token(server: Server, room: Room) -> None:
    async with (
        talking(server, room.visitor, room.id),
        talking(server, room.visitor, room.id),
        talking(server, room.visitor, room.id),
        talking(server, room.visitor, room.id),
        talking(server, room.visitor, room.id),
        talking(server, room.visitor, room.id),
    ):
        answer = await asyncio.to_thread(server.get, "stream", room.visitor, s=room.id, after=0)
        assert answer.status_code == 429
        assert "retry-after" in answer.headers
        async with talking(server, room.visitor) as seventh:
            with pytest.raises(ConnectionClosed):
                while True:
                    await seventh.next()
        assert seventh.line.close_code == 4029
    async with talking(server, room.visitor, room.id):
        pass


def test_foreign_hosts_and_unknown_addresses_are_refused(server: Server, room: Room) -> None:
    headers = {"Authorization": f"Bearer {room.visitor}"}
    base = f"http://{server.address}/rt/v1"
    query = {"s": str(room.id)}
    evil = server.client.get(f"{base}/poll", params=query, headers={**headers, "Host": "evil.example"})
    assert (evil.status_code, evil.json()["code"]) == (400, "wrong_host")
    assert server.client.get(f"{base}/nothing", headers=headers).status_code == 404
    assert server.client.get(f"{base}/send", headers=headers).status_code == 404
    for bad in ({}, {"s": "x"}, {"s": str(room.id), "after": "-1"}, {"s": str(room.id), "after": "9" * 17}):
        assert server.client.get(f"{base}/poll", params=bad, headers=headers).status_code == 400


async def test_a_socket_at_another_address_is_refused(server: Server) -> None:
    from websockets.asyncio.client import connect

    with pytest.raises(InvalidStatus):
        async with connect(f"ws://{server.address}/somewhere"):
            pass


async def test_a_slow_reader_is_cut_off_and_gets_everything_when_it_comes_back(server: Server, room: Room) -> None:
    long = "x" * 50_000
    async with (
        talking(server, room.visitor, room.id, max_queue=1, sock=narrow_line(server)) as slow,
        talking(server, room.agent, room.id) as agent,
    ):
        for number in range(160):
            await agent.deliver(room.id, f"{number} {long}")
        with pytest.raises(ConnectionClosed):
            while True:
                await slow.next()
    got = [frame["seq"] for frame in slow.seen if frame["t"] == "msg"]
    assert got == list(range(1, len(got) + 1))
    assert len(got) < 160
    async with talking(server, room.visitor, room.id, after=len(got)) as back:
        rest = [frame["seq"] for frame in back.seen if frame["t"] == "msg"]
    assert rest == list(range(len(got) + 1, 161))


async def test_a_cursor_beyond_the_log_is_told_to_start_anew(server: Server, room: Room) -> None:
    server.send(room.visitor, room.id, "one")
    async with talking(server, room.agent, room.id, after=7) as agent:
        assert [frame["t"] for frame in agent.seen if frame["t"] in ("reset", "live")] == ["reset", "live"]
        server.send(room.visitor, room.id, "two")
        assert (await agent.until("msg"))["seq"] == 2
