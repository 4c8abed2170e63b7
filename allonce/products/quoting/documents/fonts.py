"""Build step: the house typeface as the files that the typesetter reads."""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "SemiBold", "Italic")


def convert(source: Path, target: Path) -> None:
    """Unpack the web fonts `Inter-*.woff2` of `source` into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        font = TTFont(source / f"Inter-{weight}.woff2")
        font.flavor = None
        font.save(target / f"Inter-{weight}.ttf")


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
