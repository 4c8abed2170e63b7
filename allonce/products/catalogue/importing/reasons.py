"""Why a cell, a grid or a whole reading is doubtful, in words. The keys are stable; the words are translated."""

from typing import Final


def noop(text: str) -> str:
    """Marks a text for translation where the translating is done later."""
    return text


gettext_noop = noop

MARKS: Final[dict[str, str]] = {
    "blank_inside": gettext_noop("This cell is empty, though larger sizes have a price."),
    "blank_edge": gettext_noop("This cell is empty: taken as not offered."),
    "not_offered": gettext_noop("The sheet says “{written}”: taken as not offered."),
    "not_offered_inside": gettext_noop(
        "The sheet says “{written}” here, though larger sizes have a price. Taken as not offered."
    ),
    "unreadable": gettext_noop("“{written}” is no price that can be read. Type the price, or leave it as not offered."),
    "zero": gettext_noop("A price of nothing: taken as not offered."),
    "two_readings": gettext_noop("“{written}” could be {value} or {other}. It was read as {value}."),
    "odd_sign": gettext_noop("“{written}” uses another decimal sign than the rest of the sheet."),
    "rounded": gettext_noop("“{written}” has more decimals than the currency. It was rounded."),
    "footnote": gettext_noop("This cell refers to a footnote ({sign}): {note}"),
    "other_currency": gettext_noop("This price is in {currency}, the others are not."),
    "cheaper_wider": gettext_noop("Lower than the price of the next narrower size."),
    "cheaper_longer": gettext_noop("Lower than the price of the next shorter size."),
    "jump": gettext_noop("Several times the prices around it. A decimal sign may be missing or misplaced."),
    "dip": gettext_noop("A small part of the prices around it. A decimal sign may be misplaced."),
    "size_order": gettext_noop(
        "“{written}” does not follow the size before it. Each size must be larger than the last."
    ),
    "size_gap": gettext_noop("“{written}” does not start where the size before it ends."),
    "size_unit": gettext_noop("The sheet does not say what unit “{written}” is in. It was read as {mm} mm."),
    "size_units_differ": gettext_noop(
        "“{written}” says the size twice, and the two do not agree. It was read as {mm} mm."
    ),
    "size_odd_unit": gettext_noop("“{written}” is in another unit than the sizes beside it."),
    "size_two_readings": gettext_noop("“{written}” can be read in two ways. It was read as {mm} mm."),
    "size_footnote": gettext_noop("This size refers to a footnote ({sign}): {note}"),
    "size_absurd": gettext_noop("{mm} mm is no size that is ever made. The unit may be wrong."),
    "row_left_out": gettext_noop("Row {row} (“{written}”) was left out: it starts with no size."),
    "total_left_out": gettext_noop("Row {row} (“{written}”) is a total or a note and was left out."),
    "size_twice": gettext_noop("The size {mm} mm stands here twice."),
    "single_line": gettext_noop("This table has a single row or column. Check that the rest was not missed."),
    "second_axis": gettext_noop("More than one column could be the sizes. Column {column} was taken."),
    "band_guessed": gettext_noop("The band’s name was taken from “{written}”."),
    "band_missing": gettext_noop("This sheet holds several tables, and this one has no name."),
    "band_twice": gettext_noop("Two tables have the name “{band}”."),
    "shared_sizes": gettext_noop("This table has no sizes of its own above it. Those of the table before were taken."),
    "half_width": gettext_noop(
        "“{written}” was left out: pricing counts whole widths of fabric, and rounds a half up to the next."
    ),
    "list_missing": gettext_noop(
        "{count} of the list’s sizes have no price, {width} x {drop} for one. They are taken as not offered."
    ),
    "list_missing_edge": gettext_noop(
        "{count} of the largest sizes are not in the list, {width} x {drop} for one: taken as not offered."
    ),
    "list_twice": gettext_noop("{width} x {drop} stands in row {other} already, at another price. That one was taken."),
    "list_repeated": gettext_noop("{width} x {drop} stands in row {other} already, at the same price."),
    "list_copied": gettext_noop("Empty: the one above was taken, here and wherever it is empty further down."),
    "list_pair_order": gettext_noop("“{written}” was read as width x drop. The sheet does not say which comes first."),
    "list_too_long": gettext_noop(
        "This list has {widths} widths and {drops} drops. A table holds 200 of each, so it was not taken."
    ),
    "column_unused": gettext_noop("“{written}” is not used: this kind of price has no place for it."),
    "rate_of_what": gettext_noop(
        "The sheet does not say what this is the price of. It was taken as this product is priced."
    ),
    "rate_layout": gettext_noop("Taken as the price per square metre, because of where it stands."),
    "rate_converted": gettext_noop("Per square foot: {written} was turned into {value} per square metre."),
    "rate_size": gettext_noop("“{written}” is no smallest size that can be read: taken as none."),
    "rate_too_many": gettext_noop("This list has {count} bands. A product holds 200, so it was not taken."),
    "left_over": gettext_noop("“{written}” looks like a price or a size, and belongs to no table that was found."),
    "range_unnamed": gettext_noop("This row names no range."),
    "range_copied": gettext_noop("Empty: the range of the row above was taken."),
    "range_band_missing": gettext_noop("This row names no band."),
    "range_twice": gettext_noop("The same range and colour stand in row {other} already."),
    "range_size": gettext_noop("“{written}” is no size that can be read: taken as no limit."),
    "range_limits": gettext_noop("The smallest size is above the largest."),
    "range_size_absurd": gettext_noop("{mm} mm is no size that is ever made. The unit may be wrong."),
    "range_flag": gettext_noop("“{written}” says neither yes nor no: taken as not discontinued."),
}

