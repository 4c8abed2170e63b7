"""Drawn portraits for the demo: faces of nobody."""

import io
import random

from PIL import Image, ImageColor, ImageDraw, ImageFilter

SIZE = (960, 1200)
SKINS = ("#f2d3b8", "#e0b08c", "#b97a55", "#8a5a3c", "#5f3d2a")
HAIRS = ("#2a1d16", "#4b2e1e", "#8a5a2b", "#c98f3f", "#6b6b70")
SHIRTS = ("#2f6f73", "#7a3e5d", "#3d5a99", "#a8553a", "#54683a")
SKIES = (("#f6c9a8", "#d96f6f"), ("#bfe0ea", "#5f93b8"), ("#f3e3b8", "#c99a4a"), ("#d9d2ee", "#8b7fc0"))


def portrait(seed: str, *, long_hair: bool) -> bytes:
    """A JPEG of 960 x 1200 pixels, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    image = _sky(*chance.choice(SKIES))
    draw = ImageDraw.Draw(image)
    skin, hair, shirt = chance.choice(SKINS), chance.choice(HAIRS), chance.choice(SHIRTS)
    if long_hair:
        draw.rounded_rectangle((270, 330, 690, 980), 170, fill=hair)
    _body(draw, skin, shirt)
    draw.ellipse((315, 330, 645, 760), fill=skin)
    _hair(draw, hair, long_hair=long_hair)
    _face(draw, chance)
    written = io.BytesIO()
    image.filter(ImageFilter.SMOOTH).save(written, "JPEG", quality=88)
    return written.getvalue()


def _sky(high: str, low: str) -> Image.Image:
    strip = Image.new("RGB", (1, 2))
    strip.putpixel((0, 0), ImageColor.getrgb(high))
    strip.putpixel((0, 1), ImageColor.getrgb(low))
    return strip.resize(SIZE, Image.Resampling.BICUBIC)


def _body(draw: ImageDraw.ImageDraw, skin: str, shirt: str) -> None:
    draw.ellipse((140, 840, 820, 1560), fill=shirt)
    draw.rounded_rectangle((405, 660, 555, 900), 60, fill=skin)
    draw.polygon([(400, 850), (560, 850), (480, 960)], fill=skin)


def _hair(draw: ImageDraw.ImageDraw, hair: str, *, long_hair: bool) -> None:
    draw.pieslice((290, 290, 670, 690), 180, 360, fill=hair)
    if long_hair:
        draw.pieslice((300, 340, 560, 640), 180, 300, fill=hair)
    else:
        draw.rounded_rectangle((300, 440, 345, 560), 20, fill=hair)
        draw.rounded_rectangle((615, 440, 660, 560), 20, fill=hair)


def _face(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for left in (395, 525):
        draw.ellipse((left, 540, left + 36, 568), fill="#2b2b2b")
        draw.arc((left - 12, 500, left + 48, 560), 200, 340, fill="#3a2a20", width=8)
    draw.arc((460, 560, 500, 640), 30, 150, fill="#00000055", width=6)
    wide = chance.choice((55, 70, 85))
    draw.arc((480 - wide, 620, 480 + wide, 700), 20, 160, fill="#8c3b3b", width=10)
