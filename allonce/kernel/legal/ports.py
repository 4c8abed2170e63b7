"""What rooms and products tell the legal room. They register in their apps.py."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AlwaysOpen:
    """An address that stays open to people who have not agreed to the terms.

    `where` is the name of a URL, or the beginning of a path, with its leading slash. With a `label` the acceptance
    page shows it as a way out; then it must be a URL name without parameters.
    """

    where: str
    label: Any = ""


_open: list[AlwaysOpen] = []


def register_always_open(where: str, label: Any = "") -> None:
    """Keep this reachable without agreement: what somebody needs who leaves, or wants their data."""
    entry = AlwaysOpen(where, label)
    if entry not in _open:
        _open.append(entry)


def always_open() -> tuple[AlwaysOpen, ...]:
    """Everything registered."""
    return tuple(_open)


def ways_out() -> list[AlwaysOpen]:
    """What the acceptance page offers to whoever does not agree."""
    return [each for each in _open if each.label]
