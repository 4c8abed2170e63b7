"""Bytes or pasted text into Sheets, guarded. One door for every kind of file."""

from dataclasses import dataclass

from allonce.kernel import uploads
from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.reading import delimited, guard, ods, old_excel, xlsx
from allonce.products.catalogue.importing.sheet import Sheet, sheets_with_content


@dataclass(frozen=True)
class Workbook:
    """What was read. `macros`: the file carried program code, which was neither run nor kept."""

    sheets: tuple[Sheet, ...]
    macros: bool = False


def read_file(data: bytes, name: str) -> Workbook:
    """Reads a file by what it is, not by what it is called.

    Raises a problem from `problems` for files that are too large, damaged, encrypted, unsafe or of another kind, and
    NotAsNamed, Malware or ScannerDown.
    """
    kind = guard.kind_of(data)
    uploads.check_name(name, "csv" if kind == "text" else kind)
    uploads.refuse_malware(data)
    if kind == "text":
        return _filled(delimited.read(data, _stem(name)))
    if kind == "xls":
        return _filled(old_excel.read(data), macros="_VBA_PROJECT".encode("utf-16-le") in data)
    with guard.open_archive(data) as archive:
        found = xlsx.read(archive) if kind == "xlsx" else ods.read(archive)
        return _filled(found, macros=guard.has_macros(archive))


def read_pasted(text: str) -> Workbook:
    """Reads cells copied from a spreadsheet program."""
    return _filled([delimited.read_text(text, "")])


def _filled(sheets: list[Sheet], *, macros: bool = False) -> Workbook:
    filled = sheets_with_content(sheets)
    if not filled:
        raise problems.EmptySheet
    return Workbook(tuple(filled), macros)


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0][:80]
