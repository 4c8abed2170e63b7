"""Random price tables rendered in random layouts, with the truth beside them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from allonce.products.catalogue.importing.sheet import Cell, Place, Region, Sheet, number_text
from allonce.products.catalogue.importing.sizes import whole_mm

PER_UNIT = {"mm": (300, 2400, 50), "cm": (40, 300, 5), "m": (4, 30, 1), "in": (18, 96, 6)}
UNIT_WORDS = {"mm": "mm", "cm": "cm", "in": "inches", "m": "metres"}
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


@dataclass(frozen=True)
class Table:
    """The truth: sizes in the sheet's unit, prices in minor units by drop and width."""

    band: str | None
    widths: tuple[Decimal, ...]
    drops: tuple[Decimal, ...]
    prices: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Layout:
    """How tables are written down."""

    unit: str = "mm"
    size_style: str = "plain"  # plain, text, united, up_to, ranged, grouped
    price_style: str = "number"  # number, formatted, signed, comma, spaced, code
    currency: str = "GBP"
    transposed: bool = False
    words: str = "corner"  # corner, headings, sentence, cells, none
    unit_words: str = "title"  # title, corner, none
    band_style: str = "title"  # title, merged, corner, column, sheet, none
    arrangement: str = "stacked"  # stacked, beside, sheets
    shared_head: bool = False
    titles: int = 1
    left: int = 0
    gap: int = 2
    notes: bool = False
    footer: bool = False
    twin_head: bool = False
    twin_column: bool = False
    repeat_head: bool = False
    total: bool = False
    blank_row: bool = False
    blank_column: bool = False
    right_axis: bool = False
    absent: str = "POA"


class Page:
    """A sheet being written."""

    def __init__(self, name: str = "Sheet1") -> None:
        self.name = name
        self.cells: dict[Place, Cell] = {}
        self.merged: list[Region] = []

    def put(self, row: int, column: int, cell: Cell | str) -> None:
        made = Cell(cell) if isinstance(cell, str) else cell
        if made.text:
            self.cells[(row, column)] = made

    def sheet(self) -> Sheet:
        return Sheet(self.name, dict(self.cells), tuple(self.merged))


def render(tables: list[Table], layout: Layout) -> list[Sheet]:
    """The tables as sheets."""
    if layout.arrangement == "sheets":
        return [_alone(table, layout) for table in tables]
    page = Page()
    row, column = _titles(page, layout), layout.left
    for index, table in enumerate(tables):
        head = not (layout.shared_head and index and layout.arrangement == "stacked")
        pen = _Pen(page, table, layout, column)
        bottom = pen.write(row, head=head)
        if layout.arrangement == "stacked":
            row = bottom + (layout.gap if head else max(1, layout.gap))
        else:
            column = pen.right + 2
    if layout.footer:
        bottom = max(place[0] for place in page.cells)
        page.put(bottom + 3, 0, "* Motorisation on request. E&OE.")
    return [page.sheet()]


def _alone(table: Table, layout: Layout) -> Sheet:
    page = Page(f"Band {table.band}" if layout.band_style == "sheet" and table.band else f"Sheet {table.band}")
    _Pen(page, table, layout, layout.left).write(_titles(page, layout), head=True)
    return page.sheet()


def _titles(page: Page, layout: Layout) -> int:
    lines = ["ROLLER BLINDS - TRADE PRICES", "Effective 1 March 2026", "Round up to the next size."][: layout.titles]
    if layout.unit_words == "title":
        lines.append(f"All sizes in {UNIT_WORDS[layout.unit]}.")
    if layout.words == "sentence":
        lines.append("Drops across, widths down" if layout.transposed else "Widths across, drops down")
    for row, line in enumerate(lines):
        page.put(row, 0, line)
    return len(lines) + (1 if lines else 0)


