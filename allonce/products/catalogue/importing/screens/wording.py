"""Reasons, questions and choices in the person's language."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from allonce.products.catalogue.importing import reasons
from allonce.products.catalogue.importing.proposal import Mark, Params, Question

FIGURES = {
    "per_m2": gettext_noop("Price per m²"),
    "per_m": gettext_noop("Price per metre"),
    "each": gettext_noop("Price for each"),
    "along": gettext_noop("Measured along"),
    "minimum_price": gettext_noop("Least price"),
    "min_width": gettext_noop("Smallest width charged"),
    "min_drop": gettext_noop("Smallest drop charged"),
}
ALONG = {
    "width": gettext_noop("the width"),
    "drop": gettext_noop("the drop"),
    "perimeter": gettext_noop("all four sides"),
    "fabric": gettext_noop("the fabric"),
}
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def reason_of(mark: Mark) -> str:
    return _translated(reasons.MARKS, mark.code, mark.params)


def why_of(question: Question) -> str:
    return _translated(reasons.WHY, question.why, question.params)


def question_words(question: Question) -> str:
    return _(reasons.QUESTIONS[question.key])


def choice_words(question: Question, choice: str) -> str:
    """Currencies are their own names."""
    known = reasons.CHOICES.get(question.key, {})
    return _(known[choice]) if choice in known else choice


def money(minor: int | None, currency: str) -> str:
    """A price for reading: £1,234.50."""
    if minor is None:
        return "–"
    return f"{SIGNS.get(currency, currency + ' ')}{Decimal(minor) / 100:,.2f}"


def figure_words(word: str) -> str:
    """`per_m2` -> Price per m²."""
    return _(FIGURES[word])


def along_words(along: str) -> str:
    return _(ALONG.get(along, along))


def _translated(table: dict[str, str], code: str, params: Params) -> str:
    return _(table[code]).format(**params)
