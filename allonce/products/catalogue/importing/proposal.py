"""What a reading proposes: tables, ranges, questions, and a mark with its reason on everything doubtful."""

from dataclasses import dataclass, field
from typing import Literal

from allonce.products.catalogue.importing import reasons
from allonce.products.catalogue.importing.sheet import Place

Severity = Literal["note", "doubt", "error"]
Params = dict[str, str | int]


@dataclass(frozen=True)
class Mark:
    """A reason beside a cell or a whole table.

    `place` is (row, column) in the sheet, None for the whole. A note tells what was done with something that is
    plain, a doubt asks to be looked at, an error stops accepting until it is mended.
    """

    code: str
    severity: Severity
    place: Place | None = None
    params: Params = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return reasons.in_words(reasons.MARKS, self.code, self.params)


@dataclass(frozen=True)
class Listed:
    """Where a table stands that the sheet writes as a list: its prices by drop and width, and the columns of sizes."""

    places: dict[tuple[int, int], Place]
    width_column: int
    drop_column: int | None


@dataclass(frozen=True)
class Grid:
    """A price table as found.

    `prices` by drop, then width, in minor units; None where a size is not offered. `rows` and `columns` give the
    sheet's row and column of each line of the table as it stands in the sheet (`transposed`: rows hold widths).
    `counted`: the widths are numbers of widths of fabric. `listed`: the sheet is a list with one size to a row; rows
    and columns are then those of its prices.
    """

    key: str
    sheet: int
    band: str | None
    widths_mm: tuple[int, ...]
    drops_mm: tuple[int, ...]
    prices: tuple[tuple[int | None, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    header_row: int
    axis_column: int
    transposed: bool
    title: str = ""
    marks: tuple[Mark, ...] = ()
    counted: bool = False
    listed: Listed | None = None

    @property
    def kind(self) -> str:
        """The Catalogue's kind of table that this can become."""
        if self.counted:
            return "widths_drop"
        return "width" if self.drops_mm == (0,) else "grid"

    def place_of(self, drop: int, width: int) -> Place | None:
        """Where the sheet has the price of the drop and width at these positions; None where a list leaves it out."""
        if self.listed is not None:
            return self.listed.places.get((drop, width))
        return self.cell_of(drop, width)

    def cell_of(self, drop: int, width: int) -> Place:
        """The same for a table with two sides."""
        if self.transposed:
            return self.rows[width], self.columns[drop]
        return self.rows[drop], self.columns[width]


@dataclass(frozen=True)
class Rate:
    """A band priced by area, by length or by piece, as found.

    `kind` and `figures` are those of a table in docs/catalogue-format.md; `places` tells where each figure stands.
    """

    key: str
    sheet: int
    band: str | None
    kind: str
    figures: dict[str, int]
    places: dict[str, Place]
    header_row: int
    title: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class RangeRow:
    """One row of a range table; sizes in millimetres, None for no limit."""

    range: str
    colour: str
    band: str
    min_width: int | None = None
    max_width: int | None = None
    min_drop: int | None = None
    max_drop: int | None = None
    discontinued: bool = False
    row: int = 0


@dataclass(frozen=True)
class Ranges:
    """A range table as found. `columns` maps each of our words to the sheet's column."""

    key: str
    sheet: int
    header_row: int
    columns: dict[str, int]
    rows: tuple[RangeRow, ...]
    unused: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Question:
    """A choice that holds for the whole import. `certain`: the sheet itself answers it."""

    key: str
    chosen: str
    alternatives: tuple[str, ...]
    certain: bool
    why: str
    params: Params = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return reasons.in_words(reasons.WHY, self.why, self.params)


@dataclass(frozen=True)
class LeftOver:
    """A figure that belongs to nothing that was found."""

    sheet: int
    mark: Mark


@dataclass(frozen=True)
class ImportProposal:
    """Everything found, and everything that a person should look at before accepting it."""

    grids: tuple[Grid, ...] = ()
    ranges: tuple[Ranges, ...] = ()
    questions: tuple[Question, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    rates: tuple[Rate, ...] = ()
    currency: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether anything at all asks to be looked at."""
        return bool(self.doubts) or any(not question.certain for question in self.questions)

    @property
    def doubts(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.severity != "note"]

    @property
    def errors(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.severity == "error"]

    @property
    def marks(self) -> list[Mark]:
        found = [mark for grid in self.grids for mark in grid.marks]
        found += [mark for rate in self.rates for mark in rate.marks]
        found += [mark for table in self.ranges for mark in table.marks]
        return found + [left.mark for left in self.left_over]
