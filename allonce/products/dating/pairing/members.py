"""What pairing knows of members: columns without names, checked once."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

YOUNGEST_AGE = 18
OLDEST_AGE = 120
FEATURE_LIMIT = 8.0
MANY = 1_000_000  # days or times; more is a mistake of the caller
HISTORIES = 3


class Sex(IntEnum):
    """Codes of the `sex` column; `bit` is its place in the mask of sexes sought."""

    WOMAN = 0
    MAN = 1
    OTHER = 2

    @property
    def bit(self) -> int:
        """1, 2 or 4."""
        return 1 << self.value


class History(IntEnum):
    """Columns of `Pool.effects`, each a shrunk effect about 0 as `model.member_effects` makes them."""

    GIVES = 0  # how readily the member likes
    GETS = 1  # how readily the member is liked
    RATED = 2  # how the member's profile is rated


class Why(StrEnum):
    """Why a member has no date today."""

    NOBODY = "nobody-admissible"
    TAKEN = "all-admissible-taken"
    INACTIVE = "not-active"


@dataclass(frozen=True)
class Exclusions:
    """Pairs never to meet (again): earlier dates, passes, blocks, reports. Either side's row bars both.

    `start` has shape (n + 1,), int64; `rows[start[i]:start[i + 1]]` are pool rows, int32, ascending.
    """

    start: NDArray[np.int64]
    rows: NDArray[np.int32]

    @classmethod
    def none(cls, members: int) -> "Exclusions":
        """Everybody may meet everybody."""
        return cls(np.zeros(members + 1, np.int64), np.zeros(0, np.int32))

    @classmethod
    def of_pairs(cls, members: int, one: NDArray[np.int64], other: NDArray[np.int64]) -> "Exclusions":
        """From two columns of pool rows; repeated pairs are kept once."""
        if one.shape != other.shape:
            raise ValueError("The two columns of excluded pairs differ in length.")
        if one.size and (min(one.min(), other.min()) < 0 or max(one.max(), other.max()) >= members):
            raise ValueError("An excluded pair names a row outside the pool.")
        keys = np.unique(np.minimum(one, other) * members + np.maximum(one, other)) if one.size else one
        low = keys // members if one.size else keys
        start = np.zeros(members + 1, np.int64)
        np.cumsum(np.bincount(low, minlength=members), out=start[1:])
        return cls(start, (keys - low * members).astype(np.int32))

    def check(self, members: int) -> None:
        """Raise ValueError unless the arrays are a sorted CSR of pool rows."""
        if self.start.shape != (members + 1,) or self.start.dtype != np.int64:
            raise ValueError("exclusions.start must be int64 with one more entry than there are members.")
        if self.rows.dtype != np.int32 or self.rows.ndim != 1:
            raise ValueError("exclusions.rows must be one column of int32.")
        if self.start[0] != 0 or self.start[-1] != self.rows.size or np.any(np.diff(self.start) < 0):
            raise ValueError("exclusions.start must rise from 0 to the number of excluded rows.")
        if self.rows.size == 0:
            return
        if self.rows.min() < 0 or self.rows.max() >= members:
            raise ValueError("exclusions.rows names a row outside the pool.")
        inside = np.ones(self.rows.size, bool)
        inside[self.start[:-1][self.start[:-1] < self.rows.size]] = False
        falls = np.flatnonzero(inside[1:] & (self.rows[1:] <= self.rows[:-1]))
        if falls.size:
            row = int(np.searchsorted(self.start, falls[0] + 1, side="right")) - 1
            raise ValueError(f"The exclusions of row {row} must be ascending without repeats.")


@dataclass(frozen=True)
class Pool:
    """All members of one daily run, a row each; every column has shape (n,) unless said otherwise.

    The caller maps ids to people and rounds places; nothing here can name anybody.
    """

    ids: NDArray[np.int64]
    """The caller's index of the member, unique."""
    latitude: NDArray[np.float64]
    """Degrees north, already rounded."""
    longitude: NDArray[np.float64]
    """Degrees east, already rounded."""
    age: NDArray[np.uint8]
    """Whole years on the day, 18 to 120."""
    sex: NDArray[np.uint8]
    """A code of `Sex`."""
    seeks: NDArray[np.uint8]
    """Sum of `Sex.bit` of those sought; 0 seeks nobody."""
    youngest: NDArray[np.uint8]
    """Least age sought, whole years."""
    oldest: NDArray[np.uint8]
    """Greatest age sought, whole years, included."""
    distance_km: NDArray[np.float32]
    """Greatest distance sought, kilometres over ground, included."""
    further: NDArray[np.bool_]
    """Rather somebody further away than nobody."""
    active: NDArray[np.bool_]
    """Takes part today; consent, pause and visibility are the caller's to judge."""
    waited_days: NDArray[np.int32]
    """Days since the last date."""
    times_shown: NDArray[np.int32]
    """How many times the member was shown as a date or suggestion in the caller's window."""
    features: NDArray[np.float32]
    """Shape (n, k): the model's content features, standardised, within -8 to 8."""
    effects: NDArray[np.float32]
    """Shape (n, 3): columns of `History`, log odds; 0 where nothing is known."""
    exclusions: Exclusions

    @property
    def size(self) -> int:
        """Number of members."""
        return int(self.ids.size)

    def __post_init__(self) -> None:
        self._check_shapes()
        self._check_people()
        self._check_wishes()
        self._check_numbers()
        self.exclusions.check(self.size)

    def _check_shapes(self) -> None:
        kinds = {
            "ids": np.int64, "latitude": np.float64, "longitude": np.float64, "age": np.uint8, "sex": np.uint8,
            "seeks": np.uint8, "youngest": np.uint8, "oldest": np.uint8, "distance_km": np.float32,
            "further": np.bool_, "active": np.bool_, "waited_days": np.int32, "times_shown": np.int32,
        }  # fmt: skip
        for name, kind in kinds.items():
            column = getattr(self, name)
            if column.shape != (self.size,) or column.dtype != kind:
                raise ValueError(f"{name} must be one {np.dtype(kind).name} for each of {self.size} members.")
        for name in ("features", "effects"):
            matrix = getattr(self, name)
            if matrix.ndim != 2 or matrix.shape[0] != self.size or matrix.dtype != np.float32:
                raise ValueError(f"{name} must be a float32 matrix with a row for each of {self.size} members.")
        if self.effects.shape[1] != HISTORIES:
            raise ValueError("effects must have three columns: gives, gets, rated.")

    def _check_people(self) -> None:
        if np.unique(self.ids).size != self.size:
            raise ValueError("ids must be unique: a member stands twice in the pool.")
        self._within("latitude", -90, 90, "degrees")
        self._within("longitude", -180, 180, "degrees")
        self._within("age", YOUNGEST_AGE, OLDEST_AGE, "years; minors are never paired")
        self._within("sex", 0, len(Sex) - 1, "as a code of Sex")

    def _check_wishes(self) -> None:
        self._within("seeks", 0, (1 << len(Sex)) - 1, "as a mask of sexes")
        self._within("youngest", YOUNGEST_AGE, OLDEST_AGE, "years; minors are never sought")
        self._within("oldest", YOUNGEST_AGE, OLDEST_AGE, "years")
        if np.any(self.youngest > self.oldest):
            raise ValueError(f"{self._first(self.youngest > self.oldest)}: the least age sought is above the greatest.")
        self._within("distance_km", 0, 1e6, "kilometres")

    def _check_numbers(self) -> None:
        self._within("waited_days", 0, MANY, "days")
        self._within("times_shown", 0, MANY, "times")
        for name in ("features", "effects"):
            self._within(name, -FEATURE_LIMIT, FEATURE_LIMIT, "standardised")

    def _within(self, name: str, low: float, high: float, unit: str) -> None:
        column = getattr(self, name)
        good = (column >= low) & (column <= high)  # not a number is neither
        if column.ndim == 2:
            good = good.all(axis=1)
        if not good.all():
            raise ValueError(f"{self._first(~good)}: {name} must lie within {low:g} to {high:g} {unit}.")

    def _first(self, bad: NDArray[np.bool_]) -> str:
        return f"Row {int(np.flatnonzero(bad)[0])}"
