"""Finds lists of prices by area, by length or by piece, and the original's way of writing a price by area."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from allonce.products.catalogue.importing.finding.bands import band_label
from allonce.products.catalogue.importing.finding.lists.columns import RATES, Columns, columns_of, rate_in
from allonce.products.catalogue.importing.finding.lists.names import Names
from allonce.products.catalogue.importing.finding.lists.rates import RateDraft, read_minimum_length, read_minimum_size
from allonce.products.catalogue.importing.finding.lists.reading import LONGEST, mark_unused
from allonce.products.catalogue.importing.finding.lists.rows import ListRows, rows_under
from allonce.products.catalogue.importing.finding.naming import Name, title_over, words_over
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import LeftOver, Mark
from allonce.products.catalogue.importing.sheet import Place, Sheet
from allonce.products.catalogue.importing.sizes import read_pair
from allonce.products.catalogue.importing.words import plain

_OF_METHOD = {"area": "per_m2", "metre": "per_m", "piece": "each"}


@dataclass
class Rates:
    """What one sheet gave; `reserved` are rows that belong to nothing else."""

    drafts: list[RateDraft] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    reserved: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Rated:
    """Heads with the column of the rate; `assumed` where only the product tells what the price is for."""

    columns: Columns
    rate: str
    column: int
    assumed: bool = False


@dataclass(frozen=True)
class _Reading:
    """One list while it is read; `unit` is the person's answer."""

    view: View
    rated: _Rated
    rows: ListRows
    names: Names
    title: str
    unit: str


def find_rates(view: View, unit: str, method: str, taken: set[int]) -> Rates:
    """All prices by area, length or piece outside the rows `taken`; `method` tells what the sheet does not say."""
    found = _find(view, unit, method, taken)
    if not found.drafts and not taken:
        found = _turned_back(_find(View(_turned(view.sheet), view.number), unit, method, taken), view)
    if not found.drafts and (corner := _from_corner(view, unit, method)):
        found = Rates([corner], reserved={0, 1})
    return found


def _find(view: View, unit: str, method: str, taken: set[int]) -> Rates:
    found = Rates()
    after = -1
    for row in view.sheet.rows:
        columns = columns_of(view, row) if row > after and row not in taken else None
        rated = _rated(view, columns, method, after) if columns else None
        if rated is None:
            continue
        rows = rows_under(view, rated.columns, (rated.column,))
        if any(view.amount(one, rated.column).state == "price" for one in rows.rows):
            names, title = Names(view, rated.columns, rows, after), title_over(view, row, after)
            _take(_Reading(view, rated, rows, names, title, unit), found)
            after = rows.last
    return found


def _rated(view: View, columns: Columns, method: str, top: int) -> _Rated | None:
    rate = next((word for word in RATES if word in columns.roles), "")
    if rate:
        return _Rated(columns, rate, columns.roles[rate])
    if len(columns.prices) != 1 or not {"band", "minimum_price", "minimum_size"} & set(columns.roles):
        return None
    if {"width", "drop", "size", "range", "colour"} & set(columns.roles):
        return None
    titled = next((word for text in words_over(view, columns.row, top) if (word := rate_in(plain(text)))), "")
    word = titled or _OF_METHOD.get(method, "")
    return _Rated(columns, word, columns.prices[0].column, assumed=not titled) if word else None


def _take(reading: _Reading, found: Rates) -> None:
    view, columns, rows = reading.view, reading.rated.columns, reading.rows
    drafts: dict[tuple[str, ...], RateDraft] = {}
    for row in rows.rows:
        draft = _draft(reading, row)
        drafts.setdefault(_says(draft), draft)
    kept = list(drafts.values())
    if len(kept) > LONGEST:
        mark = Mark("rate_too_many", "doubt", (columns.row, reading.rated.column), {"count": len(kept)})
        found.left_over.append(LeftOver(view.number, mark))
        kept = []
    if kept:
        kept[0].marks += mark_unused(view, columns, rows.rows, _spare(columns, reading.rated))
    found.drafts += kept
    if "band" not in columns.roles or not {"range", "colour"} & set(columns.roles):
        found.reserved |= set(range(columns.row, rows.last + 1))


