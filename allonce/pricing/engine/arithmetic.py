"""Whole-number arithmetic with named roundings; every product is checked."""

from allonce.pricing.engine.primitives import times


def divide_half_up(amount: int, by: int) -> int:
    """`amount / by` to the nearest whole, halves up. `by` must be positive."""
    rest = amount % by
    if rest + rest >= by:
        return amount // by + 1
    return amount // by


def divide_up(amount: int, by: int) -> int:
    """`amount / by`, upwards to a whole. `by` must be positive."""
    return -(-amount // by)


def up_to_multiple(amount: int, step: int) -> int:
    """The smallest multiple of `step` that is not below `amount`."""
    return times(divide_up(amount, step), step)


def share(amount: int, part: int, whole: int) -> int:
    """`amount x part / whole`, half up, without the large product in between."""
    return times(amount // whole, part) + divide_half_up(times(amount % whole, part), whole)


def share_down(amount: int, part: int, whole: int) -> int:
    """`amount x part / whole`, downwards."""
    return times(amount // whole, part) + times(amount % whole, part) // whole


def share_remainder(amount: int, part: int, whole: int) -> int:
    """What `share_down` leaves over, in units of 1 / whole."""
    return times(amount % whole, part) % whole


def percent(amount: int, bp: int) -> int:
    """`bp` basis points of `amount`, half up."""
    if bp == 0:
        return 0
    return share(amount, bp, 10000)


def hand_out(shares: list[int], remainders: list[int], pennies: int) -> list[int]:
    """Add `pennies` to `shares` one by one, largest remainder first, earlier first among equals."""
    result = list(shares)
    left = list(remainders)
    for _ in range(pennies):
        best = index_of_largest(left)
        result[best] = result[best] + 1
        left[best] = -1
    return result


def index_of_largest(values: list[int]) -> int:
    """Position of the first largest value."""
    best = 0
    for index in range(1, len(values)):
        if values[index] > values[best]:
            best = index
    return best


def split_by_weight(amount: int, weights: list[int]) -> list[int]:
    """Split `amount` (0 or more) in proportion to `weights`, to the penny, by largest remainder.

    Where all weights are 0 nothing can carry the amount and every share is 0.
    """
    scaled = scaled_weights(weights)
    whole = sum(scaled)
    if whole == 0:
        return list(scaled)
    shares = [share_down(amount, weight, whole) for weight in scaled]
    remainders = [share_remainder(amount, weight, whole) for weight in scaled]
    return hand_out(shares, remainders, amount - sum(shares))


def scaled_weights(weights: list[int]) -> list[int]:
    """Weights halved until products of any two sums of them stay within 2^53."""
    scaled = list(weights)
    while sum(scaled) > 94906265:
        scaled = [weight // 2 for weight in scaled]
    return scaled
