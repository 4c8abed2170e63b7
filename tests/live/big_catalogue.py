"""The largest catalogue that a phone must hold: 20,000 rows in one product, 100,000 cells, 300 pictures."""

from io import BytesIO
from typing import Any

from PIL import Image

from tests.live.catalogue import catalogue

PRODUCT = "p_breakwater"
PICTURED = "Breakwater Blackout"
ROWS = 20_000
PICTURES = 300
COLOURS_A_RANGE = 2
TABLES = 10
SIZES = list(range(300, 10_300, 100))
WORDS = ("Linen", "Dimout", "Screen", "Voile", "Weave", "Satin", "Slub", "Twill")


def big_catalogue() -> dict[str, Any]:
    """The live shop's catalogue with one huge product more."""
    value = catalogue()
    value["products"][PRODUCT] = _product()
    value["tables"] |= {table["id"]: table for table in map(_table, range(TABLES))}
    return value


def pictures() -> dict[str, bytes]:
    """A picture of noise for each colour of the pictured range, by its id."""
    return {f"i_colour_{number}": _picture(number) for number in range(PICTURES)}


def _product() -> dict[str, Any]:
    bands = [{"id": f"b_{number}", "name": f"Band {number}", "table": f"t_big_{number}"} for number in range(TABLES)]
    shown = {f"Colour {number:03d}": _row(number, f"i_colour_{number}") for number in range(PICTURES)}
    count = (ROWS - PICTURES) // COLOURS_A_RANGE
    others = {
        f"{WORDS[number % len(WORDS)]} {number:05d}": {
            name: _row(number) for name in ("Chalk", "Graphite")[:COLOURS_A_RANGE]
        }
        for number in range(count)
    }
    return {
        "id": PRODUCT, "name": "Roller blind, whole book", "family": "roller", "order": 3, "tax": "standard",
        "method": "grid", "bands": bands, "ranges": {PICTURED: shown, **others}, "extras": [], "rules": [],
    }  # fmt: skip


def _row(number: int, picture: str = "") -> dict[str, Any]:
    row = {"band": f"b_{number % TABLES}", "min_width": 300, "max_width": 2400, "max_drop": 3000}
    return row | ({"picture": picture} if picture else {})


def _table(number: int) -> dict[str, Any]:
    rows = [[2000 + (width * drop) // 900 + number for width in SIZES] for drop in SIZES]
    return {"id": f"t_big_{number}", "kind": "grid", "widths": SIZES, "drops": SIZES, "rows": rows}


def _picture(number: int) -> bytes:
    """As large as those that Setup keeps: 160 pixels, some thousand bytes."""
    noise = Image.effect_noise((160, 160), 60).convert("RGB")
    tint = Image.new("RGB", noise.size, (number * 37 % 256, number * 91 % 256, number * 53 % 256))
    written = BytesIO()
    Image.blend(noise, tint, 0.7).save(written, "WEBP", quality=70)
    return written.getvalue()
