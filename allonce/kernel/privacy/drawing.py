"""A picture of where data lies: kinds of data on the left, places on the right, and bands between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Narrow enough that its words can still be read on a phone.
WIDTH = 460
LEFT, RIGHT = 120, 280
STEP = 34
TOP = 22
THICKEST = 18


@dataclass(frozen=True)
class Picture:
    """What is drawn; `bands` maps (index on the left, index on the right) to how much flows there."""

    title: str
    tells: str
    left: Sequence[str]
    right: Sequence[str]
    bands: Mapping[tuple[int, int], int]

    def svg(self) -> SafeString:
        """The drawing with its description; colours are the page's own."""
        height = TOP + STEP * max(len(self.left), len(self.right), 1)
        return format_html(
            '<svg class="img-fluid" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}. {}"'
            ' font-size="13" fill="currentColor" stroke="none">{}{}{}</svg>',
            WIDTH,
            height,
            WIDTH,
            height,
            self.title,
            self.tells,
            self._bands(),
            self._names(self.left, LEFT, "end", -10),
            self._names(self.right, RIGHT, "start", 10),
        )

    def _bands(self) -> SafeString:
        most = max(self.bands.values(), default=1)
        drawn = []
        for (left, right), amount in self.bands.items():
            y1, y2 = (self._y(len(self.left), left), self._y(len(self.right), right))
            middle = (LEFT + RIGHT) // 2
            thick = max(2, round(THICKEST * amount / most))
            drawn.append((f"M{LEFT} {y1}C{middle} {y1} {middle} {y2} {RIGHT} {y2}", thick))
        return format_html_join(
            "", '<path d="{}" fill="none" stroke="currentColor" stroke-opacity=".22" stroke-width="{}"/>', drawn
        )

    def _names(self, names: Sequence[str], x: int, anchor: str, away: int) -> SafeString:
        rows = ((x, self._y(len(names), place), x + away, anchor, name) for place, name in enumerate(names))
        spread = ((x, y, at, y + 4, anchor, name) for x, y, at, anchor, name in rows)
        return format_html_join(
            "", '<circle cx="{}" cy="{}" r="4"/><text x="{}" y="{}" text-anchor="{}">{}</text>', spread
        )

    def _y(self, count: int, place: int) -> int:
        room = STEP * max(len(self.left), len(self.right), 1)
        return TOP + round(room * (place + 0.5) / max(count, 1)) - STEP // 4
