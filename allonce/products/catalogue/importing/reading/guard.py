"""Looks at a file's outside before anything inside it is parsed: kind, size, and how far an archive would unpack.

Everything stays in memory; nothing here or after it makes a temporary file.
"""

import io
import struct
import zipfile
from typing import Literal

from allonce.products.catalogue.importing import problems

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 160 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_CELLS = 400_000
MAX_SHEETS = 100
# Sheets of repeated prices pack up to about 60 times; bombs start near 1,000.
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = 1024 * 1024

Kind = Literal["xlsx", "ods", "xls", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


def check_size(size: int) -> None:
    """Raises `SheetTooLarge` for more bytes than a price sheet ever needs."""
    if size > MAX_FILE_BYTES:
        raise problems.SheetTooLarge


def kind_of(data: bytes) -> Kind:
    """What the bytes are, whatever the file is called. Raises the problem for everything that cannot be read."""
    check_size(len(data))
    if not data.strip(b"\x00\r\n\t "):
        raise problems.EmptySheet
    if data.startswith(_ZIP):
        return _archive_kind(data)
    if data.startswith(_OLE):
        return _compound_kind(data)
    _refuse_other(data)
    return "text"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, once its directory shows that unpacking it is safe.

    The sizes in the directory bind: reading an entry stops at its stated size, so the sum here is the most that can
    ever be unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise problems.UnreadableSheet from error
    _check_entries(archive.infolist())
    return archive


def has_macros(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook carries program code. It is never read, let alone run."""
    names = [name.lower() for name in archive.namelist()]
    return any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise problems.UnsafeSheet
    if any(_unpacks_too_far(entry) for entry in entries):
        raise problems.UnsafeSheet
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise problems.EncryptedSheet


def _unpacks_too_far(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size <= RATIO_MATTERS_ABOVE:
        return False
    return entry.file_size > MAX_RATIO * max(1, entry.compress_size)


def _archive_kind(data: bytes) -> Kind:
    names = set(open_archive(data).namelist())
    if "xl/workbook.bin" in names:
        raise problems.UnsupportedBinary
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise problems.UnknownKind


def _compound_kind(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise problems.EncryptedSheet
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise problems.UnknownKind
    return "xls"


def _refuse_other(data: bytes) -> None:
    if data.startswith(_OTHER):
        raise problems.UnknownKind
    start = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")) or b"<html" in start:
        raise problems.WebPageNamedSheet
    if start.startswith(b"<?xml"):
        raise problems.UnknownKind
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and b"\x00" in data[:4096]:
        raise problems.UnknownKind
