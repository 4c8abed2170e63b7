"""Members as the compiled functions see them: one record of whole numbers each, sorted by place, sex and age."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing import sphere
from allonce.products.dating.pairing.compiled import compiled, records
from allonce.products.dating.pairing.formula import (
    COEFFICIENT_ONE,
    DISTANCE_STEPS_KM,
    FEATURE_ONE,
    LOGIT_ONE,
    Coefficients,
    age_table,
    fixed,
    sigmoid_table,
)
from allonce.products.dating.pairing.members import History, Pool, Sex

# Half a cache line: everything that decides whether two members may meet.
RECORD = np.dtype(
    [
        ("x", np.int32), ("y", np.int32), ("z", np.int32), ("row", np.int32), ("reach", np.int64),
        ("sex", np.uint8), ("seeks", np.uint8), ("age", np.uint8), ("youngest", np.uint8), ("oldest", np.uint8),
    ],
    align=True,
)  # fmt: skip

# Columns of `Packed.own`: log odds as judge, as judged by each sex, own addition to weights, log odds for each half
# year off the middle of the wished ages (2**20 to one); then k of taste, the features times the judge's coefficients.
JUDGING = 0
JUDGED = 1
RAISED = 4
WISH = 5
TASTE = 6


class Tables(NamedTuple):
    """What is the same for all members."""

    sigmoid: NDArray[np.int32]  # (2049,)
    ages: NDArray[np.int32]  # (3, 221)
    apart: NDArray[np.int32]  # (3, k)
    steps: NDArray[np.int64]  # (10,) squared lines of DISTANCE_STEPS_KM
    by_step: NDArray[np.int64]  # (3,)
    exclude_start: NDArray[np.int64]  # (n + 1,) by pool row
    exclude_rows: NDArray[np.int32]  # both sides of every excluded pair, ascending


class Packed(NamedTuple):
    """Members by place: record, features (m, k) and what each brings of its own (m, 6 + k)."""

    people: Any  # (m,) of RECORD, whose fields the compiler reads as attributes
    features: NDArray[np.int16]
    own: NDArray[np.int32]


def tables(pool: Pool, model: Coefficients) -> Tables:
    """The model's whole-number form, and who is barred from whom."""
    steps = sphere.reach(np.array(DISTANCE_STEPS_KM))
    return Tables(
        sigmoid_table(),
        age_table(model),
        fixed(model.apart, COEFFICIENT_ONE).astype(np.int32),
        steps,
        fixed(model.by_distance, LOGIT_ONE),
        *_both_sides(pool.exclusions.start, pool.exclusions.rows),
    )


@compiled
def _other_side(start: Any, rows: Any) -> tuple[Any, Any]:
    begin = np.zeros(start.size, np.int64)
    for entry in range(rows.size):
        begin[rows[entry] + 1] += 1
    for i in range(start.size - 1):
        begin[i + 1] += begin[i]
    used = begin.copy()
    turned = np.empty(rows.size, np.int32)
    for i in range(start.size - 1):
        for entry in range(start[i], start[i + 1]):
            turned[used[rows[entry]]] = i
            used[rows[entry]] += 1
    return begin, turned


@compiled
def _both_sides(start: Any, rows: Any) -> tuple[Any, Any]:
    """Each row's own exclusions and those that name it, merged: one short list to look into for each member."""
    begin, turned = _other_side(start, rows)
    merged = np.empty(2 * rows.size, np.int32)
    for i in range(start.size - 1):
        one, other = start[i], begin[i]
        for place in range(start[i] + begin[i], start[i + 1] + begin[i + 1]):
            if other == begin[i + 1] or (one < start[i + 1] and rows[one] <= turned[other]):
                merged[place] = rows[one]
                one += 1
            else:
                merged[place] = turned[other]
                other += 1
    return start + begin, merged


def pack(pool: Pool, rows: NDArray[np.int64], model: Coefficients, reach_km: NDArray[np.float64]) -> Packed:
    """The pool's `rows` in that order; `reach_km` has one distance for each of the rows."""
    if model.features != pool.features.shape[1]:
        raise ValueError(f"The model knows {model.features} features, the pool has {pool.features.shape[1]}.")
    people = records(rows.size, RECORD)
    places = sphere.points(pool.latitude[rows], pool.longitude[rows])
    for axis, name in enumerate("xyz"):
        people[name] = places[:, axis]
    people["row"] = rows
    people["reach"] = sphere.reach(reach_km)
    for name in ("sex", "seeks", "age", "youngest", "oldest"):
        people[name] = getattr(pool, name)[rows]
    features = fixed(pool.features[rows], FEATURE_ONE).astype(np.int16)
    sex = pool.sex[rows].astype(np.int64)
    both = fixed(model.both, COEFFICIENT_ONE)
    own = np.zeros((rows.size, TASTE + model.features), np.int32)
    own[:, TASTE:] = (features.astype(np.int64) * both[sex]) >> 8
    _fill_terms(own, pool, rows, model, features)
    return Packed(people, features, own)


def _fill_terms(
    columns: NDArray[np.int32], pool: Pool, rows: NDArray[np.int64], model: Coefficients, features: NDArray[np.int16]
) -> None:
    effects = fixed(pool.effects[rows], FEATURE_ONE)
    sex = pool.sex[rows].astype(np.int64)
    content = features.astype(np.int64)
    of_self, of_other = fixed(model.of_self, COEFFICIENT_ONE), fixed(model.of_other, COEFFICIENT_ONE)
    by_effect = fixed(model.of_effects, COEFFICIENT_ONE)
    base = fixed(model.base, FEATURE_ONE * COEFFICIENT_ONE)
    gives, gets, rated = (effects[:, column] for column in History)
    own = base[sex] + (content * of_self[sex]).sum(axis=1) + gives * by_effect[sex, 0] + rated * by_effect[sex, 3]
    columns[:, JUDGING] = own >> 14
    width = np.maximum(pool.oldest[rows].astype(np.int64) - pool.youngest[rows], 1)
    columns[:, WISH] = fixed(model.by_wish, LOGIT_ONE * LOGIT_ONE)[sex] // width
    for judge in Sex:
        seen = (content * of_other[judge]).sum(axis=1) + gets * by_effect[judge, 1] + rated * by_effect[judge, 2]
        columns[:, JUDGED + judge] = seen >> 14
