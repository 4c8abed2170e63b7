"""Which rows of a table by Merchant may be shown to a Provider.

A row in which any figure comes from fewer than the minimum is hidden as a whole: its other figures would give the
small one away, since they add up. Hidden rows are gathered into one row without a name. At least one row that could
have been shown goes into it too, drawn by a lot that stands once and for ever, and more until each of its figures is
either nothing or at least twice the minimum; otherwise subtracting the shown rows from the sum would be a way round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PARTS = ("answered", "missed", "offline", "leads")


@dataclass(frozen=True)
class Row:
    """What came of one Merchant's visitors in a month."""

    answered: int = 0
    missed: int = 0
    offline: int = 0
    leads: int = 0
    lot: int = field(default=0, compare=False)

    @property
    def requests(self) -> int:
        """Everybody who asked."""
        return self.answered + self.missed + self.offline

    def is_small(self, minimum: int) -> bool:
        """Whether a figure of it comes from too few; a figure from nobody is about nobody."""
        return any(0 < getattr(self, part) < minimum for part in PARTS)


def publishable(rows: Mapping[str, Row], minimum: int) -> tuple[dict[str, Row], Row | None]:
    """The rows that may be shown, and the sum of all others if that may be shown, too."""
    order = sorted(rows, key=lambda key: (rows[key].lot, key))
    hidden = [rows[key] for key in order if rows[key].is_small(minimum)]
    shown = [key for key in order if not rows[key].is_small(minimum)]
    if not hidden:
        return {key: rows[key] for key in sorted(shown)}, None
    padded = False
    while shown and (not padded or summed(hidden).is_small(2 * minimum)):
        hidden.append(rows[shown.pop(0)])
        padded = True
    rest = summed(hidden)
    if len(hidden) < 2 or rest.is_small(2 * minimum):
        return {}, None
    return {key: rows[key] for key in sorted(shown)}, rest


def summed(rows: Iterable[Row]) -> Row:
    """All rows as one."""
    every = list(rows)
    return Row(**{part: sum(getattr(row, part) for row in every) for part in PARTS})
