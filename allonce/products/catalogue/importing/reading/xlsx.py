"""XLSX and XLSM: a streaming reader of values and of what their formats show. Formulas and macros are never run."""

import posixpath
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.reading import formats, guard
from allonce.products.catalogue.importing.reading.xlsx_sheet import SheetTarget
from allonce.products.catalogue.importing.reading.xml_parts import Deadline, local, stream
from allonce.products.catalogue.importing.sheet import Sheet


@dataclass
class _Workbook:
    """Targets `workbook.xml`: sheets in their order, and which of them are hidden."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if local(tag) != "sheet":
            return
        named = {local(key): value for key, value in attrs.items()}
        self.sheets.append(
            (named.get("name", ""), named.get("id", ""), named.get("state", "") != "" and named["state"] != "visible")
        )

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


@dataclass
class _Relations:
    """Targets a `.rels` part: relation ids to places in the archive."""

    folder: str
    places: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if local(tag) != "Relationship" or attrs.get("TargetMode") == "External":
            return
        place = attrs.get("Target", "")
        whole = place.lstrip("/") if place.startswith("/") else posixpath.normpath(f"{self.folder}/{place}")
        self.places[attrs.get("Id", "")] = whole

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


@dataclass
class _Strings:
    """Targets `sharedStrings.xml`: rich text runs joined, phonetic hints left out."""

    texts: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _taking: bool = False
    _phonetic: bool = False

    def start(self, tag: str, _attrs: dict[str, str]) -> None:
        name = local(tag)
        if name == "rPh":
            self._phonetic = True
        self._taking = name == "t" and not self._phonetic

    def end(self, tag: str) -> None:
        name = local(tag)
        self._taking = False
        if name == "rPh":
            self._phonetic = False
        if name == "si":
            self.texts.append("".join(self._parts))
            self._parts = []
            if len(self.texts) > guard.MAX_CELLS:
                raise problems.SheetTooLarge

    def data(self, text: str) -> None:
        if self._taking:
            self._parts.append(text)


@dataclass
class _Styles:
    """Targets `styles.xml`: what each cell style shows, and whether it is bold."""

    shown: list[formats.Shown] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=dict)
    _fonts: list[bool] = field(default_factory=list)
    _within: str = ""

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._within = name
        elif name == "numFmt" and self._within != "dxfs":
            self._codes[_whole(attrs.get("numFmtId"))] = attrs.get("formatCode", "")
        elif name == "font" and self._within == "fonts":
            self._fonts.append(False)
        elif name == "b" and self._within == "fonts" and self._fonts:
            self._fonts[-1] = attrs.get("val", "1") not in ("0", "false")
        elif name == "xf" and self._within == "cellXfs":
            self._add(attrs)

    def _add(self, attrs: dict[str, str]) -> None:
        number_format, font = _whole(attrs.get("numFmtId")), _whole(attrs.get("fontId"))
        code = self._codes.get(number_format)
        self.shown.append(formats.builtin(number_format) if code is None else formats.shown_by(code))
        self.bold.append(font < len(self._fonts) and self._fonts[font])

    def end(self, tag: str) -> None:
        if local(tag) == self._within:
            self._within = ""

    def data(self, text: str) -> None: ...


def _whole(text: str | None) -> int:
    try:
        return int(Decimal(text or "0"))
    except InvalidOperation:
        return 0


def read(archive: zipfile.ZipFile) -> list[Sheet]:
    """All worksheets with their values. Raises `UnreadableSheet` where the parts do not fit together."""
    deadline, names = Deadline(), set(archive.namelist())
    workbook, relations, strings, styles = _Workbook(), _Relations("xl"), _Strings(), _Styles()
    stream(archive, "xl/workbook.xml", workbook, deadline)
    stream(archive, "xl/_rels/workbook.xml.rels", relations, deadline)
    if "xl/sharedStrings.xml" in names:
        stream(archive, "xl/sharedStrings.xml", strings, deadline)
    if "xl/styles.xml" in names:
        stream(archive, "xl/styles.xml", styles, deadline)
    if len(workbook.sheets) > guard.MAX_SHEETS:
        raise problems.SheetTooLarge
    return _worksheets(archive, workbook, relations, SheetTarget(strings.texts, styles.shown, styles.bold), deadline)


def _worksheets(
    archive: zipfile.ZipFile, workbook: _Workbook, relations: _Relations, target: SheetTarget, deadline: Deadline
) -> list[Sheet]:
    sheets = []
    for name, relation, hidden in workbook.sheets:
        place = relations.places.get(relation, "")
        if not place.startswith("xl/worksheets"):
            continue  # charts and dialogues hold no cells
        target.begin()
        stream(archive, place, target, deadline)
        sheets.append(target.sheet(name, hidden))
    return sheets
