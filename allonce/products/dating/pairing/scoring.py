"""What a pair is worth, in whole numbers: both sides' probability to like, a constant for coverage, and fairness.

The score of a pair is the product of two directed probabilities, 2**20 for certain. Its weight in the matching adds a
constant, which trades a little score for more members with a date, and each side's own addition: waiting raises it,
having been shown often lowers it. An addition of a member's own never changes who suits whom, only who goes without.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.compiled import Int, compiled, inlined
from allonce.products.dating.pairing.formula import AGE_SPAN, SCORE_ONE, SIGMOID_HALF, SIGMOID_STEP
from allonce.products.dating.pairing.members import Pool
from allonce.products.dating.pairing.packing import JUDGED, JUDGING, RAISED, TASTE, WISH, Packed, Tables

HEAVIEST = SCORE_ONE * 2  # a weight stays below this, so that sums of paths fit in 32 bits


@dataclass(frozen=True)
class Fairness:
    """Shares of a certain pair's score. Greatest additions stay below a half, so that no weight overflows."""

    coverage: float = 0.1
    per_waiting_day: float = 0.02
    most_waiting_days: int = 14
    per_time_shown: float = 0.002
    most_times_shown: int = 25

    def __post_init__(self) -> None:
        raised = self.per_waiting_day * self.most_waiting_days
        lowered = self.per_time_shown * self.most_times_shown
        if min(self.coverage, self.per_waiting_day, self.per_time_shown, raised, lowered) < 0:
            raise ValueError("Fairness: no share may be negative.")
        if self.coverage > 0.25 or raised > 0.3 or lowered > 0.3:
            raise ValueError("Fairness: coverage may be at most 0.25, waiting and exposure 0.3 each in all.")

    @property
    def constant(self) -> int:
        """Added to every weight."""
        return round(self.coverage * SCORE_ONE)


def additions(pool: Pool, rows: NDArray[np.int64], fairness: Fairness) -> NDArray[np.int32]:
    """Each row's own addition to the weight of any pair with it."""
    waited = np.minimum(pool.waited_days[rows], fairness.most_waiting_days).astype(np.int64)
    shown = np.minimum(pool.times_shown[rows], fairness.most_times_shown).astype(np.int64)
    day, time = round(fairness.per_waiting_day * SCORE_ONE), round(fairness.per_time_shown * SCORE_ONE)
    return (waited * day - shown * time).astype(np.int32)


@inlined
def squared_line(people: Any, i: Int, j: Int) -> Int:
    """Squared straight line between two members, units squared."""
    x = np.int64(people[i].x) - people[j].x
    y = np.int64(people[i].y) - people[j].y
    z = np.int64(people[i].z) - people[j].z
    return x * x + y * y + z * z


@inlined
def suits(people: Any, i: Int, j: Int) -> Any:
    """Whether both sides' hard criteria hold: sex, age, distance; exclusions apart."""
    one, other = people[i], people[j]
    if i == j or not (one.seeks >> other.sex) & 1 or not (other.seeks >> one.sex) & 1:
        return False
    if other.age < one.youngest or other.age > one.oldest or one.age < other.youngest or one.age > other.oldest:
        return False
    return squared_line(people, i, j) <= min(one.reach, other.reach)


@compiled
def lists(start: Any, rows: Any, row: Int, wanted: Int) -> Any:
    """Whether a member's sorted exclusions hold another; both by pool row."""
    low, high = start[row], start[row + 1]
    while low < high:
        middle = (low + high) >> 1
        if rows[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low < start[row + 1] and rows[low] == wanted


@inlined
def logit(people: Any, own: Any, tables: Tables, i: Int, j: Int, step: Int) -> Int:
    """Log odds that i likes j by everything but the features' pairs, 1024 to one; `step` counts distance steps."""
    one, other = people[i], people[j]
    judge = one.sex
    total = np.int64(own[i, JUDGING]) + own[j, JUDGED + judge]
    total += tables.ages[judge, np.int64(other.age) - np.int64(one.age) + AGE_SPAN]
    total += tables.by_step[judge] * step
    half_years = abs(2 * np.int64(other.age) - one.youngest - one.oldest)
    return total + ((own[i, WISH] * half_years) >> 10)


@inlined
def probability(tables: Tables, log_odds: Int) -> Int:
    """From log odds to a share of 2**16."""
    place = (log_odds // SIGMOID_STEP) + SIGMOID_HALF
    return tables.sigmoid[min(max(place, 0), 2 * SIGMOID_HALF)]


@inlined
def directed(members: Packed, tables: Tables, i: Int, j: Int) -> tuple[Int, Int]:
    """Probabilities that i likes j and that j likes i, shares of 2**16."""
    people, features, own = members.people, members.features, members.own
    line = squared_line(people, i, j)
    step = 0
    while step < tables.steps.size and line > tables.steps[step]:
        step += 1
    forth = np.int64(0)
    back = np.int64(0)
    judge, judged = people[i].sex, people[j].sex
    for k in range(features.shape[1]):
        mine, others = np.int64(features[i, k]), np.int64(features[j, k])
        apart = abs(mine - others)
        forth += own[i, TASTE + k] * others + tables.apart[judge, k] * apart
        back += own[j, TASTE + k] * mine + tables.apart[judged, k] * apart
    return (
        probability(tables, logit(people, own, tables, i, j, step) + (forth >> 14)),
        probability(tables, logit(people, own, tables, j, i, step) + (back >> 14)),
    )


@inlined
def score(members: Packed, tables: Tables, i: Int, j: Int) -> Int:
    """Probability that both like, 2**20 for certain; the same whichever side comes first."""
    forth, back = directed(members, tables, i, j)
    return (np.int64(forth) * back) >> 12


@compiled
def weight(own: Any, value: Int, constant: Int, i: Int, j: Int) -> Int:
    """Weight of a pair in the matching: at least 1, so that any admissible pair is better than none."""
    total = np.int64(value) + constant + own[i, RAISED] + own[j, RAISED]
    return min(max(total, 1), HEAVIEST - 1)
