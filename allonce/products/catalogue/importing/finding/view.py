"""A sheet with its cells read once as sizes and once as prices."""

from decimal import Decimal
from functools import cached_property

from allonce.products.catalogue.importing.amounts import Amount, amount_of
from allonce.products.catalogue.importing.sheet import Place, Sheet
from allonce.products.catalogue.importing.sizes import Size, in_mm, size_of

_WORDS_KEPT = 3000


class View:
    """Reads cells on demand and remembers them."""

    def __init__(self, sheet: Sheet, number: int = 0) -> None:
        self.sheet, self.number = sheet, number
        self._sizes: dict[Place, Size | None] = {}
        self._amounts: dict[Place, Amount] = {}

    def size(self, row: int, column: int) -> Size | None:
        place = (row, column)
        try:
            return self._sizes[place]
        except KeyError:
            found = self._sizes[place] = size_of(self.sheet.cells.get(place))
            return found

    def amount(self, row: int, column: int) -> Amount:
        place = (row, column)
        found = self._amounts.get(place)
        if found is None:
            found = self._amounts[place] = amount_of(self.sheet.cells.get(place))
        return found

    @cached_property
    def loose_words(self) -> list[str]:
        """The sheet's words from the top, without figures; enough of them to find titles and footnotes."""
        texts = (self.sheet.cells[(row, column)] for row, columns in self.sheet.rows.items() for column in columns)
        found = [
            cell.text for cell in texts if cell.number is None and not cell.text.isdigit() and _has_letters(cell.text)
        ]
        return found if len(found) <= _WORDS_KEPT else [*found[: _WORDS_KEPT // 2], *found[-_WORDS_KEPT // 2 :]]

    def text(self, row: int, column: int) -> str:
        return self.sheet.text(row, column)

    def filled(self, row: int, columns: range | tuple[int, ...]) -> list[int]:
        """Which of the columns hold anything in this row."""
        return [column for column in columns if (row, column) in self.sheet.cells]

    def words_in(self, row: int, columns: range | tuple[int, ...]) -> list[str]:
        """The texts of a row that are words, not figures."""
        return [self.text(row, column) for column in self.filled(row, columns) if self.is_words(row, column)]

    def is_words(self, row: int, column: int) -> bool:
        cell = self.sheet.at(row, column)
        return (
            cell is not None
            and cell.number is None
            and self.size(row, column) is None
            and not self.is_priced(row, column)
        )

    def is_priced(self, row: int, column: int) -> bool:
        """A price, or a word such as POA that stands in a price's place."""
        return self.amount(row, column).state in ("price", "not_offered")


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def comparable(size: Size) -> Decimal:
    """A value for judging order: millimetres where the unit is known, the bare figure elsewhere."""
    return in_mm(size.value, size.unit) if size.unit else size.value