QUESTIONS: Final[dict[str, str]] = {
    "orientation": gettext_noop("Which sizes run across the top?"),
    "unit": gettext_noop("What unit are the sizes in?"),
    "currency": gettext_noop("What currency are the prices in?"),
    "counts": gettext_noop("What are the figures 1, 2, 3 …?"),
    "point": gettext_noop("Which sign is the decimal sign?"),
    "hidden": gettext_noop("Some rows, columns or sheets are hidden. Read them too?"),
    "tax": gettext_noop("Do these prices include VAT?"),
}

CHOICES: Final[dict[str, dict[str, str]]] = {
    "orientation": {
        "as_said": gettext_noop("As each table says"),
        "across": gettext_noop("Widths across, drops down"),
        "down": gettext_noop("Drops across, widths down"),
    },
    "unit": {
        "mm": gettext_noop("Millimetres"),
        "cm": gettext_noop("Centimetres"),
        "m": gettext_noop("Metres"),
        "in": gettext_noop("Inches"),
        "ft": gettext_noop("Feet"),
    },
    "counts": {
        "total": gettext_noop("Widths of fabric in all"),
        "each": gettext_noop("Widths of fabric in each of two curtains"),
        "sizes": gettext_noop("Measured sizes"),
    },
    "point": {".": gettext_noop("Point: 1,234.50"), ",": gettext_noop("Comma: 1.234,50")},
    "hidden": {"leave": gettext_noop("Leave them out"), "read": gettext_noop("Read them")},
    "tax": {"included": gettext_noop("Yes, VAT is included"), "excluded": gettext_noop("No, VAT comes on top")},
}

WHY: Final[dict[str, str]] = {
    "corner": gettext_noop("The cell where the sizes meet says “{written}”."),
    "corner_order": gettext_noop("The cell where the sizes meet says “{written}”, which people write in both orders."),
    "heading": gettext_noop("A heading says “{written}”."),
    "cells": gettext_noop("The cells themselves say so."),
    "plausible": gettext_noop("Nothing in the sheet says so; it fits the figures."),
    "customary": gettext_noop("Nothing in the sheet says so; this is the usual way."),
    "conflict": gettext_noop("The sheet says both (“{written}”)."),
    "home": gettext_noop("The sheet names no currency; this is your Catalogue’s."),
    "foreign": gettext_noop(
        "The sheet says so; your Catalogue is in another currency. Figures are taken over as they stand, not converted."
    ),
    "hidden": gettext_noop("What is hidden is often out of date or not meant for you."),
    "answered": gettext_noop("You chose this."),
    "method": gettext_noop("Nothing in the sheet says so; this product is priced by widths of fabric."),
    "unsaid": gettext_noop("The sheet does not say."),
}


def in_words(table: dict[str, str], code: str, params: dict[str, str | int]) -> str:
    """The English words; the screens translate the template first."""
    return table[code].format(**params)
