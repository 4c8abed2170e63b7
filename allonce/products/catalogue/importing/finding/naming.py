"""Which band a table belongs to: the nearest words that name one, and how sure that is."""

from dataclasses import dataclass

from allonce.products.catalogue.importing.finding.bands import band_label, band_of_sheet, bare_label
from allonce.products.catalogue.importing.finding.blocks import Block
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.words import says_drop, says_width

_ROWS_ABOVE = 8


@dataclass(frozen=True)
class Name:
    """A band's name and the words it came from; `certain` where the words say outright that it is a band."""

    band: str
    written: str
    certain: bool


def name_of(view: View, block: Block) -> Name | None:
    """Words that name the table's band, the nearest first."""
    return labelled(_own_words(view, block)) or _first_column(view, block)


def title_of(view: View, block: Block) -> str:
    """The nearest words above the table that are no heads of sizes, for naming it where nothing better is."""
    for text in _words_above(view, block, _own_columns(view, block)):
        if not says_width(text) and not says_drop(text) and _is_title(text):
            return text
    return ""


def words_over(view: View, row: int, top: int) -> list[str]:
    """Words in the rows above a list's heads, the nearest first, down to what stands above it."""
    rows = range(row - 1, max(top, row - 1 - _ROWS_ABOVE), -1)
    return [text for above in rows for text in view.words_in(above, range(view.sheet.width))]


def title_over(view: View, row: int, top: int) -> str:
    """The nearest words above a list that can be its title."""
    texts = words_over(view, row, top)
    return next((text for text in texts if _is_title(text) and not says_width(text) and not says_drop(text)), "")


def _is_title(text: str) -> bool:
    """Short, and no sentence or footnote."""
    return len(text) <= 40 and not text.startswith(("*", "(", "†")) and not text.endswith((".", "!", ":"))


def name_of_sheet(view: View) -> Name | None:
    band, certain = band_of_sheet(view.sheet.name)
    return Name(band, view.sheet.name, certain) if band else None


def labelled(texts: list[str]) -> Name | None:
    """The first of the texts that names a band."""
    for text in texts:
        if label := band_label(text):
            return Name(label, text[:60], certain=True)
    return None


def _own_words(view: View, block: Block) -> list[str]:
    """Corner, rows between head and prices, rows above, and words left of the sizes; in that order."""
    columns = _own_columns(view, block)
    between = [text for row in range(block.run.row + 1, block.rows[0]) for text in view.words_in(row, columns)]
    corner = view.text(block.run.row, block.axis)
    if block.shared:
        return [*_words_left(view, block), *_words_above(view, block, columns)]
    return [corner, *between, *_words_above(view, block, columns), *_words_left(view, block)]


def _own_columns(view: View, block: Block) -> range:
    """The table's columns and those left of it that belong to no other table."""
    left = min(block.axis, block.run.columns[0])
    while left > 0 and not _belongs_to_another(view, block, left - 1):
        left -= 1
    right = view.sheet.last_column_of(block.run.row, block.run.columns[-1])
    return range(left, max(block.axis, right) + 1)


def _belongs_to_another(view: View, block: Block, column: int) -> bool:
    head = view.size(block.run.row, column)
    return head is not None and head.value > 0


def _words_above(view: View, block: Block, columns: range) -> list[str]:
    """Words above, the nearest row first; a merged head counts where any of its columns is the table's."""
    first = block.rows[0] if block.shared else block.run.row
    texts: list[str] = []
    for row in range(first - 1, max(block.top - 1, first - 1 - _ROWS_ABOVE), -1):
        texts += view.words_in(row, columns)
    return texts


def _words_left(view: View, block: Block) -> list[str]:
    columns = range(max(0, block.axis - 3), block.axis)
    rows = range(block.rows[0] if block.shared else block.run.row, block.rows[-1] + 1)
    return list(dict.fromkeys(text for row in rows for text in view.words_in(row, columns)))


def _first_column(view: View, block: Block) -> Name | None:
    """A column left of the sizes that says nothing but A (or 1, under a head about bands)."""
    for column in range(block.axis - 1, max(-1, block.axis - 4), -1):
        said = {view.text(row, column) for row in block.rows} - {""}
        label = bare_label(said.pop()) if len(said) == 1 else None
        if label:
            head = view.text(block.run.row, column)
            return Name(label, label, certain=bool(band_label(f"{head} {label}")))
    return None
