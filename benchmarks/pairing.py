"""The daily pairing: time, memory, and how close to the optimum; `python -m benchmarks.pairing`.

Each daily run is a process of its own that reads its pool from a file, so that its peak memory is its own. Machine code
is made before the clock starts, as on every day but the first. The exact peer is rustworkx's blossom algorithm: on
20,000 members it needs minutes, where HiGHS, asked for whole numbers, needs longer. With `--members` smaller.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import rustworkx

from allonce.products.dating.pairing.candidates import graph_of
from allonce.products.dating.pairing.daily import pair
from allonce.products.dating.pairing.graph import Graph
from allonce.products.dating.pairing.matching import match
from allonce.products.dating.pairing.members import Exclusions, Pool
from allonce.products.dating.pairing.model import Reciprocal
from allonce.products.dating.pairing.nearby import PoolIndex, instant, suggest
from allonce.products.dating.pairing.scoring import Fairness
from benchmarks import figure
from benchmarks._pairing_people import FEATURES, pool

DAY = date(2026, 6, 1)
LARGE = {100_000: (8, 5), 1_000_000: (90, 1)}  # members: seconds allowed, runs
EXACT = (1_000, 5_000, 20_000)
MEMORY_MIB = 2048
ASKED = 400
PRESENT = 2_000


def _store(path: Path, people: Pool) -> None:
    columns = {one.name: getattr(people, one.name) for one in fields(Pool) if one.name != "exclusions"}
    np.savez(path, start=people.exclusions.start, rows=people.exclusions.rows, **columns)


def _load(path: Path) -> Pool:
    with np.load(path) as stored:
        columns = {one.name: stored[one.name] for one in fields(Pool) if one.name != "exclusions"}
        return Pool(**columns, exclusions=Exclusions(stored["start"], stored["rows"]))


def _run(path: Path) -> None:
    """In a process of its own: one daily run; prints what it took."""
    pair(pool(300), DAY, 1)
    people = _load(path)
    start = perf_counter()
    outcome = pair(people, DAY, 1)
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = outcome.statistics
    print(json.dumps([seconds, peak, outcome.gap, found.coverage, found.longest_wait_days, found.exposure_gini]))


def _large(members: int, seconds: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pool.npz"
        _in_child(["--store", str(members), str(path)])
        measured = [json.loads(_in_child(["--run", str(path)])) for _ in range(runs)]
    took, peak, gap, coverage, longest, gini = (median(column) for column in zip(*measured, strict=True))
    figure(f"pairing_daily_{members}", took, "s", f"<{seconds}", took < seconds)
    figure(f"pairing_memory_{members}", peak, "MiB", f"<{MEMORY_MIB}", peak < MEMORY_MIB)
    figure(f"pairing_gap_{members}", 100 * gap, "%", "<0.1", gap < 0.001)
    print(f"  coverage {100 * coverage:.2f} %, longest wait {longest:.0f} days, exposure's Gini {gini:.3f}")


def _in_child(arguments: list[str]) -> str:
    command = [sys.executable, "-m", "benchmarks.pairing", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def exact_weight(graph: Graph) -> int:
    """The greatest total weight, by rustworkx."""
    left = np.repeat(np.arange(graph.size), np.diff(graph.start))
    once = left < graph.other
    weights = graph.weight[once].tolist()
    whole = rustworkx.PyGraph()
    whole.add_nodes_from(range(graph.size))
    whole.add_edges_from(list(zip(left[once].tolist(), graph.other[once].tolist(), weights, strict=True)))
    pairs = rustworkx.max_weight_matching(whole, max_cardinality=False, weight_fn=int)
    return int(sum(whole.get_edge_data(one, other) for one, other in pairs))


def _exact(members: int) -> None:
    people = pool(members)
    _, graph = graph_of(people, np.arange(members), Reciprocal.cold_start(FEATURES), Fairness(), 1)
    found = match(graph, 1)
    share = found.weight / exact_weight(graph)
    figure(f"pairing_optimum_{members}", 100 * share, "%", ">=99.9", share >= 0.999)
    print(f"  dual gap {100 * found.gap:.4f} % of the bound")


def _asked(members: int) -> None:
    people = pool(members)
    index = PoolIndex.build(people)
    draw = np.random.default_rng(5)
    present = draw.choice(members, PRESENT, replace=False)
    instant(index, 0, present)
    suggest(index, 0, 5)
    kinds: dict[str, Callable[[int], object]] = {
        "suggest": lambda row: suggest(index, row, 5),
        "instant": lambda row: instant(index, row, present),
    }
    for name, ask in kinds.items():
        times = []
        for row in draw.choice(members, ASKED, replace=False).tolist():
            start = perf_counter()
            ask(row)
            times.append(1000 * (perf_counter() - start))
        figure(f"pairing_{name}", median(times), "ms", "<5", median(times) < 5)
        print(f"  99th percentile {np.quantile(times, 0.99):.3f} ms, with {members} active")


def main() -> None:
    """Print every figure; `--members` runs one daily run of that size only."""
    parser = argparse.ArgumentParser(description="Figures of the daily pairing.")
    parser.add_argument("--members", type=int)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--store", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run:
        _run(chosen.run)
    elif chosen.store:
        _store(Path(chosen.store[1]), pool(int(chosen.store[0])))
    elif chosen.members:
        _large(chosen.members, *LARGE.get(chosen.members, (90, 1)))
    else:
        for members, (seconds, runs) in LARGE.items():
            _large(members, seconds, runs)
        for members in EXACT:
            _exact(members)
        _asked(100_000)


if __name__ == "__main__":
    main()
