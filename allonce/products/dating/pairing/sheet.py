"""The columns from which both parts of the reciprocal model judge a directed pair; made in one place for all uses."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.compiled import Int, compiled
from allonce.products.dating.pairing.formula import SEXES, Coefficients
from allonce.products.dating.pairing.members import Pool

EFFECTS = 4
OTHERS = 5  # three of age, one of distance, one of the wish
ROOMS = 4  # of self, of other, both, apart


class Sheet(NamedTuple):
    """What the model sees of members, a row each; (n,) unless said otherwise."""

    features: NDArray[np.float32]  # (n, k)
    effects: NDArray[np.float32]  # (n, 3)
    age: NDArray[np.uint8]
    sex: NDArray[np.uint8]
    youngest: NDArray[np.uint8]
    oldest: NDArray[np.uint8]

    @classmethod
    def of_pool(cls, pool: Pool) -> "Sheet":
        """The pool's columns."""
        return cls(pool.features, pool.effects, pool.age, pool.sex, pool.youngest, pool.oldest)


def width(features: int) -> int:
    """Number of columns for k content features; the last is the judge's sex, which only the trees see."""
    return ROOMS * features + EFFECTS + OTHERS + 1


@compiled
def fill_row(sheet: Sheet, i: Int, j: Int, step: Int, row: Any) -> None:
    """Columns of "i judges j", `step` distance steps apart."""
    k = sheet.features.shape[1]
    for c in range(k):
        mine, others = np.float64(sheet.features[i, c]), np.float64(sheet.features[j, c])
        row[c] = mine
        row[k + c] = others
        row[2 * k + c] = mine * others
        row[3 * k + c] = abs(mine - others)
    at = ROOMS * k
    row[at] = sheet.effects[i, 0]
    row[at + 1] = sheet.effects[j, 1]
    row[at + 2] = sheet.effects[j, 2]
    row[at + 3] = sheet.effects[i, 2]
    tens = (np.float64(sheet.age[j]) - np.float64(sheet.age[i])) / 10.0
    row[at + 4] = tens
    row[at + 5] = abs(tens)
    row[at + 6] = min(tens * tens, 9.0)
    row[at + 7] = step
    low, high = np.float64(sheet.youngest[i]), np.float64(sheet.oldest[i])
    row[at + 8] = abs(2.0 * sheet.age[j] - low - high) / max(high - low, 1.0)
    row[at + 9] = sheet.sex[i]


@compiled
def rows_of(sheet: Sheet, judges: Any, judged: Any, steps: Any) -> Any:
    """A matrix (d, columns) for many directed pairs."""
    rows = np.zeros((judges.size, ROOMS * sheet.features.shape[1] + EFFECTS + OTHERS + 1), np.float64)
    for turn in range(judges.size):
        fill_row(sheet, judges[turn], judged[turn], steps[turn], rows[turn])
    return rows


def line_of(model: Coefficients) -> NDArray[np.float64]:
    """The coefficients in the sheet's order: shape (3, columns), base first in a column of its own."""
    parts = [
        model.base[:, None],
        model.of_self,
        model.of_other,
        model.both,
        model.apart,
        model.of_effects,
        model.by_age,
    ]
    return np.concatenate([*parts, model.by_distance[:, None], model.by_wish[:, None]], axis=1)


def of_line(line: NDArray[np.float64], features: int) -> Coefficients:
    """The inverse of `line_of`."""
    cuts = np.cumsum([1, *[features] * ROOMS, EFFECTS, 3, 1])
    parts = np.split(line, cuts, axis=1)
    flat = {0, 7, 8}
    return Coefficients(*(part[:, 0] if place in flat else part for place, part in enumerate(parts)))


assert SEXES == 3  # the sex column and the coefficients' first axis
