"""Matching against the exact optimum, on every kind of small graph."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.dating.pairing.graph import Graph
from allonce.products.dating.pairing.matching import Matching, match
from benchmarks.pairing import exact_weight

Edges = dict[tuple[int, int], int]


def graph(members: int, edges: Edges) -> Graph:
    both = sorted([*((i, j, w) for (i, j), w in edges.items()), *((j, i, w) for (i, j), w in edges.items())])
    start = np.zeros(members + 1, np.int64)
    np.cumsum(np.bincount([edge[0] for edge in both], minlength=members), out=start[1:])
    columns = np.array(both, np.int64).reshape(-1, 3)
    return Graph(start, columns[:, 1].astype(np.int32), columns[:, 2].astype(np.int32))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    members = draw(st.integers(1, 16))
    pairs = [(i, j) for i in range(members) for j in range(i + 1, members)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    greatest = draw(st.sampled_from([1, 3, 100, (1 << 21) - 1]))
    return members, {pair: draw(st.integers(1, greatest)) for pair in chosen}


def check(found: Matching, members: int, edges: Edges) -> None:
    total = 0
    for i, j in enumerate(found.mate.tolist()):
        if j >= 0:
            assert found.mate[j] == i
            total += edges[min(i, j), max(i, j)] if i < j else 0
    assert total == found.weight
    assert all(found.dual[i] + found.dual[j] >= 2 * weight for (i, j), weight in edges.items())
    assert (found.dual >= 0).all()
    assert found.bound == found.dual.sum() // 2


@given(graphs(), st.integers(0, 5))
def test_a_matching_is_close_to_the_optimum_and_below_its_proven_bound(case: tuple[int, Edges], seed: int) -> None:
    members, edges = case
    found = match(graph(members, edges), seed)
    check(found, members, edges)
    best = exact_weight(graph(members, edges))
    assert 0.999 * best <= found.weight <= best <= found.bound


@pytest.mark.parametrize("members", [3, 5, 7, 31])
def test_an_odd_cycle_leaves_one_out_and_no_more(members: int) -> None:
    edges = {(min(i, (i + 1) % members), max(i, (i + 1) % members)): 10 for i in range(members)}
    found = match(graph(members, edges), 1)
    assert found.weight == 10 * (members // 2)
    assert found.bound == 10 * members // 2


def test_two_odd_cycles_far_apart_are_joined_by_a_long_exchange() -> None:
    path = {(i, i + 1): 10 for i in range(2, 13)}
    edges = {(0, 1): 10, (0, 2): 10, (1, 2): 10, **path, (13, 14): 10, (13, 15): 10, (14, 15): 10}
    found = match(graph(16, edges), 1)
    assert found.weight == exact_weight(graph(16, edges)) == 80


def test_the_same_seed_gives_the_same_pairs() -> None:
    draw = np.random.default_rng(4)
    edges = {(i, j): int(draw.integers(1, 50)) for i in range(60) for j in range(i + 1, 60) if draw.random() < 0.1}
    one, other = (match(graph(60, edges), 3) for _ in range(2))
    assert np.array_equal(one.mate, other.mate)


def test_a_thousand_members_come_within_a_thousandth_of_the_optimum() -> None:
    draw = np.random.default_rng(8)
    edges = {
        (i, int(j)): int(draw.integers(1, 1 << 20))
        for i in range(999)
        for j in np.unique(draw.integers(i + 1, 1000, 6))
    }
    found = match(graph(1000, edges), 1)
    assert found.weight >= 0.999 * exact_weight(graph(1000, edges))
    assert found.gap < 0.01
