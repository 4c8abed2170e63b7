"""Cuts, lost frames, repeats and killed servers: in the end both sides hold the same log, and it is the right one."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest

from allonce.kernel.messaging.tests.live import Room, Server, serving
from allonce.kernel.messaging.tests.peers import Peer

ROUND_SECONDS = 150


@asynccontextmanager
async def living(peers: list[Peer]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(peer.live()) for peer in peers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert [each for each in ended if not isinstance(each, asyncio.CancelledError)] == []


def pairs(server: Server, rooms: list[Room], seed: int, **line: float) -> list[tuple[Peer, Peer]]:
    chance = random.Random(seed)
    return [
        (
            Peer(server.address, room.visitor, room.id, random.Random(chance.random()), **line),  # type: ignore[arg-type]
            Peer(server.address, room.agent, room.id, random.Random(chance.random()), **line),  # type: ignore[arg-type]
        )
        for room in rooms
    ]


async def write_all(conversations: list[tuple[Peer, Peer]], count: int, pause: float) -> dict[UUID, list[UUID]]:
    """Both sides write in turns; the cids of each room's visitor and agent in the order of writing."""
    written: dict[UUID, list[UUID]] = {}
    for number in range(count):
        for visitor, agent in conversations:
            for name, peer in (("v", visitor), ("a", agent)):
                written.setdefault(peer.stream, []).append(peer.write(f"{name}{number}"))
        await asyncio.sleep(pause)
    return written


async def all_settled(conversations: list[tuple[Peer, Peer]], each: int) -> None:
    async with asyncio.timeout(ROUND_SECONDS):
        while any(peer.outbox or peer.cursor < each for pair in conversations for peer in pair):
            await asyncio.sleep(0.1)


def judge(conversations: list[tuple[Peer, Peer]], written: dict[UUID, list[UUID]]) -> None:
    """Nothing lost, doubled, out of order, or different on the two sides."""
    for visitor, agent in conversations:
        assert visitor.log == agent.log
        assert [frame["seq"] for frame in visitor.log] == list(range(1, len(visitor.log) + 1))
        assert sorted(frame["cid"] for frame in visitor.log) == sorted(map(str, written[visitor.stream]))
        for sender, letter in (("visitor", "v"), ("agent:ann", "a")):
            words = [frame["body"]["text"] for frame in visitor.log if frame["from"] == sender]
            assert words == [f"{letter}{number}" for number in range(len(words))]
        numbers = {UUID(frame["cid"]): frame["seq"] for frame in visitor.log}
        assert {**visitor.acknowledged, **agent.acknowledged} == numbers


@pytest.mark.slow
@pytest.mark.scale
@pytest.mark.promise("CHAT-DELIVERY")
@pytest.mark.parametrize("loses_every", [0, 3])
async def test_both_sides_hold_every_message_once_and_in_order(
    server: Server, rooms: list[Room], loses_every: int
) -> None:
    conversations = pairs(server, [rooms.pop() for _ in range(3)], 7, loses_every=loses_every, cuts=0.01)
    async with living([peer for pair in conversations for peer in pair]):
        written = await write_all(conversations, 6, 0.02)
        await all_settled(conversations, 12)
    judge(conversations, written)
    assert sum(peer.connected for pair in conversations for peer in pair) >= 6


@pytest.mark.slow
@pytest.mark.promise("CHAT-DELIVERY")
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_server_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path, seed: int) -> None:
    with serving(tmp_path) as server:
        conversations = pairs(server, server.rooms(12), seed, loses_every=7, cuts=0.003)
        async with living([peer for pair in conversations for peer in pair]):
            writing = asyncio.create_task(write_all(conversations, 40, 0.15))
            for _kill in range(4):
                await asyncio.sleep(random.Random(seed).uniform(0.5, 2))
                server.kill()
                await asyncio.to_thread(server.start)
            written = await writing
            await all_settled(conversations, 80)
        judge(conversations, written)
