"""What a file is, by its content alone, and whether its name says the same."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

import puremagic

from allonce.kernel.uploads import sounds
from allonce.kernel.uploads.refusals import NotAsNamed, WrongKind

Kind = Literal[
    "jpeg", "png", "webp", "gif", "bmp", "tiff", "pdf", "xlsx", "ods", "xls", "csv", "json", "webm", "ogg", "mp4"
]

PICTURES: frozenset[Kind] = frozenset({"jpeg", "png", "webp", "gif", "bmp", "tiff"})
# Sound alone: a file of these kinds that holds a moving picture is not recognised.
SOUNDS: frozenset[Kind] = frozenset({"webm", "ogg", "mp4"})
SHEETS: frozenset[Kind] = frozenset({"xlsx", "ods", "xls", "csv"})
ENDINGS: dict[Kind, frozenset[str]] = {
    "jpeg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "png": frozenset({"png"}),
    "webp": frozenset({"webp"}),
    "gif": frozenset({"gif"}),
    "bmp": frozenset({"bmp", "dib"}),
    "tiff": frozenset({"tif", "tiff"}),
    "pdf": frozenset({"pdf"}),
    "json": frozenset({"json"}),
    "webm": frozenset({"webm", "weba"}),
    "ogg": frozenset({"ogg", "oga", "opus"}),
    "mp4": frozenset({"mp4", "m4a"}),
}
# Suppliers' systems hand out text named .xls and workbooks named .csv. All of these are read as cells and nothing
# else, whatever their name, so any of these names will do for any of these contents.
SHEET_ENDINGS = frozenset({"xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "tab"})
SURE = 0.5
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Words with which text begins that some program would run or render.
_RUNS = (b"#!", b"<!doctype", b"<html", b"<script", b"<svg", b"<?php", b"<?xml", b"mz")


def recognise(data: bytes) -> Kind:
    """The kind of `data`. Raises WrongKind for what is none of ours."""
    for kind, fits in _SIGNS:
        if fits(data):
            return kind
    return _text_kind(data)


def check_name(name: str, kind: Kind) -> None:
    """Raises NotAsNamed where the name's ending claims another kind. A name without an ending claims nothing."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending and ending not in (SHEET_ENDINGS if kind in SHEETS else ENDINGS[kind]):
        raise NotAsNamed


def plain_name(name: str) -> str:
    """The name without folders and control characters, at most 120 characters long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-120:]


def _entries(data: bytes) -> frozenset[str]:
    """Names in the archive; none where it is no archive."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return frozenset()
    try:
        return frozenset(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def _is_xlsx(data: bytes) -> bool:
    names = _entries(data)
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def _is_ods(data: bytes) -> bool:
    # An open document says what it is in its first, uncompressed entry.
    return (
        data[30:38] == b"mimetype" and b"opendocument.spreadsheet" in data[38:100] and "content.xml" in _entries(data)
    )


def _is_xls(data: bytes) -> bool:
    return data.startswith(_OLE) and any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))


_SIGNS: list[tuple[Kind, Callable[[bytes], bool]]] = [
    ("jpeg", lambda data: data.startswith(b"\xff\xd8\xff")),
    ("png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    ("webp", lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
    ("gif", lambda data: data.startswith((b"GIF87a", b"GIF89a"))),
    ("bmp", lambda data: data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"),
    ("tiff", lambda data: data.startswith((b"II*\0", b"MM\0*"))),
    ("pdf", lambda data: data.startswith(b"%PDF-")),
    ("xlsx", _is_xlsx),
    ("ods", _is_ods),
    ("xls", _is_xls),
    ("webm", sounds.is_webm_opus),
    ("ogg", sounds.is_ogg_opus),
    ("mp4", sounds.is_mp4_aac),
]


def _text_kind(data: bytes) -> Kind:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start or start[:16].lower().startswith(_RUNS) or not _is_text(data) or _is_known_otherwise(data):
        raise WrongKind
    if start[:1] in b"{[" and _is_json(data):
        return "json"
    return "csv"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(data, "utf-16")
    # Old spreadsheet programs write whatever code page they like, but no control characters.
    return not any(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in set(data))


def _decodes(data: bytes, code: str) -> bool:
    try:
        data.decode(code)
    except UnicodeDecodeError:
        return False
    return True


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_known_otherwise(data: bytes) -> bool:
    """Whether a larger list of signatures than ours is sure that these bytes are no text."""
    try:
        found = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return False
    best = found[0]
    return best.confidence >= SURE and not best.mime_type.startswith(("text/", "application/json"))
