"""The sparse graph of who may meet whom."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Graph(NamedTuple):
    """A symmetric sparse graph: both directions of every edge, neighbours ascending."""

    start: NDArray[np.int64]  # (n + 1,)
    other: NDArray[np.int32]  # (2 m,)
    weight: NDArray[np.int32]  # (2 m,) 1 to 2**21

    @property
    def size(self) -> int:
        """Number of vertices."""
        return int(self.start.size) - 1

    @property
    def edges(self) -> int:
        """Number of pairs."""
        return int(self.other.size) // 2
