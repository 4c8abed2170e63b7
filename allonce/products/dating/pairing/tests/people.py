"""Pools for the tests: small towns that meet, with every awkward wish among them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing import sphere
from allonce.products.dating.pairing.members import Exclusions, Pool

FEATURES = 3


def everybody(members: int, exclusions: Exclusions | None = None, **columns: Any) -> Pool:
    """Thirty years old in one place, seeking everybody; columns as given, each one value or one for each member."""
    usual: dict[str, tuple[Any, Any]] = {
        "latitude": (48.85, np.float64), "longitude": (2.35, np.float64), "age": (30, np.uint8), "sex": (0, np.uint8),
        "seeks": (7, np.uint8), "youngest": (18, np.uint8), "oldest": (99, np.uint8), "distance_km": (50, np.float32),
        "further": (False, np.bool_), "active": (True, np.bool_), "waited_days": (0, np.int32),
        "times_shown": (0, np.int32),
    }  # fmt: skip
    filled = {
        name: np.broadcast_to(np.asarray(columns.pop(name, value)), members).astype(kind)
        for name, (value, kind) in usual.items()
    }
    matrices = {
        "features": columns.pop("features", np.zeros((members, FEATURES), np.float32)),
        "effects": columns.pop("effects", np.zeros((members, 3), np.float32)),
    }
    ids = columns.pop("ids", np.arange(members, dtype=np.int64) + 1000)
    assert not columns
    return Pool(ids=ids, exclusions=exclusions or Exclusions.none(members), **filled, **matrices)


def mixed(members: int, seed: int) -> Pool:
    """All kinds of people in a few towns, some across the date line and at a pole."""
    draw = np.random.default_rng(seed)
    towns = np.array(
        [[48.85, 2.35], [48.9, 2.5], [49.3, 2.6], [-17.0, 179.99], [-17.0, -179.99], [89.99, 0], [89.99, 180]]
    )
    town = draw.integers(0, len(towns), members)
    low, width = draw.integers(18, 40, members), draw.integers(0, 30, members)
    excluded = draw.integers(0, max(members, 1), (2, 2 * members))
    apart = excluded[0] != excluded[1]
    return everybody(
        members,
        Exclusions.of_pairs(members, excluded[0][apart], excluded[1][apart]),
        latitude=towns[town, 0],
        longitude=towns[town, 1],
        age=draw.integers(18, 60, members),
        sex=draw.integers(0, 3, members),
        seeks=draw.integers(0, 8, members),
        youngest=low,
        oldest=low + width,
        distance_km=draw.choice([0, 1, 5, 20, 100, 30000], members),
        further=draw.random(members) < 0.5,
        active=draw.random(members) < 0.9,
        waited_days=draw.integers(0, 20, members),
        times_shown=draw.integers(0, 40, members),
        features=draw.uniform(-3, 3, (members, FEATURES)).astype(np.float32),
        effects=draw.uniform(-2, 2, (members, 3)).astype(np.float32),
    )


def admissible(pool: Pool, further_km: float | None = None) -> NDArray[np.bool_]:
    """Shape (n, n): both sides' hard criteria told anew, apart from the compiled code (on the shared sphere)."""
    places = sphere.points(pool.latitude, pool.longitude).astype(np.int64)
    line = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    wished = pool.distance_km.astype(np.float64)
    if further_km is not None:
        wished = np.where(pool.further, np.maximum(wished, further_km), wished)
    sought = pool.seeks[:, None] >> pool.sex[None] & 1 == 1
    of_age = (pool.youngest[:, None] <= pool.age[None]) & (pool.age[None] <= pool.oldest[:, None])
    directed = sought & of_age & (line <= sphere.reach(wished)[:, None]) & pool.active[:, None]
    both: NDArray[np.bool_] = directed & directed.T
    for i in range(pool.size):
        barred = pool.exclusions.rows[pool.exclusions.start[i] : pool.exclusions.start[i + 1]]
        both[i, barred] = both[barred, i] = False
    np.fill_diagonal(both, False)
    return both
