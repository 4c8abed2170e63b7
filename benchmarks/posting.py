"""Whole orders through a real server into a real relay, against the PDF engine alone, and the memory they cost.

The server, the relay and the client are processes of their own. Both rates are of eight orders at once, each
of twenty lines: the engine typesets the Customer's document and the worksheet, the server does that and all
the rest (HTTP, pricing, claims that reach the disk, two mails over SMTP). `--posts 10000` is the whole test
of memory.
"""

import argparse
import itertools
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psutil

from benchmarks import figure

ROUNDS = 5
ORDERS_AT_ONCE = 8
LINES = 20
LEAST_SHARE = 0.5
WARM_UP_POSTS = 60
MOST_GROWTH_PERCENT = 10

numbers = itertools.count(1)

# The least that is an SMTP server: it must not cost what is measured.
SINK = """
import asyncio

async def session(reader, writer):
    writer.write(b"220 sink\\r\\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\\r\\n")
            await reader.readuntil(b"\\r\\n.\\r\\n")
        writer.write(b"221 bye\\r\\n" if verb == b"QUIT" else b"250 taken\\r\\n")
        if verb == b"QUIT":
            break
    writer.close()

async def main():
    server = await asyncio.start_server(session, "127.0.0.1", 0, limit=2**26)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


@contextmanager
def sink() -> Iterator[int]:
    """A relay that takes everything and keeps nothing; its port."""
    process = subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


def typeset_seconds(parcel: Any) -> float:
    """How long the PDF engine alone takes over one order's documents."""
    from allonce.products.quoting.documents import Brand, DocumentJob, render_letters

    job = {**parcel.job, "surveyor": "Jo Bell"}
    begun = time.perf_counter()
    render_letters(DocumentJob(job, {"a": parcel.job["totals"]}), Brand(name="Shop", email="hello@shop.example"))
    return time.perf_counter() - begun


def posting_seconds(server: Any, parcel: Any) -> float:
    """How long until the server has had both mails of an order accepted by the relay, and said so."""
    begun = time.perf_counter()
    answer = server.post(parcel)
    taken = time.perf_counter() - begun
    accepted = [one["state"] == "accepted" for one in answer.json()["deliveries"]]
    assert accepted == [True, True], answer.text
    return taken


def make_parcel() -> Any:
    """An order of twenty lines, unlike all others in number and sizes."""
    number = next(numbers)
    from allonce.products.quoting.tests.jobs import Parcel, make_item, make_job, totals_of

    items = [make_item(line, width=400 + (number * 7 + line * 31) % 1200) for line in range(1, LINES + 1)]
    job = make_job(number=f"BM-{number}", proposals=[{"id": "a", "name": "As measured", "items": items}])
    return Parcel(job=job | {"totals": totals_of(job)})


def measure_share(server: Any, orders: int) -> None:
    """Both in turn with as many orders at once, so that a machine busy with other things slows them alike."""
    shares = []
    for _ in range(ROUNDS):
        alone = at_once(typeset_seconds, orders)
        posted = at_once(lambda parcel: posting_seconds(server, parcel), orders)
        shares.append(posted / alone)
        print(f"PDF engine alone {alone:.1f} orders/s, posted {posted:.1f} orders/s")
    share = statistics.median(shares)
    figure("posting_share_of_pdf_engine", share, "ratio", f">={LEAST_SHARE}", share >= LEAST_SHARE)


def at_once(act: Callable[[Any], float], orders: int) -> float:
    """Orders a second, `ORDERS_AT_ONCE` of them at any time."""
    parcels = [make_parcel() for _ in range(orders)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(ORDERS_AT_ONCE) as threads:
        list(threads.map(act, parcels))
    return orders / (time.perf_counter() - begun)


def measure_memory(server: Any, posts: int) -> None:
    """Growth of the server's memory over `posts`, smoothed at both ends, in percent of where it began."""
    process = psutil.Process(server.pid)
    levels = []
    for _ in range(posts):
        posting_seconds(server, make_parcel())
        levels.append(process.memory_info().rss)
    tenth = max(1, posts // 10)
    first, last = statistics.median(levels[:tenth]), statistics.median(levels[-tenth:])
    growth = 100 * (last - first) / first
    print(f"memory over {posts} posts: {first / 2**20:.1f} MB at first, {last / 2**20:.1f} MB at last")
    name = f"posting_memory_growth_over_{posts}_posts"
    figure(name, growth, "%", f"<{MOST_GROWTH_PERCENT}", growth < MOST_GROWTH_PERCENT)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--orders", type=int, default=24, help="orders in each of the five rounds")
    arguments.add_argument("--posts", type=int, default=300, help="posts over which memory is watched")
    chosen = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="allonce-bench-"))
    os.environ["ALLONCE_DATA_DIR"] = str(folder / "own")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
    django.setup()
    logging.disable(logging.WARNING)
    from allonce.products.quoting.tests.installation import installation

    try:
        with sink() as port, installation(folder / "site", port, lease=180) as server:
            for _ in range(WARM_UP_POSTS):
                posting_seconds(server, make_parcel())
                typeset_seconds(make_parcel())
            measure_share(server, chosen.orders)
            measure_memory(server, chosen.posts)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
