"""Lists with one size to a row (`Width | Drop | Price`) as price tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from allonce.products.catalogue.importing.amounts import Amount
from allonce.products.catalogue.importing.finding.axes import Axis
from allonce.products.catalogue.importing.finding.checks import Prices, check_prices
from allonce.products.catalogue.importing.finding.naming import Name
from allonce.products.catalogue.importing.finding.prices import Money, read_prices
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.numerals import settle
from allonce.products.catalogue.importing.proposal import Grid, Listed, Mark
from allonce.products.catalogue.importing.sheet import Place

NOWHERE: Place = (-1, -1)
Size = tuple[int, int]


@dataclass
class ListDraft:
    """The prices of one band in a list, by width and drop, before money is settled.

    `axes` are its sides as read, for their units; `marks` those on sizes and rows. A list without drops has the drop 0.
    """

    view: View
    key: str
    place: Place
    name: Name | None
    title: str
    axes: list[Axis]
    places: dict[Size, list[Place]] = field(default_factory=lambda: defaultdict(list))
    marks: list[Mark] = field(default_factory=list)
    drop_column: int | None = None

    @property
    def price_places(self) -> Iterator[Place]:
        return (place for places in self.places.values() for place in places)

    @property
    def widths(self) -> list[int]:
        return sorted({width for width, _ in self.places})

    @property
    def drops(self) -> list[int]:
        return sorted({drop for _, drop in self.places})


def finish_list(draft: ListDraft, money: Money, name: Name | None, extra: list[Mark]) -> Grid:
    """Reads the prices and puts them in order; sizes that the list leaves out are None."""
    widths, drops = draft.widths, draft.drops
    at = [[draft.places.get((width, drop), [NOWHERE])[0] for width in widths] for drop in drops]
    prices, marks = read_prices(draft.view, at, money)
    used = sorted({place[0] for place in draft.price_places})
    return Grid(
        key=draft.key,
        sheet=draft.view.number,
        band=name.band if name else None,
        widths_mm=tuple(widths),
        drops_mm=tuple(drops),
        prices=tuple(tuple(line) for line in prices),
        rows=tuple(used),
        columns=tuple(sorted({place[1] for place in draft.price_places})),
        header_row=draft.place[0],
        axis_column=draft.place[1],
        transposed=False,
        title=draft.title,
        marks=(*extra, *draft.marks, *marks, *_repeats(draft, money), *_checks(draft, at, prices, marks)),
        listed=Listed(_known(at), draft.place[1], draft.drop_column),
    )


def _known(at: list[list[Place]]) -> dict[tuple[int, int], Place]:
    cells = ((row, column, place) for row, line in enumerate(at) for column, place in enumerate(line))
    return {(row, column): place for row, column, place in cells if place != NOWHERE}


def _repeats(draft: ListDraft, money: Money) -> Iterator[Mark]:
    """The same size again: at the same price it is told, at another it is doubtful."""
    for (width, drop), (first, *others) in draft.places.items():
        for place in others:
            params: dict[str, str | int] = {"width": width, "drop": drop, "other": first[0] + 1}
            if _value(draft.view.amount(*place), money) == _value(draft.view.amount(*first), money):
                yield Mark("list_repeated", "note", place, params)
            else:
                yield Mark("list_twice", "doubt", place, params)


def _value(amount: Amount, money: Money) -> object:
    return settle(amount.numeral, money.point)[0] if amount.numeral else amount.state


def _checks(draft: ListDraft, at: list[list[Place]], prices: Prices, known: list[Mark]) -> list[Mark]:
    """The usual checks; sizes that are not in the list are told once, not each for itself."""
    marked = {mark.place for mark in known if mark.severity != "note"}
    found = check_prices(prices, lambda drop, width: at[drop][width], lambda place: draft.view.amount(*place))
    kept = [mark for mark in found if mark.place != NOWHERE and mark.place not in marked]
    if len(prices[0]) == 1 or (len(prices) == 1 and draft.drops != [0]):
        kept.append(Mark("single_line", "doubt", draft.place))
    return [*kept, *_missing(draft, at, prices)]


def _missing(draft: ListDraft, at: list[list[Place]], prices: Prices) -> Iterator[Mark]:
    """Sizes not in the list: doubtful where a larger one has a price, else only told."""
    inside: list[Size] = []
    edge: list[Size] = []
    reach = 0
    for drop in range(len(at) - 1, -1, -1):
        last = max((width for width, price in enumerate(prices[drop]) if price is not None), default=-1) + 1
        reach = max(reach, last)
        for width, place in enumerate(at[drop]):
            if place == NOWHERE:
                (inside if width < reach else edge).append((draft.widths[width], draft.drops[drop]))
    for places, code in ((inside, "list_missing"), (edge, "list_missing_edge")):
        if places:
            width, drop = places[-1]
            params: dict[str, str | int] = {"count": len(places), "width": width, "drop": drop}
            yield Mark(code, "doubt" if code == "list_missing" else "note", draft.place, params)
