"""The rows under the heads of a list: which hold prices, which name a band, and where the list ends."""

from dataclasses import dataclass, field

from allonce.products.catalogue.importing.finding.bands import band_label
from allonce.products.catalogue.importing.finding.lists.columns import Columns, columns_of
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import Mark

_BLANKS_THAT_END = 3


@dataclass
class ListRows:
    """Rows with a price, each with the band that a title row inside the list gave it; marks on rows left out."""

    rows: list[int] = field(default_factory=list)
    bands: dict[int, str] = field(default_factory=dict)
    left_out: list[Mark] = field(default_factory=list)
    last: int = 0


def rows_under(view: View, columns: Columns, priced: tuple[int, ...]) -> ListRows:
    """Walks down from the heads until another head or a gap. `priced`: the columns that hold prices."""
    found = ListRows(last=columns.row)
    blanks, band = 0, ""
    for row in range(columns.row + 1, view.sheet.height):
        if row not in view.sheet.rows:
            blanks += 1
            if blanks > _BLANKS_THAT_END:
                break
            continue
        blanks = 0
        if _is_head(view, columns, row):
            break
        if _repeats(view, columns, row):
            continue
        if any(view.is_priced(row, column) for column in priced):
            found.rows.append(row)
            found.bands[row] = band
            found.last = row
        else:
            band = _title(view, columns, row) or band
    return found


def copied_down(view: View, rows: list[int], column: int) -> dict[int, int]:
    """The row whose cell counts in each row: where a cell is empty, the one above it."""
    found: dict[int, int] = {}
    last = -1
    for row in rows:
        if view.text(row, column):
            last = row
        if last >= 0:
            found[row] = last
    return found


def _repeats(view: View, columns: Columns, row: int) -> bool:
    """The heads again, as on every printed page."""
    return all(view.text(row, column) == view.text(columns.row, column) for column in columns.used)


def _is_head(view: View, columns: Columns, row: int) -> bool:
    """The heads of another list: words where this one has figures."""
    if _repeats(view, columns, row) or any(view.amount(row, one.column).state == "price" for one in columns.prices):
        return False
    other = columns_of(view, row)
    return other is not None and len(other.roles) >= 2 and bool(other.prices or "per_m2" in other.roles)


def _title(view: View, columns: Columns, row: int) -> str:
    texts = view.words_in(row, range(min(columns.used), max(columns.used) + 1))
    return next((label for text in texts if (label := band_label(text))), "")
