"""Memory of a visitor who merely has the chat open: 10,000 streams of events on one server process.

Each of the five rounds has a fresh server. Generators are processes of their own, two of them if one may not open
so many files.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import time
from multiprocessing.synchronize import Event

from benchmarks import figure
from benchmarks._chat.lines import allow_many_files, listen
from benchmarks._chat.server import chat_server

ROUNDS = 5
MOST_KB = 25
AT_ONCE = 100
SPARE_FILES = 200


def connect_all(port: int, first: int, count: int, done: Event, end: Event) -> None:
    """A generator process: connect, say so, hold the lines until told to end."""
    allow_many_files()
    asyncio.run(_hold(port, range(first, first + count), done, end))


async def _hold(port: int, numbers: range, done: Event, end: Event) -> None:
    lines = []
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        lines += await asyncio.gather(*(listen(port, number, 0) for number in part))
    done.set()
    while not end.is_set():
        await asyncio.sleep(0.2)
    if any(line.transport.is_closing() for line in lines):
        raise RuntimeError("the server let idle visitors go")


def one_round(visitors: int) -> float:
    """Kilobytes (1,000 bytes) of the server's memory for each visitor."""
    generators = 1 if visitors + SPARE_FILES < allow_many_files() else 2
    share = visitors // generators
    context = multiprocessing.get_context("spawn")
    with chat_server(visitors) as server:
        asyncio.run(_warm_up(server.port))
        before = server.rss
        end = context.Event()
        works = []
        for index in range(generators):
            done = context.Event()
            work = context.Process(target=connect_all, args=(server.port, index * share, share, done, end))
            work.start()
            works.append((work, done))
        for _work, done in works:
            if not done.wait(300):
                raise RuntimeError("not all visitors could connect")
        time.sleep(25)  # at least one heartbeat to everybody
        after = server.rss
        end.set()
        for work, _done in works:
            work.join(30)
            if work.exitcode:
                raise RuntimeError("a generator failed")
    found = (after - before) / (share * generators) / 1000
    print(
        f"{share * generators} visitors: {before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after, {found:.1f} kB each"
    )
    return found


async def _warm_up(port: int) -> None:
    """What the first connection makes once is not what each costs."""
    line = await listen(port, 0, 0)
    line.transport.close()
    await asyncio.sleep(1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--visitors", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = arguments.parse_args()
    each = statistics.median(one_round(chosen.visitors) for _ in range(chosen.rounds))
    figure("chat_idle_visitor", each, "kB", f"<={MOST_KB}", each <= MOST_KB)


if __name__ == "__main__":
    main()
