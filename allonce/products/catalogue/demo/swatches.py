"""Colour pictures drawn here: a plain colour with the look of its weave."""

from PIL import Image, ImageDraw

from allonce.products.catalogue.services.pictures import EDGE, encode

WEAVES = ("plain", "linen", "stripe", "slat", "wood", "pile")


def swatch(colour: str, weave: str) -> bytes:
    """A WebP of `colour` (#rrggbb) in one of WEAVES."""
    image = Image.new("RGB", (EDGE, EDGE), colour)
    draw = ImageDraw.Draw(image, "RGBA")
    if weave == "linen":
        _threads(draw)
    elif weave == "stripe":
        _bars(draw, 20, 10, (255, 255, 255, 60), upright=True)
    elif weave == "slat":
        _bars(draw, 20, 2, (0, 0, 0, 70), upright=False)
    elif weave == "wood":
        _grain(draw)
    elif weave == "pile":
        _bars(draw, 4, 2, (0, 0, 0, 22), upright=True)
    return encode(image)


def _threads(draw: ImageDraw.ImageDraw) -> None:
    for place in range(0, EDGE, 4):
        shade = 14 + (place * 7) % 23
        draw.line([(0, place), (EDGE, place)], fill=(255, 255, 255, shade))
        draw.line([(place + 2, 0), (place + 2, EDGE)], fill=(0, 0, 0, shade))


def _bars(draw: ImageDraw.ImageDraw, step: int, thick: int, ink: tuple[int, ...], *, upright: bool) -> None:
    for place in range(0, EDGE, step):
        box = (place, 0, place + thick - 1, EDGE) if upright else (0, place, EDGE, place + thick - 1)
        draw.rectangle(box, fill=ink)


def _grain(draw: ImageDraw.ImageDraw) -> None:
    for place in range(0, EDGE, 7):
        sway = (place * 5) % 9 - 4
        points = [(0, place), (EDGE // 3, place + sway), (2 * EDGE // 3, place - sway), (EDGE, place + sway // 2)]
        draw.line(points, fill=(0, 0, 0, 18 + place % 22), width=1 + place % 2)
