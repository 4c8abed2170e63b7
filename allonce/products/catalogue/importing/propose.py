"""Sheets and answers in, a proposal out. Nothing is kept between calls: another answer is another reading."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allonce.products.catalogue.importing.amounts import Amount
from allonce.products.catalogue.importing.finding import titles
from allonce.products.catalogue.importing.finding.blocks import find_blocks
from allonce.products.catalogue.importing.finding.grids import Draft, draft_grid, finish
from allonce.products.catalogue.importing.finding.leftovers import left_over
from allonce.products.catalogue.importing.finding.lists.rate_rows import find_rates
from allonce.products.catalogue.importing.finding.lists.rates import RateDraft, finish_rate
from allonce.products.catalogue.importing.finding.lists.reading import find_lists
from allonce.products.catalogue.importing.finding.lists.tables import ListDraft, finish_list
from allonce.products.catalogue.importing.finding.naming import Name, name_of_sheet
from allonce.products.catalogue.importing.finding.orientation import Evidence, evidence_for, settle
from allonce.products.catalogue.importing.finding.prices import Money
from allonce.products.catalogue.importing.finding.ranges import find_ranges, rows_of
from allonce.products.catalogue.importing.finding.units import AxisUnit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.numerals import Point
from allonce.products.catalogue.importing.proposal import Grid, ImportProposal, LeftOver, Mark, Question, Ranges, Rate
from allonce.products.catalogue.importing.questions import Asked, ask
from allonce.products.catalogue.importing.sheet import Sheet

Answers = Mapping[str, str]
Found = Draft | ListDraft | RateDraft


@dataclass
class _SheetReading:
    """What one sheet gave, before names and money are settled over all sheets."""

    view: View
    drafts: list[Draft]
    lists: list[ListDraft]
    rates: list[RateDraft]
    ranges: list[Ranges]
    left_over: list[LeftOver]

    @property
    def found(self) -> list[Found]:
        """Everything that holds prices, in the order in which it is proposed."""
        return [*self.drafts, *self.lists, *self.rates]


def propose(
    sheets: list[Sheet] | tuple[Sheet, ...], answers: Answers | None = None, home: str = "", method: str = ""
) -> ImportProposal:
    """Reads sheets into tables, prices by area, length or piece, and ranges.

    `answers` maps question keys to chosen alternatives. `home` is the Catalogue's currency, used where the sheet
    names none; `method` is how the product is priced, and breaks ties that the sheet leaves open, in doubt. Prices
    come back in minor units, sizes in millimetres.
    """
    answers = {**(answers or {}), "method": method}
    views = _views(sheets, read_hidden=answers.get("hidden") == "read")
    readings = [_read(view, answers) for view in views]
    currency, point = titles.currency_of(views), titles.point_of(views)
    code = answers.get("currency") or (currency[0] if currency else home or "GBP")
    found = [one for reading in readings for one in reading.found]
    drafts = [draft for reading in readings for draft in reading.drafts]
    questions = ask(Asked(sheets, views, drafts, _units(found), _amounts(found), currency, point), answers, home)
    grids, rates = _finished(readings, code, _chosen_point(answers) or point)
    return ImportProposal(
        grids=tuple(grids),
        rates=tuple(rates),
        ranges=tuple(table for reading in readings for table in reading.ranges),
        questions=_asked(questions, found, readings),
        left_over=tuple(left for reading in readings for left in reading.left_over),
        currency=code,
    )


def _units(found: list[Found]) -> list[AxisUnit]:
    """How the unit of each side was settled."""
    return [
        unit
        for one in found
        for unit in (one.units if isinstance(one, RateDraft) else [axis.unit for axis in one.axes])
    ]


def _amounts(found: list[Found]) -> Iterator[Amount]:
    return (one.view.amount(*place) for one in found for place in one.price_places)


def _asked(questions: list[Question], found: list[Found], readings: list[_SheetReading]) -> tuple[Question, ...]:
    """Questions about prices only where there are prices."""
    if found:
        return tuple(questions)
    kept = {"hidden", "unit"} if any(reading.ranges for reading in readings) else {"hidden"}
    return tuple(question for question in questions if question.key in kept)


def _views(sheets: list[Sheet] | tuple[Sheet, ...], *, read_hidden: bool) -> list[View]:
    kept = [(number, sheet) for number, sheet in enumerate(sheets) if read_hidden or not sheet.hidden]
    return [View(sheet if read_hidden else sheet.only_visible(), number) for number, sheet in kept]


def _read(view: View, answers: Answers) -> _SheetReading:
    """Lists first, since their heads say outright what they are; then ranges, then tables of two sides."""
    unit = answers.get("unit", "")
    lists = find_lists(view, unit)
    rates = find_rates(view, unit, answers.get("method", ""), lists.reserved)
    ranges = find_ranges(view, unit, lists.reserved | rates.reserved)
    reserved = {row for table in ranges for row in rows_of(table)} | lists.reserved | rates.reserved
    blocks = find_blocks(view, reserved)
    told = [settle(evidence_for(view, block)) for block in blocks]
    shared = _shared_evidence([one for one in told if one])
    drafts = [draft_grid(view, block, dict(answers), shared) for block in blocks]
    left = [*lists.left_over, *rates.left_over, *left_over(view, blocks, reserved)]
    return _SheetReading(view, drafts, lists.drafts, rates.drafts, ranges, left)


def _shared_evidence(found: list[Evidence]) -> Evidence | None:
    """What the tables that say their way tell about those beside them that do not."""
    certain = [one for one in found if one.certain]
    return certain[0] if certain and len({one.way for one in certain}) == 1 else None


def _chosen_point(answers: Answers) -> Point | None:
    if answers.get("point") == ".":
        return "."
    return "," if answers.get("point") == "," else None


def _finished(readings: list[_SheetReading], currency: str, point: Point | None) -> tuple[list[Grid], list[Rate]]:
    several = sum(len(reading.found) for reading in readings) > 1
    names = {id(one): _name(reading, one, several) for reading in readings for one in reading.found}
    counted = Counter(name.band.casefold() for name in names.values() if name)
    grids: list[Grid] = []
    rates: list[Rate] = []
    for reading in readings:
        money = Money(currency, point, titles.footnotes_of(reading.view))
        for one in reading.found:
            name = names[id(one)]
            marks = _name_marks(one, name, counted, several)
            if isinstance(one, RateDraft):
                rates.append(finish_rate(one, money, name, marks))
            else:
                grids.append(_grid(one, money, name, marks))
    return grids, rates


def _grid(one: Draft | ListDraft, money: Money, name: Name | None, marks: list[Mark]) -> Grid:
    if isinstance(one, ListDraft):
        return finish_list(one, money, name, marks)
    return finish(one, money, name, marks)


def _name(reading: _SheetReading, one: Found, several: bool) -> Name | None:
    """Its own words, else (where there are several tables) the sheet's name, else the title above it."""
    if one.name and (one.name.certain or several):
        return one.name
    sheet = name_of_sheet(reading.view)
    alone = len(reading.found) == 1
    if sheet and alone and (sheet.certain or several):
        return sheet
    title = one.title if several else ""
    return Name(title, title, certain=False) if title else one.name


def _name_marks(one: Found, name: Name | None, counted: Counter[str], several: bool) -> list[Mark]:
    if name is None:
        return [Mark("band_missing", "doubt", one.place)] if several else []
    marks = [] if name.certain else [Mark("band_guessed", "doubt", one.place, {"written": name.written})]
    if counted[name.band.casefold()] > 1:
        marks.append(Mark("band_twice", "doubt", one.place, {"band": name.band}))
    return marks
