"""The logistic part of the reciprocal model as plain coefficients, and their whole-number form for the scan.

The log odds that a likes b, in the coefficients of a's sex:

    base + of_self * x(a) + of_other * x(b) + both * (x(a) x(b)) + apart * |x(a) - x(b)|
         + of_effects * effects(a, b) + by age difference + by distance + by how near the middle of a's wished ages b is
"""

from dataclasses import dataclass, fields
from decimal import Context, Decimal
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEXES = 3
FEATURE_ONE = 256  # a feature of 1.0 in whole numbers
LOGIT_ONE = 1024  # log odds of 1.0
COEFFICIENT_ONE = 1 << 16
PROBABILITY_ONE = 1 << 16
SCORE_ONE = 1 << 20  # a pair whose sides like each other for certain
SIGMOID_STEP = 8
SIGMOID_HALF = 1024  # entries on either side of even odds: log odds of 8
AGE_SPAN = 110
DISTANCE_STEPS_KM = (2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 1280.0)
STEEPEST = 8.0

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Coefficients:
    """Log odds for each unit; every array's first axis is the judging side's sex (`Sex` codes)."""

    base: Table  # (3,)
    of_self: Table  # (3, k)
    of_other: Table  # (3, k)
    both: Table  # (3, k)
    apart: Table  # (3, k)
    of_effects: Table  # (3, 4): own gives, other's gets, other's rated, own rated
    by_age: Table  # (3, 3): for ten years' difference signed (other minus self), unsigned, and squared
    by_distance: Table  # (3,): for each step of DISTANCE_STEPS_KM
    by_wish: Table  # (3,): for the other's age at the middle (0) to the edge (1) of the wished ages

    @property
    def features(self) -> int:
        """Number of content features k."""
        return int(self.both.shape[1])

    def __post_init__(self) -> None:
        k = self.features
        shapes = {"of_effects": (SEXES, 4), "by_age": (SEXES, 3)}
        shapes |= dict.fromkeys(("of_self", "of_other", "both", "apart"), (SEXES, k))
        for field in fields(self):
            value = getattr(self, field.name)
            wanted: tuple[int, ...] = shapes.get(field.name, (SEXES,))
            if value.shape != wanted or not np.isfinite(value).all():
                raise ValueError(f"Coefficients: {field.name} must hold finite numbers in the shape {wanted}.")
            if np.abs(value).max(initial=0.0) > STEEPEST:
                raise ValueError(f"Coefficients: {field.name} is above {STEEPEST}; standardise the features.")

    def to_plain(self) -> dict[str, Any]:
        """As nested lists, for JSON."""
        return {field.name: getattr(self, field.name).tolist() for field in fields(self)}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Coefficients":
        """The inverse of `to_plain`; ValueError where something is missing."""
        missing = [field.name for field in fields(cls) if field.name not in plain]
        if missing:
            raise ValueError(f"Coefficients: {', '.join(missing)} missing.")
        return cls(**{field.name: np.asarray(plain[field.name], np.float64) for field in fields(cls)})


def cold_start(features: int) -> Coefficients:
    """Before anything is learned: what is shared, near, of like age and in the middle of the stated wishes.

    Nothing here ranks members; both directions differ by wishes alone.
    """
    same = np.full((SEXES, features), 1.0 / max(features, 1))
    none = np.zeros((SEXES, features))
    effects = np.tile([0.5, 0.5, 0.0, 0.0], (SEXES, 1))
    ages = np.tile([0.0, -0.4, -0.1], (SEXES, 1))
    each = np.ones(SEXES)
    return Coefficients(
        -0.2 * each, none, none, 0.6 * same, -0.3 * same, effects, ages, -0.12 * each, -0.6 * each
    )  # fmt: skip


@cache
def sigmoid_table() -> NDArray[np.int32]:
    """Probabilities by steps of log odds from -8 to 8, by decimal arithmetic: the same on every machine."""
    context = Context(prec=30)
    entries = []
    for step in range(-SIGMOID_HALF, SIGMOID_HALF + 1):
        power = context.exp(context.divide(Decimal(-step * SIGMOID_STEP), Decimal(LOGIT_ONE)))
        share = context.divide(Decimal(PROBABILITY_ONE), context.add(Decimal(1), power))
        entries.append(int(context.to_integral_value(share)))
    return np.array(entries, np.int32)


def fixed(values: NDArray[Any], one: int) -> NDArray[np.int64]:
    """Nearest whole multiples of 1 / one."""
    return np.rint(np.asarray(values, np.float64) * one).astype(np.int64)


def age_table(model: Coefficients) -> NDArray[np.int32]:
    """Shape (3, 221): log odds by the judge's sex and by the other's age minus the judge's own, from -110 to 110."""
    tens = np.arange(-AGE_SPAN, AGE_SPAN + 1) / 10.0
    terms = np.stack([tens, np.abs(tens), np.minimum(tens * tens, 9.0)])
    total = sum(model.by_age[:, [term]] * terms[term] for term in range(3))
    return fixed(np.asarray(total), LOGIT_ONE).astype(np.int32)
