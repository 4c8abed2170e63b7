"""Everybody comes back at once: 5,000 visitors reconnect after a cut, each with twenty messages to catch up on.

One server process on SQLite, one generator process that opens as many lines at a time as a real network would let
through. The time runs from the cut until the last visitor has the whole backlog and is live again.
"""

import argparse
import asyncio
import statistics
import time

from benchmarks import figure
from benchmarks._chat.lines import Events, allow_many_files, listen
from benchmarks._chat.server import ChatServer, chat_server

ROUNDS = 5
BACKLOG = 20
MOST_SECONDS = 10
AT_ONCE = 500


async def storm(port: int, visitors: int, after: int) -> tuple[float, list[Events]]:
    """Seconds until all are live, and their lines."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def come(number: int) -> Events:
        async with gate:
            return await listen(port, number, after)

    begun = time.perf_counter()
    lines = await asyncio.gather(*(come(number) for number in range(visitors)))
    return time.perf_counter() - begun, list(lines)


async def measure(server: ChatServer, visitors: int, rounds: int) -> list[float]:
    _taken, lines = await storm(server.port, visitors, BACKLOG)
    found = []
    for _ in range(rounds):
        for line in lines:
            line.transport.abort()
        worked = server.cpu_seconds
        taken, lines = await storm(server.port, visitors, 0)
        if any(line.messages != BACKLOG for line in lines):
            raise RuntimeError("a visitor was not given the whole backlog")
        each = 1000 * (server.cpu_seconds - worked) / visitors
        print(f"{visitors} visitors back in {taken:.1f} s, {each:.2f} ms of the server's processor time each")
        found.append(taken)
        await asyncio.sleep(6)  # until they are missed, as presence would have it
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--visitors", type=int, default=5000)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = arguments.parse_args()
    allow_many_files()
    with chat_server(chosen.visitors, BACKLOG) as server:
        found = asyncio.run(measure(server, chosen.visitors, chosen.rounds))
    seconds = statistics.median(found)
    figure("chat_storm", seconds, "s", f"<{MOST_SECONDS}", seconds < MOST_SECONDS)


if __name__ == "__main__":
    main()
