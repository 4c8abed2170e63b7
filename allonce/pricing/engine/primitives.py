"""What each engine must supply itself: this file for CPython and MicroPython,
`translate/prelude.js` for JavaScript. Keep both to the same few lines."""

from typing import TypeGuard

LARGEST = 9007199254740991


def checked(value: int) -> int:
    """Return `value`; raise OverflowError beyond 2^53 - 1, where JavaScript would lose pennies."""
    if value > LARGEST or value < -LARGEST:
        raise OverflowError("amount beyond 2^53 - 1")
    return value


def times(left: int, right: int) -> int:
    """Multiply; the only multiplication of the engine, so that none goes unchecked."""
    product = left * right
    # Not by way of `checked`: this is the engine's most frequent call.
    if product > LARGEST or product < -LARGEST:
        raise OverflowError("amount beyond 2^53 - 1")
    return product


def is_whole(value: object) -> TypeGuard[int]:
    """Whether a value from outside is an integer that every engine holds exactly."""
    # bool is no int in MicroPython, so `type` is the one test on which all agree.
    return type(value) is int and -LARGEST <= value <= LARGEST


def is_text(value: object) -> TypeGuard[str]:
    """Whether a value from outside is text."""
    return type(value) is str


def is_mapping(value: object) -> bool:
    """Whether a value from outside is an object of named fields."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[str]]:
    """Whether a value from outside is a list."""
    return type(value) is list
