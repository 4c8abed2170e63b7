"""The whole model's judgement of the pairs that the scan kept: the trees join the coefficients."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from allonce.products.dating.pairing.compiled import Int, compiled
from allonce.products.dating.pairing.formula import LOGIT_ONE
from allonce.products.dating.pairing.graph import Graph
from allonce.products.dating.pairing.members import Pool
from allonce.products.dating.pairing.packing import Packed, Tables
from allonce.products.dating.pairing.scoring import directed, probability, squared_line, weight
from allonce.products.dating.pairing.sheet import Sheet, fill_row, width
from allonce.products.dating.pairing.trees import Trees, tree_logit

BLOCK = 4096


def rescore(pool: Pool, members: Packed, shared: Tables, trees: Trees, constant: int, graph: Graph) -> None:
    """Give every edge the weight of both parts; changes `graph.weight`, on all cores."""
    sheet = Sheet.of_pool(pool)
    columns = width(pool.features.shape[1])

    def part(begin: int) -> None:
        end = min(begin + BLOCK, graph.size)
        row = np.empty(columns, np.float64)
        _rescore(sheet, members, shared, trees, constant, *graph, begin, end, row)

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        for _ in threads.map(part, range(0, graph.size, BLOCK)):
            pass


@compiled
def _whole(sheet: Sheet, members: Packed, shared: Tables, trees: Trees, i: Int, j: Int, row: Any) -> Int:
    people = members.people
    line = squared_line(people, i, j)
    step = np.searchsorted(shared.steps, line)
    forth, back = directed(members, shared, i, j)
    fill_row(sheet, people[i].row, people[j].row, step, row)
    forth = (forth + probability(shared, np.int64(np.rint(tree_logit(trees, row) * LOGIT_ONE)))) >> 1
    fill_row(sheet, people[j].row, people[i].row, step, row)
    back = (back + probability(shared, np.int64(np.rint(tree_logit(trees, row) * LOGIT_ONE)))) >> 1
    return (np.int64(forth) * back) >> 12


@compiled
def _rescore(
    sheet: Sheet, members: Packed, shared: Tables, trees: Trees, constant: Int, start: Any, other: Any, weights: Any,
    begin: Int, end: Int, row: Any,
) -> None:  # fmt: skip
    for i in range(begin, end):
        for e in range(start[i], start[i + 1]):
            j = other[e]
            if j < i:
                continue
            value = weight(members.own, _whole(sheet, members, shared, trees, i, j, row), constant, i, j)
            weights[e] = value
            weights[start[j] + np.searchsorted(other[start[j] : start[j + 1]], i)] = value
