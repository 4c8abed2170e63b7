"""The reciprocal model: how probably each side likes the other, apart; the pair's value is the product of both.

Two parts are averaged: a logistic regression, whose coefficients the scan uses, and boosted trees, which judge the
candidates that the scan kept. Both are plain numbers in one JSON file. `learning.fit` makes a model from decisions.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.formula import Coefficients, cold_start
from allonce.products.dating.pairing.sheet import Sheet, line_of, rows_of, width
from allonce.products.dating.pairing.trees import Trees, tree_logits

FORMAT = 1
PRIOR_DECISIONS = 4.0  # a member's own share counts as much as this many decisions at the base rate
PRIOR_RATINGS = 4.0
Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Reciprocal:
    """A model for k content features; `trees` may be missing, then the coefficients judge alone."""

    coefficients: Coefficients
    trees: Trees | None = None
    base_rate: float = 0.45
    """Share of likes among all decisions learned from."""

    @classmethod
    def cold_start(cls, features: int) -> "Reciprocal":
        """For the first days: stated wishes, nearness and what is shared."""
        return cls(cold_start(features))

    @property
    def features(self) -> int:
        """Number of content features k."""
        return self.coefficients.features

    def directed(self, sheet: Sheet, judges: NDArray[Any], judged: NDArray[Any], steps: NDArray[Any]) -> Probabilities:
        """Shape (d,): probability that each judge likes the judged; row numbers, and distance steps between them."""
        if sheet.features.shape[1] != self.features:
            raise ValueError(f"The model knows {self.features} features, the members have {sheet.features.shape[1]}.")
        rows = rows_of(sheet, judges.astype(np.int64), judged.astype(np.int64), steps.astype(np.int64))
        line = line_of(self.coefficients)[sheet.sex[judges]]
        plain = _share(line[:, 0] + (rows[:, :-1] * line[:, 1:]).sum(axis=1))
        if self.trees is None:
            return plain
        return (plain + _share(tree_logits(self.trees, rows))) / 2

    def mutual(self, sheet: Sheet, one: NDArray[Any], other: NDArray[Any], steps: NDArray[Any]) -> Probabilities:
        """Shape (d,): probability that both like."""
        return self.directed(sheet, one, other, steps) * self.directed(sheet, other, one, steps)

    def to_plain(self) -> dict[str, Any]:
        """Plain values for JSON."""
        trees = None if self.trees is None else self.trees.to_plain()
        return {
            "format": FORMAT,
            "coefficients": self.coefficients.to_plain(),
            "trees": trees,
            "base_rate": self.base_rate,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Reciprocal":
        """The inverse of `to_plain`; ValueError where it is not a model."""
        if plain.get("format") != FORMAT or "coefficients" not in plain:
            raise ValueError(f"This is not a reciprocal model of format {FORMAT}.")
        coefficients = Coefficients.from_plain(plain["coefficients"])
        base = float(plain.get("base_rate", 0.45))
        if not 0 < base < 1:
            raise ValueError("The model's base rate must lie between 0 and 1.")
        trees = plain.get("trees")
        kept = None if trees is None else Trees.from_plain(trees, width(coefficients.features))
        return cls(coefficients, kept, base)

    def save(self, path: Path) -> None:
        """Write JSON; whole or not at all."""
        begun = path.with_suffix(f"{path.suffix}.part")
        begun.write_text(json.dumps(self.to_plain()))
        begun.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Reciprocal":
        """Read what `save` wrote; ValueError where it is not a model, OSError where there is no file."""
        plain = json.loads(path.read_text())
        return cls.from_plain(plain if isinstance(plain, dict) else {})


def _share(log_odds: Probabilities) -> Probabilities:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0))), np.float64)


@dataclass(frozen=True)
class Past:
    """Decisions already made, a row each: who judged whom, whether they liked, and stars given (NaN for none)."""

    judges: NDArray[np.int64]
    judged: NDArray[np.int64]
    liked: NDArray[np.bool_]
    ratings: NDArray[np.float64]


def member_effects(members: int, past: Past, base_rate: float) -> NDArray[np.float32]:
    """Shape (n, 3), columns of `History`: each member's own share in log odds, drawn to 0 where little is known."""
    effects = np.zeros((members, 3), np.float32)
    odds = np.log(base_rate / (1 - base_rate))
    for column, who in ((0, past.judges), (1, past.judged)):
        count = np.bincount(who, minlength=members)
        likes = np.bincount(who, weights=past.liked, minlength=members)
        yes, no = likes + PRIOR_DECISIONS * base_rate, count - likes + PRIOR_DECISIONS * (1 - base_rate)
        effects[:, column] = np.log(yes / no) - odds
    rated = np.isfinite(past.ratings)
    if rated.any():
        stars = past.ratings[rated]
        spread = max(float(stars.std()), 1e-6)
        total = np.bincount(past.judged[rated], weights=(stars - stars.mean()) / spread, minlength=members)
        effects[:, 2] = total / (np.bincount(past.judged[rated], minlength=members) + PRIOR_RATINGS)
    return np.clip(effects, -8.0, 8.0)
