"""From one side's send to the other side's screen, durable in between: 1,000 conversations, 500 messages a second.

One server process on SQLite, one generator process. The generator sends at its own pace, whether or not the server
keeps up, so that a stall is counted for every message that waits in it.
"""

import argparse
import asyncio
import random
import statistics
import time
from functools import partial

from benchmarks import figure
from benchmarks._chat.lines import WebSocket, allow_many_files, cid_in, fresh_cid, sending, talk
from benchmarks._chat.server import chat_server
from benchmarks._chat.tokens import stream_numbered

ROUNDS = 5
MOST_MILLISECONDS = 20


class Trips:
    """What is under way, and how long it took what arrived."""

    def __init__(self) -> None:
        self.under_way: dict[str, tuple[int, float]] = {}
        self.taken: list[float] = []

    def heard(self, number: int, frame: bytes) -> None:
        if frame.startswith(b'{"t":"msg"'):
            cid = cid_in(frame)
            sender, begun = self.under_way.get(cid, (number, 0.0))
            if sender != number:
                self.taken.append(1000 * (time.perf_counter() - begun))
                del self.under_way[cid]


async def one_round(trips: Trips, lines: list[WebSocket], rate: float, seconds: float) -> float:
    """The 99th percentile in milliseconds."""
    trips.taken.clear()
    chance = random.Random(7)
    begun = time.perf_counter()
    for sent in range(int(rate * seconds)):
        due = begun + sent / rate
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        number, cid = chance.randrange(len(lines)), fresh_cid()
        # Counted from when it was due: a generator held up by the server does not hide that.
        trips.under_way[cid] = (number, due)
        lines[number].say(sending(stream_numbered(number // 2), cid))
    await asyncio.sleep(1)
    if trips.under_way:
        raise RuntimeError(f"{len(trips.under_way)} messages never arrived")
    cuts = statistics.quantiles(trips.taken, n=100)
    print(f"median {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms, worst {max(trips.taken):.1f} ms")
    return cuts[98]


async def measure(port: int, conversations: int, rounds: int, rate: float, seconds: float) -> list[float]:
    trips = Trips()
    lines: list[WebSocket] = []
    for number in range(2 * conversations):
        name = "visitor" if number % 2 == 0 else "agent"
        lines.append(await talk(port, stream_numbered(number // 2), name, partial(trips.heard, number)))
    await one_round(trips, lines, rate, min(seconds, 3))
    return [await one_round(trips, lines, rate, seconds) for _ in range(rounds)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conversations", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--rate", type=float, default=500)
    arguments.add_argument("--seconds", type=float, default=15)
    chosen = arguments.parse_args()
    allow_many_files()
    with chat_server(chosen.conversations) as server:
        p99s = asyncio.run(measure(server.port, chosen.conversations, chosen.rounds, chosen.rate, chosen.seconds))
    p99 = statistics.median(p99s)
    figure("chat_round_trip_p99", p99, "ms", f"<{MOST_MILLISECONDS}", p99 < MOST_MILLISECONDS)


if __name__ == "__main__":
    main()
