"""One daily run: who meets, who does not and why; the same again from the same input."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.dating.pairing.daily import Outcome, Settings, pair
from allonce.products.dating.pairing.members import Pool, Why
from allonce.products.dating.pairing.tests.people import admissible, mixed

DAY = date(2026, 6, 1)
FURTHER_KM = Settings().further_km


def rows(pool: Pool, ids: np.ndarray) -> list[int]:
    return [int(row) for row in np.searchsorted(pool.ids, ids)]


def same(one: Outcome, other: Outcome) -> bool:
    return (
        np.array_equal(one.pairs, other.pairs)
        and np.array_equal(one.weights, other.weights)
        and np.array_equal(one.unpaired, other.unpaired)
        and np.array_equal(one.reasons, other.reasons)
        and (one.weight, one.bound) == (other.weight, other.bound)
    )


@given(st.integers(0, 60), st.integers(0, 10_000))
def test_every_pair_satisfies_both_sides_and_nobody_meets_twice(members: int, seed: int) -> None:
    pool = mixed(members, seed)
    outcome = pair(pool, DAY, seed)
    assert sorted([*outcome.pairs.ravel().tolist(), *outcome.unpaired.tolist()]) == pool.ids.tolist()
    ends = np.asarray(rows(pool, outcome.pairs.ravel()), np.int64).reshape(-1, 2)
    assert admissible(pool, FURTHER_KM)[ends[:, 0], ends[:, 1]].all()
    assert outcome.weight == outcome.weights.sum() <= outcome.bound


@given(st.integers(2, 50), st.integers(0, 10_000))
def test_who_has_no_date_is_told_why(members: int, seed: int) -> None:
    pool = mixed(members, seed)
    outcome = pair(pool, DAY, seed)
    left = rows(pool, outcome.unpaired)
    suit = admissible(pool, FURTHER_KM)
    for row, (_, why) in zip(left, outcome.why(), strict=True):
        assert why is (Why.INACTIVE if not pool.active[row] else Why.TAKEN if suit[row].any() else Why.NOBODY)
    assert not suit[np.ix_(left, left)].any(), "two members who suit each other were both left without"


def test_the_same_run_gives_the_same_answer() -> None:
    pool = mixed(120, 5)
    assert same(pair(pool, DAY, 1), pair(pool, DAY, 1))
