"""Which band a price of a list belongs to: by its row, by its column, or by the words above the list."""

from allonce.products.catalogue.importing.finding.bands import band_label
from allonce.products.catalogue.importing.finding.lists.columns import Columns, PriceColumn
from allonce.products.catalogue.importing.finding.lists.rows import ListRows, copied_down
from allonce.products.catalogue.importing.finding.naming import Name, labelled, words_over
from allonce.products.catalogue.importing.finding.view import View


class Names:
    """The bands of one list. `top` is the last row of what stands above it."""

    def __init__(self, view: View, columns: Columns, rows: ListRows, top: int) -> None:
        self._view, self._bands, self._before = view, rows.bands, range(min(columns.used))
        word = "band" if "band" in columns.roles else "range"
        self._column = columns.roles.get(word)
        self._certain = word == "band"
        self._copied = copied_down(view, rows.rows, self._column) if self._column is not None else {}
        self._several = len(columns.prices) > 1
        self._above = labelled(words_over(view, columns.row, top))

    def of(self, row: int, price: PriceColumn | None = None) -> Name | None:
        """The band of one price; several columns of prices are bands, or what their heads say."""
        by_row = self._of_row(row)
        if price is None or not (self._several or price.sure):
            return by_row or self._above
        if by_row is None:
            return Name(price.band, price.band, price.sure)
        both = f"{by_row.band} {price.band}"
        return Name(both, both, certain=False)

    def _of_row(self, row: int) -> Name | None:
        if self._column is not None and row in self._copied:
            text = self._view.text(self._copied[row], self._column)
            return Name(band_label(text) or text, text, self._certain)
        title = self._bands.get(row, "")
        if beside := labelled(self._view.words_in(row, self._before)):
            return beside
        return Name(title, title, certain=True) if title else None
