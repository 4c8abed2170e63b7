"""Members for the pairing figures: cities of unequal size, wishes of many kinds, and a past for each of them."""

import numpy as np

from allonce.products.dating.pairing.members import Exclusions, Pool
from allonce.products.dating.words import INTERESTS, MOST_INTERESTS

CITIES = 400
# As the product gives them: an interest each, a few of them named.
FEATURES, NAMED = len(INTERESTS), MOST_INTERESTS
PAST = 25  # excluded pairs drawn for each member, so each is in about fifty


def pool(members: int, seed: int = 7, past: int = PAST) -> Pool:
    """A pool of so many members, 15 percent of them not exclusively heterosexual."""
    draw = np.random.default_rng(seed)
    sex = draw.choice(3, members, p=[0.45, 0.53, 0.02]).astype(np.uint8)
    opposite = np.select([sex == 0, sex == 1], [2, 1], 7)
    same = np.select([sex == 0, sex == 1], [1, 2], 7)
    kind = draw.random(members)
    seeks = np.select([kind < 0.85, kind < 0.92], [opposite, same], 7).astype(np.uint8)
    age = np.clip(18 + draw.gamma(2.2, 6.5, members), 18, 90).astype(np.uint8)
    below, above = draw.integers(2, 12, members), draw.integers(2, 14, members)
    size = 1.0 / np.arange(1, CITIES + 1) ** 0.8
    city = draw.choice(CITIES, members, p=size / size.sum())
    middle = np.stack([draw.uniform(36, 58, CITIES), draw.uniform(-9, 25, CITIES)])
    spread = draw.exponential(0.12, members)
    turn = draw.uniform(0, 2 * np.pi, members)
    return Pool(
        ids=np.arange(members, dtype=np.int64),
        latitude=np.round(middle[0, city] + spread * np.sin(turn), 2),
        longitude=np.round(middle[1, city] + spread * np.cos(turn) * 1.4, 2),
        age=age,
        sex=sex,
        seeks=seeks,
        youngest=np.clip(age - below, 18, 90).astype(np.uint8),
        oldest=np.clip(age.astype(np.int64) + above, 18, 99).astype(np.uint8),
        distance_km=draw.choice([10, 20, 30, 50, 80, 150], members).astype(np.float32),
        further=draw.random(members) < 0.5,
        active=np.ones(members, bool),
        waited_days=draw.poisson(0.4, members).astype(np.int32),
        times_shown=draw.poisson(20, members).astype(np.int32),
        features=(draw.random((members, FEATURES), np.float32) < NAMED / FEATURES).astype(np.float32) * 2,
        effects=np.zeros((members, 3), np.float32),
        exclusions=_past(draw, city, members, past),
    )


def _past(draw: np.random.Generator, city: np.ndarray, members: int, past: int) -> Exclusions:
    """Pairs of people of the same city, who are those that met."""
    order = np.argsort(city, kind="stable")
    place = np.empty(members, np.int64)
    place[order] = np.arange(members)
    one = np.repeat(np.arange(members, dtype=np.int64), past)
    near = np.clip(place[one] + draw.integers(-400, 401, one.size), 0, members - 1)
    other = order[near]
    apart = one != other
    return Exclusions.of_pairs(members, one[apart], other[apart])
