"""Tables for spreadsheets: whatever a visitor wrote stays text, and is never run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What spreadsheets take for the beginning of a formula or of a command (OWASP, CSV injection), full-width ones too.
STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|%")
MARK = "\ufeff"  # by which common spreadsheets know UTF-8


def safe(value: object) -> str:
    """The value as a cell that is only text: an apostrophe stands before whatever could begin a formula."""
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(STARTS) or text.startswith(STARTS) else text


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file's text (RFC 4180) with a heading line."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([value if isinstance(value, int | float) else safe(value) for value in row])
    return MARK + written.getvalue()
