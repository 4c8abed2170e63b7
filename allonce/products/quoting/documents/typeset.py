"""Typesets documents in memory. Nothing is written to disk; text goes in as data and cannot become markup."""

import base64
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

import typst
from django.conf import settings

from allonce.products.quoting.documents.contract import Picture

SHEETS = Path(__file__).parent / "typst"
# Archivable, and readable by assistive technology.
PDF_STANDARDS = ["a-3b", "ua-1"]
PREVIEW_PPI = 110


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.BUILD_DIR / "fonts")])


@cache
def _sheet(name: str) -> bytes:
    return (SHEETS / name).read_bytes()


def _project(sheet: str, data: Mapping[str, Any], pictures: Mapping[str, Picture]) -> dict[str, bytes]:
    files = {f"{name}.svg": as_svg(picture) for name, picture in pictures.items()}
    known = {**data, "files": dict.fromkeys(pictures, True)}
    main = {"main.typ": _sheet(f"{sheet}.typ"), "house.typ": _sheet("house.typ")}
    return {**main, "data.json": json.dumps(known).encode(), **files}


def typeset_pdf(sheet: str, data: Mapping[str, Any], pictures: Mapping[str, Picture]) -> bytes:
    """The PDF of `sheet` (customer or worksheet) filled with `data`; pictures are named without ending."""
    return _compile(sheet, data, pictures, "pdf")[0]


def typeset_pages(sheet: str, data: Mapping[str, Any], pictures: Mapping[str, Picture]) -> list[bytes]:
    """The same document as one PNG a page, for a preview."""
    return _compile(sheet, data, pictures, "png")


def _compile(
    sheet: str, data: Mapping[str, Any], pictures: Mapping[str, Picture], kind: Literal["pdf", "png"]
) -> list[bytes]:
    project = _project(sheet, data, pictures)
    # The typesetter takes a dictionary of files; its type hints have not caught up.
    compile_files: Any = typst.compile
    if kind == "pdf":
        made = compile_files(project, font_paths=_fonts(), pdf_standards=PDF_STANDARDS)
    else:
        made = compile_files(project, font_paths=_fonts(), format="png", ppi=PREVIEW_PPI)
    return made if isinstance(made, list) else [made]


def as_svg(picture: Picture) -> bytes:
    """The picture as SVG text: from memory the typesetter takes only text. Pixels stay as they are."""
    if picture.type == "image/svg+xml":
        return picture.data
    size = f'width="{picture.width}" height="{picture.height}"'
    source = quoteattr(f"data:{picture.type};base64,{base64.b64encode(picture.data).decode()}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        f"<image {size} xlink:href={source}/></svg>"
    ).encode()


def strokes_as_svg(path: str, width: int, height: int) -> Picture:
    """A signature or sketch: strokes as an SVG path in a box of `width` x `height`."""
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><path d={quoteattr(path)} fill="none" stroke="#111" '
        f'stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    return Picture(drawn.encode(), "image/svg+xml", width, height)
