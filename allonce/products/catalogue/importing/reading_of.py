"""A draft import read with everything a person has said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from allonce.products.catalogue.importing import stored
from allonce.products.catalogue.importing.models import SheetImport
from allonce.products.catalogue.importing.proposal import Grid, ImportProposal, Mark, Ranges, Rate
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.sheet import Cell, Place, Sheet, text_cell


@dataclass(frozen=True)
class Target:
    """Where one found table (or price by area, length or piece) goes: a band's name, or nowhere."""

    table: Grid | Rate
    band: str
    taken: bool


@dataclass(frozen=True)
class RangesTarget:
    """What becomes of a found range table: `replace`, `merge` or `skip`."""

    table: Ranges
    way: str


@dataclass(frozen=True)
class Reading:
    """Sheets as corrected, what was found in them, and where it goes."""

    sheets: list[Sheet]
    proposal: ImportProposal
    targets: tuple[Target, ...]
    ranges: tuple[RangesTarget, ...]


def key_of(sheet: int, place: Place) -> str:
    return f"{sheet}:{place[0]}:{place[1]}"


def read_import(draft: SheetImport, home: str, bands: list[str], method: str) -> Reading:
    """Reads the draft anew. `home` is the Catalogue's currency; `bands` and `method` are the product's."""
    sheets = corrected(stored.unpack(bytes(draft.cells)), draft.corrections)
    found = propose(sheets, draft.answers, home, method)
    proposal = without_confirmed(found, set(draft.confirmed))
    tables: tuple[Grid | Rate, ...] = (*proposal.grids, *proposal.rates)
    targets = tuple(_target(draft, table, found, bands) for table in tables)
    ranges = tuple(RangesTarget(table, draft.targets.get(table.key, {}).get("way", "merge")) for table in found.ranges)
    return Reading(sheets, proposal, targets, ranges)


def corrected(sheets: list[Sheet], corrections: dict[str, str]) -> list[Sheet]:
    """The sheets with what a person typed in place of what stood there."""
    changes: dict[int, dict[Place, Cell]] = {}
    for key, text in corrections.items():
        sheet, row, column = (int(part) for part in key.split(":"))
        changes.setdefault(sheet, {})[(row, column)] = text_cell(text)
    return [sheet.with_cells(changes[number]) if number in changes else sheet for number, sheet in enumerate(sheets)]


def without_confirmed(proposal: ImportProposal, confirmed: set[str]) -> ImportProposal:
    """The proposal without the doubts that a person has looked at. Errors stay until they are mended."""
    grids = tuple(replace(grid, marks=_open(grid.marks, grid.sheet, confirmed)) for grid in proposal.grids)
    ranges = tuple(replace(table, marks=_open(table.marks, table.sheet, confirmed)) for table in proposal.ranges)
    rates = tuple(replace(rate, marks=_open(rate.marks, rate.sheet, confirmed)) for rate in proposal.rates)
    left = tuple(one for one in proposal.left_over if _open((one.mark,), one.sheet, confirmed))
    return replace(proposal, grids=grids, rates=rates, ranges=ranges, left_over=left)


def _open(marks: Iterable[Mark], sheet: int, confirmed: set[str]) -> tuple[Mark, ...]:
    return tuple(
        mark
        for mark in marks
        if mark.severity != "doubt" or mark.place is None or key_of(sheet, mark.place) not in confirmed
    )


def _target(draft: SheetImport, table: Grid | Rate, proposal: ImportProposal, bands: list[str]) -> Target:
    said = draft.targets.get(table.key, {})
    return Target(table, said.get("band") or _usual_band(table, proposal, bands), bool(said.get("taken", True)))


def _usual_band(table: Grid | Rate, proposal: ImportProposal, bands: list[str]) -> str:
    """The band the sheet names, spelled as the product spells it; else the product's only band."""
    if table.band:
        return next((band for band in bands if _same_band(band, table.band)), table.band)
    if len(proposal.grids) + len(proposal.rates) == 1:
        return bands[0] if len(bands) == 1 else "A"
    return ""


def _same_band(one: str, other: str) -> bool:
    """`Band A` and `a` are the same."""
    return one.casefold().removeprefix("band ").strip() == other.casefold().removeprefix("band ").strip()