class _Pen:
    """Writes one table from (row, column) downwards."""

    def __init__(self, page: Page, table: Table, layout: Layout, column: int) -> None:
        self.page, self.table, self.layout, self.column = page, table, layout, column
        self.across = table.drops if layout.transposed else table.widths
        self.down = table.widths if layout.transposed else table.drops
        self.labelled = bool(layout.band_style == "column" and table.band)
        self.axis = column + int(self.labelled) + int(layout.twin_column)
        self.columns = self._columns()

    def _columns(self) -> list[int]:
        count = len(self.across)
        skip = count // 2 if self.layout.blank_column and count > 3 else count
        return [self.axis + 1 + index + (1 if index >= skip else 0) for index in range(count)]

    @property
    def right(self) -> int:
        return self.columns[-1] + (2 if self.layout.notes else 0) + (1 if self.layout.right_axis else 0)

    def write(self, row: int, *, head: bool) -> int:
        """Writes everything; gives the first free row."""
        row = self._title(row)
        first = row = self._heads(row, twin=self.layout.twin_head) if head else row
        for index in range(len(self.down)):
            row = self._between(row, index)
            self._line(row, index)
            row += 1
        if self.layout.notes:
            self.page.put(first, self.columns[-1] + 2, "chain drive")
        return self._total(row)

    def _title(self, row: int) -> int:
        if not self.table.band or self.layout.band_style not in ("title", "merged"):
            return row
        self.page.put(row, self.column, f"PRICE BAND {self.table.band}")
        if self.layout.band_style == "merged":
            self.page.merged.append(Region(row, self.column, row, self.columns[-1]))
        return row + 1

    def _heads(self, row: int, *, twin: bool) -> int:
        row = self._words(row)
        for index, place in enumerate(self.columns):
            self.page.put(row, place, self._axis_word(_size(self.across, index, self.layout), across=True))
        if twin and self.layout.unit == "mm":
            row += 1
            for index, place in enumerate(self.columns):
                self.page.put(row, place, _inches(self.across[index]))
        return row + 1

    def _words(self, row: int) -> int:
        layout = self.layout
        one, two = ("Drop", "Width") if layout.transposed else ("Width", "Drop")
        unit = layout.unit if layout.unit_words == "corner" else ""
        if layout.words == "headings":
            self.page.put(row, self.columns[0], f"{one} ({unit})" if unit else one)
            self.page.merged.append(Region(row, self.columns[0], row, self.columns[-1]))
            self.page.put(row + 1, self.axis, two)
            return row + 1
        if layout.words == "corner":
            self.page.put(row, self.axis, f"{two} {unit} / {one} {unit}".replace("  ", " ").strip())
        elif layout.band_style == "corner" and self.table.band:
            self.page.put(row, self.axis, f"Band {self.table.band}")
        return row

    def _axis_word(self, cell: Cell, *, across: bool) -> Cell:
        if self.layout.words != "cells":
            return cell
        return Cell(f"{'W' if across != self.layout.transposed else 'D'} {cell.text}")

    def _between(self, row: int, index: int) -> int:
        if index != len(self.down) // 2 or len(self.down) < 4:
            return row
        row += int(self.layout.blank_row)
        return self._heads(row, twin=False) if self.layout.repeat_head else row

    def _line(self, row: int, index: int) -> None:
        layout = self.layout
        self.page.put(row, self.axis, self._axis_word(_size(self.down, index, layout), across=False))
        if layout.twin_column and layout.unit == "mm":
            self.page.put(row, self.axis - 1, _inches(self.down[index]))
        if self.labelled:
            self.page.put(row, self.column, f"Band {self.table.band}")
        if layout.right_axis:
            self.page.put(row, self.columns[-1] + 1, _size(self.down, index, layout))
        for place, column in enumerate(self.columns):
            price = self.table.prices[place][index] if layout.transposed else self.table.prices[index][place]
            self.page.put(row, column, Cell(layout.absent) if price is None else _price(price, layout))

    def _total(self, row: int) -> int:
        if not self.layout.total:
            return row
        self.page.put(row, self.axis, "Average")
        for column in self.columns:
            self.page.put(row, column, Cell("99.99", Decimal("99.99")))
        return row + 1


def _inches(size: Decimal) -> str:
    return f'{(size / Decimal("25.4")).quantize(Decimal("0.1"))}"'


def _size(sizes: tuple[Decimal, ...], index: int, layout: Layout) -> Cell:
    size = sizes[index]
    text = number_text(size)
    if layout.size_style == "plain":
        return Cell(text, size)
    if layout.size_style == "united":
        return Cell(f'{text}"' if layout.unit == "in" else f"{text} {layout.unit}")
    if layout.size_style == "up_to":
        return Cell(f"up to {text}")
    if layout.size_style == "ranged" and index and layout.unit != "m":
        return Cell(f"{number_text(sizes[index - 1] + 1)}-{text}")
    if layout.size_style == "grouped":
        return Cell(f"{size:,}" if size == size.to_integral_value() else text)
    return Cell(text)


def _price(price: int, layout: Layout) -> Cell:
    value = Decimal(price) / 100
    sign = SIGNS[layout.currency]
    written = {
        "signed": f"{sign}{value:,.2f}",
        "comma": f"{sign} {value:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."),
        "spaced": f"{value:,.2f}".replace(",", " ") + f" {sign}",
        "code": f"{layout.currency} {value:.2f}",
        "whole": f"{sign}{value:,.0f}" if price % 100 == 0 else f"{sign}{value:,.2f}",
    }
    if layout.price_style in written:
        return Cell(written[layout.price_style])
    currency = layout.currency if layout.price_style == "formatted" else ""
    return Cell(number_text(value), value, currency)