def _spare(columns: Columns, rated: _Rated) -> tuple[int, ...]:
    """Columns with figures that this kind of price has no use for, such as a second price."""
    others = [columns.roles[word] for word in RATES if word in columns.roles and word != rated.rate]
    prices = [price.column for price in columns.prices if price.column != rated.column]
    return (*columns.unused, *others, *prices)


def _says(draft: RateDraft) -> tuple[str, ...]:
    """All that a row says about its band, so that rows that say the same are one."""
    texts = [draft.view.text(*place) for place in draft.price_places]
    lengths = [f"{word}{mm}" for word, (mm, _) in sorted(draft.lengths.items())]
    return (draft.name.band.casefold() if draft.name else "", *texts, *lengths)


def _draft(reading: _Reading, row: int) -> RateDraft:
    view, columns, rated = reading.view, reading.rated.columns, reading.rated
    draft = RateDraft(
        view=view,
        key=f"{view.number}:rate:{columns.row}:{row}",
        place=(columns.row, rated.column),
        name=reading.names.of(row),
        title=reading.title,
        rate=rated.rate,
        rate_place=(row, rated.column),
        unit=reading.unit,
    )
    _read_least(draft, columns, row)
    if rated.assumed:
        draft.marks.append(Mark("rate_of_what", "doubt", draft.place))
    return draft


def _read_least(draft: RateDraft, columns: Columns, row: int) -> None:
    """The least price, and the smallest size in one column or two."""
    view, roles = draft.view, columns.roles
    if "minimum_price" in roles and view.text(row, roles["minimum_price"]):
        draft.minimum_place = (row, roles["minimum_price"])
    if "minimum_size" in roles:
        column = roles["minimum_size"]
        read_minimum_size(draft, (row, column), view.text(columns.row, column))
    for word in ("min_width", "min_drop"):
        if word in roles:
            read_minimum_length(draft, word, (row, roles[word]), view.text(columns.row, roles[word]))


def _turned(sheet: Sheet) -> Sheet:
    """Rows for columns, for sheets with a line to a figure: `Price per m² | 40`."""
    if sheet.width > LONGEST or sheet.height > LONGEST:
        return replace(sheet, cells={})
    return Sheet(sheet.name, {(column, row): cell for (row, column), cell in sheet.cells.items()})


def _turned_back(found: Rates, view: View) -> Rates:
    """The same with all places as they are in the sheet."""
    if not found.drafts:
        return Rates()
    for draft in found.drafts:
        draft.view = view
        draft.place, draft.rate_place = _flip(draft.place), _flip(draft.rate_place)
        draft.minimum_place = _flip(draft.minimum_place) if draft.minimum_place else None
        draft.lengths = {word: (mm, _flip(place)) for word, (mm, place) in draft.lengths.items()}
        draft.marks = [replace(mark, place=_flip(mark.place)) if mark.place else mark for mark in draft.marks]
    rows = {place[0] for draft in found.drafts for place in _places(draft)}
    return Rates(found.drafts, found.left_over, set(range(min(rows), max(rows) + 1)))


def _places(draft: RateDraft) -> Iterator[Place]:
    yield from (draft.place, *draft.price_places, *(place for _, place in draft.lengths.values()))


def _flip(place: Place) -> Place:
    return place[1], place[0]


def _from_corner(view: View, unit: str, method: str) -> RateDraft | None:
    """B2 the price per square metre, C2 the least price, C1 the smallest size; row 1 and column A say nothing else."""
    if view.sheet.height > 2 or view.sheet.width > 3 or view.amount(1, 1).state != "price":
        return None
    smallest = read_pair(view.text(0, 2)) is not None
    if not smallest and method != "area":
        return None
    texts = [view.text(*place) for place in ((0, 0), (0, 1), (1, 0))]
    label = next((found for text in texts if (found := band_label(text))), "")
    draft = RateDraft(
        view=view,
        key=f"{view.number}:rate:corner",
        place=(0, 1),
        name=Name(label, label, certain=True) if label else None,
        title="",
        rate="per_m2",
        rate_place=(1, 1),
        minimum_place=(1, 2) if view.text(1, 2) else None,
        unit=unit,
    )
    draft.marks.append(Mark("rate_layout", "note" if smallest and method == "area" else "doubt", (1, 1)))
    if view.text(0, 2):
        read_minimum_size(draft, (0, 2), "")
    return draft
