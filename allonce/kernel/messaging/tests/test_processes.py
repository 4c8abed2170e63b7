"""More than one process: entries written elsewhere, restarts by the operator, and two servers over Redis."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from allonce.kernel.messaging.tests.live import Room, Server, serving, talking

pytestmark = pytest.mark.usefixtures("_patience")
APPEND = """
from uuid import UUID, uuid4
from allonce.kernel.messaging import Draft, append, erase_entry, erase_stream
stream = UUID("{stream}")
"""
SAY = APPEND + 'append(stream, "system", Draft(uuid4(), "system", {{"code": "joined"}}))'


async def run(server: Server, code: str, room: Room) -> None:
    await asyncio.to_thread(server.made.python, code.format(stream=room.id))


async def test_what_another_process_appends_arrives(server: Server, room: Room) -> None:
    async with talking(server, room.visitor, room.id) as visitor:
        await run(server, SAY, room)
        found = await visitor.until("msg")
    assert (found["from"], found["seq"], found["body"]) == ("system", 1, {"code": "joined"})


async def test_an_erasure_by_another_process_reaches_those_who_read_it(server: Server, room: Room) -> None:
    async with talking(server, room.visitor, room.id) as visitor:
        await visitor.send(room.id, "my card is 4000")
        await visitor.until("msg")
        await run(server, APPEND + "erase_entry(stream, 1)", room)
        assert (await visitor.until("erased"))["seq"] == 1
        assert (await visitor.until("gap"))["seq"] == 2
    assert "4000" not in server.get("poll", room.agent, s=room.id, after=0, wait=0).text


async def test_an_erased_stream_is_no_more(server: Server, room: Room) -> None:
    server.send(room.visitor, room.id, "Hi")
    await run(server, APPEND + "erase_stream(stream)", room)
    assert server.get("poll", room.agent, s=room.id, after=0, wait=0).status_code == 404
    assert server.get("stream", room.visitor, s=room.id, after=1).status_code == 404


@pytest.mark.slow
@pytest.mark.scale
async def test_a_server_that_stops_says_bye_and_takes_nothing_along(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        room = server.rooms(1)[0]
        async with talking(server, room.visitor, room.id) as visitor:
            await visitor.send(room.id, "last words")
            await visitor.until("ack")
            begun = time.monotonic()
            stopping = asyncio.create_task(asyncio.to_thread(server.stop))
            bye = await visitor.until("bye")
            with pytest.raises(ConnectionClosed):
                await visitor.next()
            await stopping
        assert visitor.line.close_code == 1012
        assert bye["wait"] >= 500
        # Not by running into the server's patience with open streams.
        assert time.monotonic() - begun < 30
        server.start()
        found = server.get("poll", room.agent, s=room.id, after=0, wait=0).json()["entries"]
        assert [entry["body"]["text"] for entry in found] == ["last words"]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    redis = os.environ.get("ALLONCE_REDIS_URL") or "redis://127.0.0.1:6379/9"
    with serving(tmp_path, ALLONCE_REDIS_URL=redis) as one:
        other = Server(one.made)
        other.start()
        try:
            yield one, other
        finally:
            other.stop()


@pytest.mark.real
@pytest.mark.promise("CHAT-DELIVERY")
async def test_two_servers_are_one_and_one_of_them_may_die(two: tuple[Server, Server]) -> None:
    one, other = two
    room = one.rooms(1)[0]
    async with talking(one, room.agent, room.id) as agent:
        async with talking(other, room.visitor, room.id) as visitor:
            assert (await agent.until("presence"))["seat"] == "visitor"
            await visitor.say(t="typing", s=room.id, on=True)
            assert (await agent.until("typing"))["seat"] == "visitor"
            cid = await visitor.send(room.id, "first")
            await visitor.until("ack")
            assert (await agent.until("msg"))["seq"] == 1
            await agent.send(room.id, "second")
            assert (await visitor.until("msg", seq=2))["body"] == {"text": "second"}
            other.kill()
            with pytest.raises(ConnectionClosed):
                while True:
                    await visitor.next()
        async with talking(one, room.visitor, room.id, after=2) as back:
            await back.send(room.id, "first", cid=cid)
            assert (await back.until("ack"))["seq"] == 1
            await back.send(room.id, "third")
            assert (await agent.until("msg", seq=3))["body"] == {"text": "third"}
    other.start()
    async with talking(other, room.agent, room.id) as again:
        assert [frame["seq"] for frame in again.seen if frame["t"] == "msg"] == [1, 2, 3]
