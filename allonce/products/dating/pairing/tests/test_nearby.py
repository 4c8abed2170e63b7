"""Suggestions to choose from, and the best of those who are here now."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.dating.pairing.members import Exclusions
from allonce.products.dating.pairing.nearby import PoolIndex, instant, suggest
from allonce.products.dating.pairing.tests.people import admissible, everybody, mixed

NOTHING = np.zeros(0, np.int64)


@given(st.integers(2, 60), st.integers(0, 10_000))
def test_everybody_suggested_meets_both_sides_criteria(members: int, seed: int) -> None:
    pool = mixed(members, seed)
    index = PoolIndex.build(pool)
    suit = admissible(pool)
    for member in np.flatnonzero(pool.active)[:5].tolist():
        offered = suggest(index, member, 4)
        assert suit[member, offered].all()
        assert offered.size == min(4, suit[member].sum()) == np.unique(offered).size


@given(st.integers(2, 60), st.integers(0, 10_000))
def test_an_instant_date_is_with_somebody_present_who_suits_if_there_is_one(members: int, seed: int) -> None:
    pool = mixed(members, seed)
    index = PoolIndex.build(pool)
    present = np.flatnonzero(np.random.default_rng(seed).random(members) < 0.4)
    near, far = admissible(pool), admissible(pool, 500.0)
    for member in np.flatnonzero(pool.active)[:5].tolist():
        found = instant(index, member, present)
        if found is None:
            assert not far[member, present].any()
        else:
            assert found in present
            assert near[member, found] or (far[member, found] and not near[member, present].any())


def test_whom_one_likes_best_comes_first_and_those_with_a_date_are_left_out() -> None:
    features = np.zeros((4, 3), np.float32)
    features[0], features[2] = 2, 2
    index = PoolIndex.build(everybody(4, features=features))
    assert suggest(index, 0, 3)[0] == 2
    assert 2 not in suggest(index, 0, 3, without=np.array([2]))
    assert instant(index, 0, np.array([1, 2, 3])) == 2
    assert instant(index, 0, np.array([1, 2]), without=np.array([1, 2])) is None


def test_many_left_out_do_not_hide_the_rest() -> None:
    index = PoolIndex.build(everybody(300))
    assert suggest(index, 0, 3, without=np.arange(1, 299)).tolist() == [299]


def test_nobody_is_offered_what_an_exclusion_bars() -> None:
    barred = Exclusions.of_pairs(3, np.array([1]), np.array([0]))
    index = PoolIndex.build(everybody(3, barred))
    assert suggest(index, 0, 5).tolist() == [2]
    assert instant(index, 0, np.array([1])) is None


def test_who_seeks_nobody_or_is_alone_is_offered_nobody() -> None:
    assert suggest(PoolIndex.build(everybody(3, seeks=0)), 0, 5).size == 0
    assert suggest(PoolIndex.build(everybody(1)), 0, 5).size == 0
    assert instant(PoolIndex.build(everybody(3)), 0, NOTHING) is None


def test_a_member_who_is_not_active_or_a_wrong_count_is_refused() -> None:
    index = PoolIndex.build(everybody(3, active=[True, False, True]))
    assert instant(index, 0, np.array([1])) is None
    for member in (1, 3, -1):
        with pytest.raises(ValueError, match="not an active member"):
            suggest(index, member, 1)
    with pytest.raises(ValueError, match="Between 1 and"):
        suggest(index, 0, 0)
    with pytest.raises(ValueError, match="not a row"):
        instant(index, 0, np.array([9]))
