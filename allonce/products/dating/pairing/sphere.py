"""Places on the globe as whole numbers, so that every machine finds the same distances.

A place is a point on a sphere of radius 2**30 units, rounded to whole units (6 mm on the ground). What is compared is
the squared straight line through the globe between two places, in units squared: it fits in 64 bits, knows neither
date line nor poles, and grows with the distance on the ground. Sines come from polynomials of plain sums and
products, which IEEE 754 fixes to the last bit, unlike the mathematics library of a machine.
"""

import numpy as np
from numpy.typing import NDArray

RADIUS = 1 << 30
EARTH_KM = 6371.0088  # mean radius, IUGG
HALF_ROUND_KM = 20015.2  # nobody is farther away than the other side of the globe
FARTHEST = 4 * RADIUS * RADIUS + 16 * RADIUS  # squared line to the other side, with room for rounding

_SINE = (-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800)
_COSINE = (-1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200)
_RADIANS = 0.017453292519943295

Floats = NDArray[np.float64]


def _series(start: Floats, square: Floats, factors: tuple[float, ...]) -> Floats:
    total = np.zeros_like(square)
    for factor in reversed(factors):
        total = (total + factor) * square
    return start * (total + 1.0)


def sine_cosine(degrees: Floats) -> tuple[Floats, Floats]:
    """Sine and cosine of angles in degrees, the same bits everywhere."""
    quarter = np.floor(degrees / 90.0 + 0.5)
    rest = (degrees - 90.0 * quarter) * _RADIANS
    square = rest * rest
    sine, cosine = _series(rest, square, _SINE), _series(np.ones_like(rest), square, _COSINE)
    turn = quarter.astype(np.int64) % 4
    turned = [(sine, cosine), (cosine, -sine), (-sine, -cosine), (-cosine, sine)]
    return (
        np.select([turn == step for step in range(4)], [pair[0] for pair in turned]),
        np.select([turn == step for step in range(4)], [pair[1] for pair in turned]),
    )


def points(latitude: Floats, longitude: Floats) -> NDArray[np.int32]:
    """Places in degrees as an (n, 3) array of units."""
    sine_lat, cosine_lat = sine_cosine(latitude)
    sine_lon, cosine_lon = sine_cosine(longitude)
    axes = np.stack([cosine_lat * cosine_lon, cosine_lat * sine_lon, sine_lat], axis=1)
    rounded: NDArray[np.int32] = np.rint(axes * RADIUS).astype(np.int32)
    return rounded


def reach(kilometres: Floats) -> NDArray[np.int64]:
    """The squared line, in units squared, of distances on the ground in kilometres; all the globe from half a round on.

    Two metres are added, so that a member exactly on the border of a wish is inside it.
    """
    half_angle = (np.minimum(kilometres, HALF_ROUND_KM) + 0.002) / (2 * EARTH_KM) / _RADIANS
    sine, _ = sine_cosine(np.minimum(half_angle, 90.0))
    line = 2.0 * RADIUS * sine
    return np.where(kilometres >= HALF_ROUND_KM, FARTHEST, np.rint(line * line)).astype(np.int64)


def kilometres(square: NDArray[np.int64]) -> Floats:
    """Distances on the ground for squared lines: for people to read, never to decide."""
    half = np.sqrt(square.astype(np.float64)) / (2 * RADIUS)
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(half, 1.0)), dtype=np.float64)
