"""Choices that hold for a whole import: what was chosen, why, how sure it is, and what else it could be."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allonce.products.catalogue.importing.amounts import Amount
from allonce.products.catalogue.importing.finding import titles
from allonce.products.catalogue.importing.finding.grids import Draft
from allonce.products.catalogue.importing.finding.units import AxisUnit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.numerals import Point
from allonce.products.catalogue.importing.proposal import Question
from allonce.products.catalogue.importing.sheet import Sheet

COUNTS = ("total", "each", "sizes")
UNITS = ("mm", "cm", "m", "in")
_OFFERED = ("GBP", "EUR", "USD")


@dataclass(frozen=True)
class Asked:
    """What the questions are about. `currency` and `point`: what the sheets tell, None where they tell nothing.

    `units`: how the unit of each side was settled. `amounts`: all prices.
    """

    sheets: list[Sheet] | tuple[Sheet, ...]
    views: list[View]
    drafts: list[Draft]
    units: list[AxisUnit]
    amounts: Iterable[Amount]
    currency: tuple[str, str, bool] | None
    point: Point | None


def ask(about: Asked, answers: Mapping[str, str], home: str) -> list[Question]:
    """All questions of one import, in the order in which people should look at them."""
    asked = [
        _orientation(about.drafts),
        _counts(about.drafts, answers),
        _unit(about.units),
        _currency(about.currency, home),
        _point(about),
        _tax(about.views),
        _hidden(about.sheets),
    ]
    return [_answered(question, answers) for question in asked if question]


def _answered(question: Question, answers: Mapping[str, str]) -> Question:
    answer = answers.get(question.key, "")
    if not answer:
        return question
    alternatives = question.alternatives if answer in question.alternatives else (*question.alternatives, answer)
    return Question(question.key, answer, alternatives, certain=True, why="answered")


def _orientation(drafts: list[Draft]) -> Question | None:
    if not drafts:
        return None
    ways = {draft.way.way for draft in drafts}
    if len(ways) > 1 and all(draft.way.certain for draft in drafts):
        return Question("orientation", "as_said", ("as_said", "across", "down"), certain=True, why="cells")
    doubted = next((draft.way for draft in drafts if not draft.way.certain), None)
    way = doubted or drafts[0].way
    params: dict[str, str | int] = {"written": way.written}
    return Question("orientation", way.way, ("across", "down"), doubted is None, way.why, params)


def _counts(drafts: list[Draft], answers: Mapping[str, str]) -> Question | None:
    """Asked where a table counts widths of fabric, or was said to measure though it could count."""
    found = [draft.counting for draft in drafts if draft.counting]
    if not found and answers.get("counts") != "sizes":
        return None
    if not found:
        return Question("counts", "sizes", COUNTS, certain=True, why="answered")
    counting = next((one for one in found if not one.certain), found[0])
    params: dict[str, str | int] = {"written": counting.written}
    return Question("counts", counting.basis, COUNTS, counting.certain, counting.why, params)


def _unit(units: list[AxisUnit]) -> Question | None:
    if not units:
        return Question("unit", "mm", UNITS, certain=True, why="plausible")
    doubted = [unit for unit in units if not unit.certain]
    counted = Counter(unit.unit for unit in units)
    unit = doubted[0] if doubted else max(units, key=lambda one: counted[one.unit])
    return Question("unit", unit.unit, UNITS, not doubted, unit.why, {"written": unit.written})


def _currency(found: tuple[str, str, bool] | None, home: str) -> Question:
    code, written, certain = found or (home or "GBP", "", bool(home))
    offered = tuple(dict.fromkeys([code, *([home] if home else []), *_OFFERED]))
    if not found:
        return Question("currency", code, offered, certain, "home" if home else "unsaid")
    if home and code != home:
        return Question("currency", code, offered, certain=False, why="foreign")
    return Question("currency", code, offered, certain, "heading" if written else "cells", {"written": written})


def _point(about: Asked) -> Question | None:
    """Asked only where a price can be read in two ways and no other figure settles it."""
    if about.point is not None:
        return None
    for amount in about.amounts:
        if amount.numeral and amount.numeral.other is not None:
            chosen = "," if amount.numeral.point == "." else "."
            return Question("point", chosen, (".", ","), certain=False, why="unsaid")
    return None


def _tax(views: list[View]) -> Question | None:
    for view in views:
        if said := titles.tax_said(view):
            answer, written, certain = said
            why = "heading" if certain else "conflict"
            return Question("tax", answer, ("excluded", "included"), certain, why, {"written": written})
    return None


def _hidden(sheets: list[Sheet] | tuple[Sheet, ...]) -> Question | None:
    if not any(sheet.hidden or sheet.hides_something() for sheet in sheets):
        return None
    return Question("hidden", "leave", ("leave", "read"), certain=False, why="hidden")
