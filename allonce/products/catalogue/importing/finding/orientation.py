"""Which sizes run across: told by the corner, by headings and by the cells; else by what is usual, and doubtful."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from allonce.products.catalogue.importing.finding.blocks import Block
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.words import DROP, WIDTH, plain, says_drop, says_width

Way = Literal["across", "down"]  # where the widths run
_ACROSS = r"(?:across|horizontal\w*|along the top|at the top|on top|→|->|>)"
_DOWN = r"(?:down|vertical\w*|at the side|down the side|↓)"
_CORNER_SPLIT = re.compile(r"\s*(?:[\\/|]|\bv\.?\b|\bvs\.?\b)\s*")
_LOOSE_SPLIT = re.compile(r"\s*(?:\bx\b|\bby\b|×|&|\+|\band\b|,|-)\s*")
# Wider than any blind is long: where one side goes beyond this, it is the width.
_LONGEST_DROP_MM = 4000


@dataclass(frozen=True)
class Evidence:
    """One thing that tells the way; `why` is a key of the reasons."""

    way: Way
    why: str
    written: str
    certain: bool = True


def evidence_for(view: View, block: Block) -> list[Evidence]:
    """All that the sheet says about one block, the strongest first."""
    return [
        *_from_cells(view, block),
        *_from_corner(view, block),
        *_from_headings(view, block),
        *_from_title(view, block),
    ]


def settle(found: list[Evidence]) -> Evidence | None:
    """The first evidence; it is no longer certain where something else contradicts it."""
    if not found:
        return None
    certain = [one for one in found if one.certain] or found
    if len({one.way for one in certain}) == 1:
        return certain[0]
    texts = " / ".join(dict.fromkeys(one.written for one in certain if one.written))
    return Evidence(certain[0].way, "conflict", texts, certain=False)


def by_plausibility(across_mm: int, down_mm: int) -> Evidence:
    """Where nothing tells: the side too long for a drop is the width, else widths run across as they usually do."""
    if down_mm > _LONGEST_DROP_MM >= across_mm:
        return Evidence("down", "plausible", "", certain=False)
    return Evidence(
        "across", "plausible" if across_mm > _LONGEST_DROP_MM >= down_mm else "customary", "", certain=False
    )


def _from_cells(view: View, block: Block) -> Iterator[Evidence]:
    across = {size.axis for column in block.run.columns if (size := view.size(block.run.row, column))} - {""}
    down = {size.axis for row in block.rows if (size := view.size(row, block.axis))} - {""}
    written = view.text(block.run.row, block.run.columns[0])
    if across == {"width"} or down == {"drop"}:
        yield Evidence("across", "cells", written)
    elif across == {"drop"} or down == {"width"}:
        yield Evidence("down", "cells", written)


def _from_corner(view: View, block: Block) -> Iterator[Evidence]:
    corner = view.text(block.run.row, block.axis)
    if [size.value for row in block.rows if (size := view.size(row, block.axis))] == [0]:
        yield Evidence("across", "corner", "0")  # one line headed 0: priced by width alone
    if says_width(corner) and says_drop(corner):
        yield _two_words(corner)
    elif says_drop(corner):
        yield Evidence("across", "corner", corner, certain=True)
    elif says_width(corner):
        # Over the first column it names the widths down; before the first head, as mostly, those across.
        yield Evidence("across", "corner_order", corner, certain=False)


def _two_words(corner: str) -> Evidence:
    """`Drop / Width`: the first word names what runs down, as in a corner that is cut from top left to bottom right."""
    simple = plain(corner)
    told = _told_by_arrows(simple)
    if told:
        return Evidence(told, "corner", corner)
    parts = _CORNER_SPLIT.split(simple)
    sure = len([part for part in parts if says_width(part) or says_drop(part)]) == 2
    first = next(
        part for part in (parts if sure else _LOOSE_SPLIT.split(simple)) if says_width(part) or says_drop(part)
    )
    if sure:
        return Evidence("across" if says_drop(first) else "down", "corner", corner)
    return Evidence("across", "corner_order", corner, certain=False)


def _told_by_arrows(text: str) -> Way | None:
    width, drop = rf"\b(?:{WIDTH}|w)\b", rf"\b(?:{DROP}|d|h)\b"
    near = r"[^a-z→↓]{0,6}"
    if re.search(rf"{width}(?:[^→↓a-z]|\bin\b|mm|cm){{0,8}}{_ACROSS}|{drop}{near}{_DOWN}", text):
        return "across"
    if re.search(rf"{drop}(?:[^→↓a-z]|\bin\b|mm|cm){{0,8}}{_ACROSS}|{width}{near}{_DOWN}", text):
        return "down"
    return None


def _from_headings(view: View, block: Block) -> Iterator[Evidence]:
    for text in (*texts_above(view, block), *_second_head_texts(view, block)):
        if says_width(text) != says_drop(text):
            yield Evidence("across" if says_width(text) else "down", "heading", text)
    for text in texts_beside(view, block):
        if says_width(text) != says_drop(text):
            yield Evidence("across" if says_drop(text) else "down", "heading", text)


def _from_title(view: View, block: Block) -> Iterator[Evidence]:
    for row in range(max(block.top, block.run.row - 8), block.run.row):
        for text in view.words_in(row, range(view.sheet.width)):
            if told := _told_by_sentence(plain(text)):
                yield Evidence(told, "heading", text[:80])


def _told_by_sentence(text: str) -> Way | None:
    for words, way, opposite in ((WIDTH, "across", "down"), (DROP, "down", "across")):
        if re.search(rf"\b(?:{words})\b[\w\s()]{{0,14}}?\b{_ACROSS}", text):
            return "across" if way == "across" else "down"
        if re.search(rf"\b(?:{words})\b[\w\s()]{{0,14}}?\b{_DOWN}", text):
            return "down" if opposite == "down" else "across"
    return None


def texts_above(view: View, block: Block) -> list[str]:
    """Words over the run of sizes, in up to three rows, that are no sentences."""
    found = []
    top = 0 if block.shared else block.top
    for row in range(block.run.row - 1, max(top - 1, block.run.row - 4), -1):
        found += [text for text in view.words_in(row, _above_span(block)) if len(text) <= 40]
    return found


def texts_beside(view: View, block: Block) -> list[str]:
    """Words left of the sizes down, beside or just above them."""
    columns = range(max(0, block.axis - 2), block.axis)
    rows = range(block.run.row, block.rows[-1] + 1)
    found = [text for row in rows for text in view.words_in(row, columns)]
    if block.run.row and block.axis not in block.run.span:
        found += [text for text in view.words_in(block.run.row - 1, (block.axis,)) if _is_alone(view, block)]
    return [text for text in dict.fromkeys(found) if len(text) <= 40]


def _is_alone(view: View, block: Block) -> bool:
    """Whether the row above the head has words over the run too; else a word at its left end is a title."""
    return bool(view.words_in(block.run.row - 1, block.run.columns))


def _above_span(block: Block) -> range:
    """The run's columns, and those of a merged head that covers them from further left."""
    return range(min(block.run.columns[0], block.axis + 1), block.run.columns[-1] + 1)


def _second_head_texts(view: View, block: Block) -> list[str]:
    return [] if block.second_row is None else view.words_in(block.second_row, block.run.columns)
