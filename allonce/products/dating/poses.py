"""Poses that a selfie is asked for in: easy to take, unlikely to be had already."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pose:
    """`says` tells whoever takes it; in the drawing (120 x 120) the hand is at `hand`, with so many `fingers` up."""

    says: Any
    hand: tuple[int, int]
    fingers: tuple[tuple[int, int], ...] = ()

    def lines(self) -> list[tuple[int, int, int, int]]:
        """Each finger as a line from the hand: x1, y1, x2, y2."""
        x, y = self.hand
        return [(x, y, x + across, y + down) for across, down in self.fingers]


ONE = ((0, -24),)
TWO = ((-6, -23), (6, -23))
THREE = ((-10, -22), (0, -25), (10, -22))
FIVE = ((-17, -10), (-9, -22), (0, -25), (9, -22), (17, -10))
POSES = {
    "open_left": Pose(_("Your open hand beside your face, on the left of the picture"), (22, 62), FIVE),
    "open_right": Pose(_("Your open hand beside your face, on the right of the picture"), (98, 62), FIVE),
    "two_left": Pose(_("Two fingers up beside your face, on the left of the picture"), (22, 62), TWO),
    "two_right": Pose(_("Two fingers up beside your face, on the right of the picture"), (98, 62), TWO),
    "three_left": Pose(_("Three fingers up beside your face, on the left of the picture"), (22, 62), THREE),
    "three_right": Pose(_("Three fingers up beside your face, on the right of the picture"), (98, 62), THREE),
    "chin": Pose(_("One fist under your chin"), (60, 92)),
    "head": Pose(_("One hand flat on the top of your head"), (60, 14), ((-18, 0), (18, 0))),
    "nose": Pose(_("One finger on the tip of your nose"), (60, 84), ONE),
    "ear_left": Pose(_("One hand on your ear, on the left of the picture"), (34, 52)),
    "ear_right": Pose(_("One hand on your ear, on the right of the picture"), (86, 52)),
}