def millimetres(sizes: tuple[Decimal, ...], unit: str) -> tuple[int, ...]:
    return tuple(whole_mm(size, unit) for size in sizes)


@st.composite
def sides(draw: st.DrawFn, unit: str, least: int = 2) -> tuple[Decimal, ...]:
    """Rising sizes of one side."""
    low, high, step = PER_UNIT[unit]
    count = draw(st.integers(least, 9))
    picks = draw(st.lists(st.integers(low // step, high // step), min_size=count, max_size=count, unique=True))
    scale = Decimal("0.1") if unit == "m" else Decimal(1)
    return tuple(Decimal(pick * step) * scale for pick in sorted(picks))


@st.composite
def tables(draw: st.DrawFn, layout: Layout, band: str | None, *, wild: bool = False) -> Table:
    widths, drops = draw(sides(layout.unit)), draw(sides(layout.unit))
    base, by_w, by_d = draw(st.integers(20, 800)), draw(st.integers(1, 90)), draw(st.integers(1, 90))
    fine = draw(st.sampled_from([100, 50, 5, 1]))
    prices = [[(base * 100 + (w * by_w + d * by_d) * fine) for w in range(len(widths))] for d in range(len(drops))]
    cut = draw(st.integers(0, min(3, len(drops) - 1, len(widths) - 1)))
    lines = [[None if w + d > len(widths) + len(drops) - 2 - cut else price for w, price in enumerate(line)]
             for d, line in enumerate(prices)]  # fmt: skip
    if wild:
        d, w = draw(st.integers(0, len(drops) - 1)), draw(st.integers(0, len(widths) - 1))
        lines[d][w] = draw(st.sampled_from([None, 1, 50, 99_999_99]))
    return Table(band, widths, drops, tuple(tuple(line) for line in lines))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    def pick(*values: Any) -> Any:
        return draw(st.sampled_from(values))

    def flag() -> bool:
        return bool(draw(st.integers(0, 5)) == 5)

    currency = pick("GBP", "EUR", "USD")
    return Layout(
        unit=pick("mm", "mm", "cm", "m", "in"), currency=currency, transposed=pick(False, True),
        size_style=pick("plain", "text", "united", "up_to", "ranged", "grouped"),
        price_style=pick("number", "formatted", "signed", "comma", "spaced", "code", "whole"),
        words=pick("corner", "headings", "sentence", "cells", "none"), unit_words=pick("title", "corner", "none"),
        band_style=pick("title", "merged", "corner", "column", "sheet", "none"),
        arrangement=pick("stacked", "stacked", "beside", "sheets"), shared_head=flag(),
        titles=pick(0, 1, 2, 3), left=pick(0, 0, 1, 3), gap=pick(0, 1, 2, 4), notes=flag(), footer=flag(),
        twin_head=flag(), twin_column=flag(), repeat_head=flag(), total=flag(), blank_row=flag(), blank_column=flag(),
        right_axis=flag(), absent=pick("POA", "-", "n/a", "", "On application"),
    )  # fmt: skip


def _labelled(layout: Layout) -> Layout:
    """The same layout, once its maker has said which way round, in what unit and for which band."""
    return replace(
        layout,
        words=layout.words if layout.words in ("corner", "sentence", "cells") else "corner",
        unit_words=layout.unit_words if layout.words == "corner" and layout.unit_words == "corner" else "title",
        band_style=layout.band_style if layout.band_style in ("title", "merged", "column") else "title",
        right_axis=layout.right_axis and layout.arrangement != "beside",  # else two columns could be the second's sizes
        price_style="formatted" if layout.price_style in ("number", "whole") else layout.price_style,
    )


@st.composite
def cases(draw: st.DrawFn, *, wild: bool = False, plain: bool = False) -> tuple[list[Table], Layout]:
    """One to three tables and a layout; tables that share a head share its sizes."""
    layout = draw(layouts())
    if plain:
        layout = _labelled(layout)
    names: list[str | None] = draw(st.sampled_from([[None], ["A"], ["A", "B"], ["A", "B", "C"], ["1", "2"]]))
    made = [draw(tables(layout, name, wild=wild)) for name in names]
    if layout.shared_head and layout.arrangement == "stacked":
        made = [replace(made[0], band=name) for name in names]
    return made, layout


def written_band(table: Table, layout: Layout) -> str | None:
    """The band as far as the layout writes it down at all."""
    if layout.band_style == "none" or (layout.band_style == "corner" and layout.words in ("corner", "headings")):
        return None
    return table.band if layout.band_style != "sheet" or layout.arrangement == "sheets" else None
