"""What was found, ready for a page: questions, doubts, tables with what they would change, ranges."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.catalogue.draft import Draft, tables
from allonce.products.catalogue.importing.comparison import Comparison, compare_with_table, prices_of
from allonce.products.catalogue.importing.contents import figures_for
from allonce.products.catalogue.importing.proposal import Grid, Mark, Question, RangeRow, Rate
from allonce.products.catalogue.importing.reading_of import RangesTarget, Reading, Target, key_of
from allonce.products.catalogue.importing.screens.wording import (
    along_words,
    choice_words,
    figure_words,
    money,
    question_words,
    reason_of,
    why_of,
)
from allonce.products.catalogue.importing.sheet import Place, place_name

FIGURES = ("per_m2", "per_m", "each", "along", "minimum_price", "min_width", "min_drop")
LENGTHS = frozenset({"min_width", "min_drop"})
LINES, WIDE, DOUBTS, RANGE_ROWS = 30, 20, 60, 12


@dataclass(frozen=True)
class QuestionShown:
    key: str
    words: str
    why: str
    certain: bool
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class DoubtShown:
    """A doubt or error: where, what the cell says, why, and how to say that it is right."""

    key: str
    sheet: int
    row: int
    place: str
    text: str
    reason: str
    error: bool


@dataclass(frozen=True)
class TableShown:
    """One found table. `lines` are its first drops with prices and a mark each."""

    key: str
    band: str
    taken: bool
    is_new: bool
    sheet: str
    widths: tuple[int, ...]
    lines: tuple[tuple[int, tuple[tuple[str, str, str], ...]], ...]
    more_widths: int
    more_drops: int
    size: str
    comparison: Comparison
    biggest: tuple[tuple[str, str, str, str], ...]
    counted: bool = False


@dataclass(frozen=True)
class FigureShown:
    """One figure of a price by area, length or piece, as it is and as it will be."""

    words: str
    now: str
    then: str
    mark: str
    reason: str


@dataclass(frozen=True)
class RateShown:
    key: str
    band: str
    taken: bool
    is_new: bool
    figures: tuple[FigureShown, ...]


@dataclass(frozen=True)
class RangesShown:
    key: str
    way: str
    count: int
    rows: tuple[RangeRow, ...]
    unused: tuple[str, ...]
    bands: tuple[str, ...]


def show_questions(reading: Reading) -> list[QuestionShown]:
    return [_question(question) for question in reading.proposal.questions]


def _question(question: Question) -> QuestionShown:
    choices = tuple(
        (choice, choice_words(question, choice), choice == question.chosen) for choice in question.alternatives
    )
    return QuestionShown(question.key, question_words(question), why_of(question), question.certain, choices)


def show_doubts(reading: Reading) -> tuple[list[DoubtShown], int]:
    """The first doubts, errors before the rest, and how many there are in all."""
    found = [(grid.sheet, mark) for grid in reading.proposal.grids for mark in grid.marks]
    found += [(rate.sheet, mark) for rate in reading.proposal.rates for mark in rate.marks]
    found += [(table.sheet, mark) for table in reading.proposal.ranges for mark in table.marks]
    found += [(left.sheet, left.mark) for left in reading.proposal.left_over]
    doubts = [(sheet, mark) for sheet, mark in found if mark.severity != "note"]
    doubts.sort(key=lambda one: (one[1].severity != "error", one[0], one[1].place or (-1, -1)))
    return [_doubt(reading, sheet, mark) for sheet, mark in doubts[:DOUBTS]], len(doubts)


def _doubt(reading: Reading, sheet: int, mark: Mark) -> DoubtShown:
    place = mark.place
    return DoubtShown(
        key=key_of(sheet, place) if place else "", sheet=sheet, row=max(0, place[0] - 3) if place else 0,
        place=place_name(place) if place else "", text=reading.sheets[sheet].text(*place) if place else "",
        reason=reason_of(mark), error=mark.severity == "error",
    )  # fmt: skip


def show_tables(reading: Reading, standing: Draft, product: dict[str, Any]) -> list[TableShown]:
    """Found tables, each compared with the one that its band has now."""
    shown = []
    for target, table in _with_tables(reading, standing, product):
        if isinstance(target.table, Grid):
            shown.append(_table(reading, target, target.table, table))
    return shown


def show_rates(reading: Reading, standing: Draft, product: dict[str, Any]) -> list[RateShown]:
    """Found prices by area, length or piece, each beside what its band has now."""
    shown = []
    for target, table in _with_tables(reading, standing, product):
        if isinstance(target.table, Rate):
            shown.append(_rate(reading, target, target.table, table))
    return shown


def _with_tables(
    reading: Reading, standing: Draft, product: dict[str, Any]
) -> Iterator[tuple[Target, dict[str, Any] | None]]:
    """Targets with the table that their band has now."""
    by_band = {str(band["name"]).casefold(): band["table"] for band in product["bands"]}
    for target in reading.targets:
        table_id = by_band.get(target.band.casefold())
        yield target, tables.read_table(standing, table_id) if table_id else None


def _table(reading: Reading, target: Target, grid: Grid, table: dict[str, Any] | None) -> TableShown:
    currency = reading.proposal.currency
    same_kind = table if table and table["kind"] == grid.kind else None
    comparison = compare_with_table(same_kind, prices_of(grid.widths_mm, grid.drops_mm, grid.prices))
    return TableShown(
        key=grid.key, band=target.band, taken=target.taken, is_new=table is None, sheet=reading.sheets[grid.sheet].name,
        widths=grid.widths_mm[:WIDE], lines=_lines(grid, currency), counted=grid.counted,
        more_widths=max(0, len(grid.widths_mm) - WIDE), more_drops=max(0, len(grid.drops_mm) - LINES),
        size=f"{len(grid.widths_mm)} × {len(grid.drops_mm)}", comparison=comparison,
        biggest=() if table is None else tuple(_change(change, currency) for change in comparison.biggest),
    )  # fmt: skip


def _rate(reading: Reading, target: Target, rate: Rate, table: dict[str, Any] | None) -> RateShown:
    marks = _marks_by_place(rate.marks)
    after = figures_for(rate, table)
    lines = [
        _figure(word, after, table, reading.proposal.currency, marks.get(rate.places.get(word, (-1, -1)), []))
        for word in FIGURES
        if word in after or (table and word in table)
    ]
    return RateShown(rate.key, target.band, target.taken, table is None, tuple(lines))


def _figure(
    word: str, after: dict[str, Any], now: dict[str, Any] | None, currency: str, marks: list[Mark]
) -> FigureShown:
    reasons = " ".join(reason_of(mark) for mark in marks)
    return FigureShown(
        figure_words(word), _shown(word, (now or {}).get(word), currency), _shown(word, after.get(word), currency),
        _worst(marks), reasons,
    )  # fmt: skip


def _shown(word: str, value: Any, currency: str) -> str:
    if value is None:
        return "–"
    if word in LENGTHS:
        return f"{value} mm"
    return along_words(value) if word == "along" else money(value, currency)


def _lines(grid: Grid, currency: str) -> tuple[tuple[int, tuple[tuple[str, str, str], ...]], ...]:
    marks = _marks_by_place(grid.marks)
    widths = range(min(WIDE, len(grid.widths_mm)))
    return tuple(
        (size, tuple(_price(grid, drop, width, currency, marks) for width in widths))
        for drop, size in enumerate(grid.drops_mm[:LINES])
    )


def _price(grid: Grid, drop: int, width: int, currency: str, marks: dict[Place, list[Mark]]) -> tuple[str, str, str]:
    place = grid.place_of(drop, width)
    if place is None:
        return "–", "doubt", _("This size is not in the list: taken as not offered.")
    here = marks.get(place, [])
    return money(grid.prices[drop][width], currency), _worst(here), " ".join(reason_of(mark) for mark in here)


def _marks_by_place(marks: Iterable[Mark]) -> dict[Place, list[Mark]]:
    found: dict[Place, list[Mark]] = {}
    for mark in marks:
        if mark.place and mark.severity != "note":
            found.setdefault(mark.place, []).append(mark)
    return found


def _worst(marks: list[Mark]) -> str:
    return "error" if any(mark.severity == "error" for mark in marks) else "doubt" if marks else ""


def _change(change: Any, currency: str) -> tuple[str, str, str, str]:
    share = f"{change.bp / 100:+.1f} %" if change.bp is not None else ""
    size = f"{change.width} × {change.drop} mm"
    return size, money(change.before, currency), money(change.after, currency), share


def show_ranges(reading: Reading) -> list[RangesShown]:
    return [_ranges(one) for one in reading.ranges]


def _ranges(one: RangesTarget) -> RangesShown:
    rows = one.table.rows
    bands = tuple(sorted({row.band for row in rows if row.band}))
    return RangesShown(one.table.key, one.way, len(rows), rows[:RANGE_ROWS], one.table.unused, bands)
