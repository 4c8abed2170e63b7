"""A blind drawn to scale beside its price: the opening, the product in it, its two measurements."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

BOX = 240
MARGIN = 34
LONGEST_RATIO = 5


def drawing(family: str, width: int, drop: int, picture_url: str = "") -> SafeString:
    """An SVG of the product, `width` x `drop` mm, filled with the colour's picture where there is one."""
    across, down = _scaled(max(1, width), max(1, drop))
    fill = _fill(picture_url)
    shapes = format_html_join("", "{}", ((shape,) for shape in _shapes(family, across, down)))
    return format_html(
        '<svg class="to-scale" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<g transform="translate({} 8)"><rect class="scale-fill" width="{}" height="{}"{}/>{}'
        '<rect class="scale-frame" width="{}" height="{}"/></g>{}</svg>',
        BOX + MARGIN,
        down + MARGIN + 8,
        _("Drawn to scale: %(width)s mm wide, %(drop)s mm drop") % {"width": width, "drop": drop},
        fill,
        MARGIN,
        across,
        down,
        SafeString(' fill="url(#trial-fabric)"') if picture_url else "",
        shapes,
        across,
        down,
        _measures(across, down, width, drop),
    )


def _scaled(width: int, drop: int) -> tuple[int, int]:
    """Both sides in drawing units, the longer one filling the box; absurd shapes keep a visible side."""
    longer = max(width, drop)
    shortest = BOX // LONGEST_RATIO
    return max(shortest, (BOX - MARGIN) * width // longer), max(shortest, (BOX - MARGIN) * drop // longer)


def _fill(picture_url: str) -> SafeString:
    if not picture_url:
        return SafeString("")
    return format_html(
        '<defs><pattern id="trial-fabric" width="60" height="60" patternUnits="userSpaceOnUse">'
        '<image href="{}" width="60" height="60" preserveAspectRatio="xMidYMid slice"/></pattern></defs>',
        picture_url,
    )


def _shapes(family: str, across: int, down: int) -> Iterator[SafeString]:
    if family == "vertical":
        yield from (_line(x, 8, x, down) for x in range(14, across, 14))
        yield _box(0, 0, across, 8)
    elif family == "venetian":
        yield from (_line(0, y, across, y) for y in range(14, down, 7))
        yield _box(0, 0, across, 9)
    elif family == "roman":
        yield from (_line(0, down * part // 5, across, down * part // 5) for part in range(1, 5))
    elif family == "curtain":
        yield from _folds(across, down)
    elif family == "shutter":
        yield from _louvres(across, down)
    elif family == "flooring":
        yield from (_line(0, y, across, y) for y in range(18, down, 18))
    else:
        yield _box(0, 0, across, 10)
        yield _box(0, down - 6, across, 6)


def _folds(across: int, down: int) -> Iterator[SafeString]:
    middle = across // 2
    yield _line(-6, -2, across + 6, -2)
    for x in range(10, across, 11):
        lean = 3 if x < middle else -3
        yield format_html('<path class="scale-line" d="M{} 0 Q {} {} {} {}"/>', x, x + lean, down // 2, x, down)
    yield _line(middle, 0, middle, down)


def _louvres(across: int, down: int) -> Iterator[SafeString]:
    panels = max(1, across // 60)
    for panel in range(panels):
        left, right = across * panel // panels, across * (panel + 1) // panels
        yield _box(left, 0, right - left, down)
        yield from (_line(left + 5, y, right - 5, y) for y in range(12, down - 8, 9))


def _box(x: int, y: int, width: int, height: int) -> SafeString:
    return format_html('<rect class="scale-part" x="{}" y="{}" width="{}" height="{}"/>', x, y, width, height)


def _line(x1: int, y1: int, x2: int, y2: int) -> SafeString:
    return format_html('<path class="scale-line" d="M{} {} L{} {}"/>', x1, y1, x2, y2)


def _measures(across: int, down: int, width: int, drop: int) -> SafeString:
    bottom = down + 8
    return format_html(
        '<path class="scale-measure" d="M{} {} h{} M{} 8 v{}"/>'
        '<text class="scale-text" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="scale-text" x="{}" y="{}" text-anchor="middle" transform="rotate(-90 {} {})">{}</text>',
        *(MARGIN, bottom + 8, across, MARGIN - 8, down),
        *(MARGIN + across // 2, bottom + 24, width),
        *(20, 8 + down // 2, 20, 8 + down // 2, drop),
    )
