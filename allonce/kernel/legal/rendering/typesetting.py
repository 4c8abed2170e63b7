"""Typesets a legal text in memory as an archivable PDF."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from allonce.kernel.legal.rendering.blocks import as_blocks

TEMPLATE = Path(__file__).parent.parent / "typst" / "legal.typ"
# Archivable, and readable by assistive technology.
PDF_STANDARDS = ["a-3b", "ua-1"]


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper. `date` also dates the file, so that it is the same whenever it is made."""

    title: str
    subtitle: str
    footer: str
    date: date
    text: str


def typeset(sheet: Sheet) -> bytes:
    """The PDF."""
    data = {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "footer": sheet.footer,
        "date": [sheet.date.year, sheet.date.month, sheet.date.day],
        "blocks": as_blocks(sheet.text),
    }
    project = {"main.typ": TEMPLATE.read_bytes(), "data.json": json.dumps(data).encode()}
    # The typesetter takes a dictionary of files; its type hints have not caught up.
    compile_files: Any = typst.compile
    made: bytes = compile_files(project, font_paths=_fonts(), pdf_standards=PDF_STANDARDS)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.BUILD_DIR / "fonts")])
