"""The compiled scan: for each member the best admissible others, nearest cubes first."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.cells import AGES, Level
from allonce.products.dating.pairing.compiled import Int, compiled, inlined
from allonce.products.dating.pairing.packing import Packed, Tables
from allonce.products.dating.pairing.scoring import lists, score, suits

GOLDEN = 0.6180339887498949
BLOCK = 1024
RUN = 8  # neighbours in memory that a walk looks at together


class Search(NamedTuple):
    """What a scan looks for; the same for all members."""

    keep: int  # the best so many are kept
    enough: int  # no further cube is opened once so many admissible ones were scored
    turn: int  # changes from day to day where in a crowd the walk begins


@compiled
def _where(keys: Any, low: Int, high: Int, wanted: Int) -> Int:
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _mixed(value: Int) -> Int:
    """A scrambled number from 0 to 2**31 (the finishing steps of splitmix64)."""
    mixed = np.uint64(value)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(33))


@compiled
def _stride(size: Int) -> Int:
    """About the golden part of a size, and prime to it: a walk in such steps meets everybody once, well spread."""
    step = np.int64(size * GOLDEN) | 1
    while True:
        one, other = np.int64(size), np.int64(step)
        while other:
            one, other = other, one % other
        if one == 1:
            return step
        step += 2


@compiled
def _insert(people: Any, start: Any, rows: Any, i: Int, j: Int, value: Int, best: Any, values: Any, found: Int) -> Int:
    """Put j into i's list in place of the least; returns how many it then holds, or -1 if an exclusion bars j."""
    least = 0
    for place in range(found):
        if best[place] == j:
            return found
        if values[place] < values[least]:
            least = place
    if lists(start, rows, people[i].row, people[j].row):
        return -1
    if found < best.size:
        least = found
        found += 1
    best[least] = j
    values[least] = value
    return found


@inlined
def _offer(members: Packed, tables: Tables, i: Int, j: Int, best: Any, values: Any, found: Int, least: Int) -> Int:
    """Offer j to i, whose full list begins at the score `least`; as `_insert`, and -1 where they do not suit."""
    if not suits(members.people, i, j):
        return -1
    value = score(members, tables, i, j)
    if value <= least:
        return found
    start, rows = tables.exclude_start, tables.exclude_rows
    return _insert(members.people, start, rows, i, j, value, best, values, found)


@inlined
def _least(values: Any, found: Int) -> Int:
    """The score that another must exceed."""
    if found < values.size:
        return -1
    least = values[0]
    for place in range(1, found):
        least = min(least, values[place])
    return least


@compiled
def _walk(
    members: Packed, tables: Tables, level: Level, search: Search, i: Int, begin: Int, size: Int, quota: Int,
    best: Any, values: Any, found: Int,
) -> tuple[Int, Int]:  # fmt: skip
    """Look at a well-spread part of a crowd; returns how many are kept and how many were scored."""
    runs = size // RUN
    step = _stride(runs)
    chance = _mixed((search.turn << 32) + members.people[i].row)
    begin += chance % (size - runs * RUN + 1)  # so that the last few are met, too
    place = chance % runs
    scored = np.int64(0)
    least = _least(values, found)
    for _ in range(min(4 * quota // RUN + 1, runs)):
        for turn in range(begin + place * RUN, begin + (place + 1) * RUN):
            now = _offer(members, tables, i, level.order[turn], best, values, found, least)
            if now >= 0:
                found = now
                scored += 1
        least = _least(values, found)
        if scored >= quota:
            break
        place = (place + step) % runs
    return found, scored


@compiled
def _through(
    members: Packed, tables: Tables, level: Level, i: Int, group: Int, end: Int, quota: Int,
    best: Any, values: Any, found: Int,
) -> tuple[Int, Int]:  # fmt: skip
    """Look at everybody in the groups, skipping those in which nobody seeks such a member."""
    person = members.people[i]
    scored = np.int64(0)
    least = _least(values, found)
    while group < end and scored < quota:
        ages = level.group_ages[group]
        if (level.group_seeks[group] >> person.sex) & 1 and ages[0] <= person.age <= ages[1]:
            for place in range(level.group_start[group], level.group_start[group + 1]):
                now = _offer(members, tables, i, level.order[place], best, values, found, least)
                if now >= 0:
                    found = now
                    scored += 1
                    least = _least(values, found)
        group += 1
    return found, scored


@compiled
def _in_cube(
    members: Packed, tables: Tables, level: Level, search: Search, i: Int, cube: Int, best: Any, values: Any, found: Int
) -> tuple[Int, Int]:
    person = members.people[i]
    kinds = (person.seeks & 1) + ((person.seeks >> 1) & 1) + ((person.seeks >> 2) & 1)
    quota = max(search.enough // max(kinds, 1), search.keep)  # one sex alone may have to fill the list
    scored = np.int64(0)
    first, last = np.int64(level.cube_groups[cube]), np.int64(level.cube_groups[cube + 1])
    for sex in range(3):
        if not (person.seeks >> sex) & 1:
            continue
        group = _where(level.group_key, first, last, sex * AGES + np.int64(person.youngest))
        end = _where(level.group_key, group, last, sex * AGES + np.int64(person.oldest) + 1)
        begin = np.int64(level.group_start[group])
        size = np.int64(level.group_start[end]) - begin
        here = np.int64(0)
        if size > max(4 * quota, 8 * RUN):
            found, here = _walk(members, tables, level, search, i, begin, size, quota, best, values, found)
        if here < quota and (here == 0 or found < search.keep):
            found, more = _through(members, tables, level, i, group, end, quota, best, values, found)
            here += more
        scored += here
    return found, scored


@compiled
def scan_one(
    members: Packed, tables: Tables, level: Level, search: Search, i: Int, best: Any, values: Any
) -> tuple[Int, Any]:
    """Fill the lists `best` and `values` of member i; how many they hold, and whether a wider look might add any."""
    reach = members.people[i].reach
    found = np.int64(0)
    scored = np.int64(0)
    cube = level.cube[i]
    for place in range(level.near_start[cube], level.near_start[cube + 1]):
        if level.near_between[place] > reach:
            continue
        found, here = _in_cube(members, tables, level, search, i, level.near[place], best, values, found)
        scored += here
        if scored >= search.enough and found == search.keep:
            break
    seen_whole = reach <= 4 * level.side * level.side or level.side > 1 << 31
    return found, found < search.keep and not seen_whole and members.people[i].seeks != 0


@compiled
def _scan_block(
    members: Packed, tables: Tables, level: Level, search: Search, who: Any, best: Any, values: Any, count: Any,
    hungry: Any,
) -> None:  # fmt: skip
    for i in who:
        count[i], hungry[i] = scan_one(members, tables, level, search, i, best[i], values[i])


def scan_all(
    members: Packed, tables: Tables, level: Level, search: Search, who: NDArray[np.int32],
    best: NDArray[np.int32], values: NDArray[np.int32], count: NDArray[np.int32], hungry: NDArray[np.bool_],
) -> None:  # fmt: skip
    """`scan_one` for each of `who`, into rows of `best`, `values`, `count` and `hungry`; on all cores.

    Compiled code runs without the interpreter's lock. Blocks are small, since crowded cubes lie together.
    """
    blocks = [who[begin : begin + BLOCK] for begin in range(0, who.size, BLOCK)]
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        for _ in threads.map(
            lambda block: _scan_block(members, tables, level, search, block, best, values, count, hungry), blocks
        ):
            pass
