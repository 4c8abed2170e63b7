"""Durable messages a second: acknowledged only after a commit that reached the disk, with an outbox row each.

One server process on SQLite, one generator process; both seats of every conversation send as fast as they are
acknowledged, and each message is pushed to both. Bodies are encrypted with the account's key. The peer is ejabberd
with its message archive on PostgreSQL, where it is installed (see `_chat/ejabberd.py`).
"""

import argparse
import asyncio
import statistics
import time
from functools import partial

from benchmarks import figure
from benchmarks._chat import ejabberd
from benchmarks._chat.lines import WebSocket, allow_many_files, fresh_cid, sending, talk
from benchmarks._chat.server import ChatServer, chat_server
from benchmarks._chat.tokens import stream_numbered

ROUNDS = 5
IN_FLIGHT = 3
LEAST = 3000
LEAST_RATIO = 3


class Load:
    """Counts acknowledgements, and answers each with the next message while the round lasts."""

    def __init__(self) -> None:
        self.running = False
        self.acknowledged = self.delivered = self.refused = 0
        self.lines: dict[int, WebSocket] = {}

    def heard(self, number: int, frame: bytes) -> None:
        kind = frame[6:9]
        if kind == b"msg":
            self.delivered += 1
        elif kind == b"ack":
            self.acknowledged += 1
            if self.running:
                self.send(number)
        elif kind == b"nac":
            self.refused += 1

    def send(self, number: int) -> None:
        stream = stream_numbered(number // 2)
        self.lines[number].say(sending(stream, fresh_cid()))


async def measure(server: ChatServer, conversations: int, rounds: int, seconds: float) -> list[float]:
    """Acknowledged messages a second, by round."""
    load = Load()
    for number in range(2 * conversations):
        name = "visitor" if number % 2 == 0 else "agent"
        load.lines[number] = await talk(server.port, stream_numbered(number // 2), name, partial(load.heard, number))
    rates = []
    for turn in range(rounds + 1):
        load.acknowledged = load.delivered = 0
        load.running = True
        begun, worked = time.perf_counter(), server.cpu_seconds
        for number in load.lines:
            for _ in range(IN_FLIGHT):
                load.send(number)
        await asyncio.sleep(seconds)
        rate = load.acknowledged / (time.perf_counter() - begun)
        load.running = False
        await asyncio.sleep(1)
        each = 1000 * (server.cpu_seconds - worked) / max(1, load.acknowledged)
        said = f"{rate:.0f} acknowledged a second, {load.delivered} deliveries, {load.refused} refused"
        print(f"round {turn}: {said}, {each:.2f} ms of the server's processor time each")
        rates.append(rate)
    return rates[1:]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conversations", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--seconds", type=float, default=4)
    chosen = arguments.parse_args()
    allow_many_files()
    with chat_server(chosen.conversations) as server:
        rates = asyncio.run(measure(server, chosen.conversations, chosen.rounds, chosen.seconds))
    ours = statistics.median(rates)
    figure("chat_durable", ours, "messages/s", f">={LEAST}", ours >= LEAST)
    theirs = ejabberd.durable_rate(chosen.conversations, chosen.rounds, chosen.seconds)
    if theirs is not None:
        ratio = ours / theirs
        figure("chat_durable_against_ejabberd", ratio, "ratio", f">={LEAST_RATIO}", ratio >= LEAST_RATIO)


if __name__ == "__main__":
    main()
