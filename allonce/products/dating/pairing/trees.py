"""Boosted trees as plain arrays, and their evaluation in compiled code."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.compiled import compiled

KINDS = {"root": np.int32, "column": np.int32, "left": np.int32, "right": np.int32}


class Trees(NamedTuple):
    """All nodes of all trees in one row; a leaf's `left` is -1. Values are log odds."""

    root: NDArray[np.int32]  # (t,) first node of each tree
    column: NDArray[np.int32]  # (m,) of the sheet
    threshold: NDArray[np.float64]  # (m,) at most this goes left
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    baseline: float

    def to_plain(self) -> dict[str, Any]:
        """As lists, for JSON."""
        return {name: part.tolist() if isinstance(part, np.ndarray) else part for name, part in self._asdict().items()}

    @classmethod
    def from_plain(cls, plain: dict[str, Any], columns: int) -> "Trees":
        """The inverse of `to_plain`; ValueError where nodes point outside or in circles."""
        missing = [name for name in cls._fields if name not in plain]
        if missing:
            raise ValueError(f"Trees: {', '.join(missing)} missing.")
        parts: dict[str, Any] = {}
        for name in cls._fields[:-1]:
            parts[name] = np.asarray(plain[name], KINDS.get(name, np.float64))
        trees = cls(**parts, baseline=float(plain["baseline"]))
        trees.check(columns)
        return trees

    def check(self, columns: int) -> None:
        """Raise ValueError unless every path ends at a leaf within the arrays."""
        m = self.column.size
        nodes = np.arange(m)
        inner = self.left >= 0
        good = all(part.shape == (m,) for part in (self.threshold, self.left, self.right, self.value))
        good = good and bool(np.all((self.root >= 0) & (self.root < m)))
        good = good and bool(np.all((self.column >= 0) & (self.column < columns)))
        for child in (self.left, self.right):
            good = good and bool(np.all((child > nodes) & (child < m) | ~inner))
        if not good or not np.isfinite(self.value).all() or not np.isfinite(self.baseline):
            raise ValueError("Trees: a node points outside its tree.")


def export(booster: Any) -> Trees:
    """From a fitted HistGradientBoostingClassifier of two classes, without missing values or categories."""
    nodes = [stage[0].nodes for stage in booster._predictors]
    sizes = np.array([part.size for part in nodes], np.int64)
    shift = np.cumsum(sizes) - sizes
    joined = np.concatenate(nodes)
    leaf = joined["is_leaf"].astype(bool)
    add = np.repeat(shift, sizes)
    return Trees(
        root=shift.astype(np.int32),
        column=np.where(leaf, 0, joined["feature_idx"]).astype(np.int32),
        threshold=np.where(leaf, 0.0, joined["num_threshold"]),
        left=np.where(leaf, -1, joined["left"] + add).astype(np.int32),
        right=np.where(leaf, -1, joined["right"] + add).astype(np.int32),
        value=joined["value"].astype(np.float64),
        baseline=float(np.ravel(booster._baseline_prediction)[0]),
    )


@compiled
def tree_logit(trees: Trees, row: Any) -> float:
    """Log odds of one row of the sheet."""
    total = trees.baseline
    for turn in range(trees.root.size):
        node = trees.root[turn]
        while trees.left[node] >= 0:
            node = trees.left[node] if row[trees.column[node]] <= trees.threshold[node] else trees.right[node]
        total += trees.value[node]
    return total


@compiled
def tree_logits(trees: Trees, rows: Any) -> Any:
    """Log odds of every row of a matrix."""
    result = np.empty(rows.shape[0], np.float64)
    for turn in range(rows.shape[0]):
        result[turn] = tree_logit(trees, rows[turn])
    return result
