"""The pricing engine's steps and problems, in words, with the account's currency."""

from typing import Any

from django.utils.translation import gettext

from allonce.pricing import words
from allonce.pricing.check import check_message
from allonce.products.catalogue.figures import with_currency


class Explainer:
    """Says steps and problems the way the office reads them."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def step(self, step: Any) -> str:
        """What a step's amount is for."""
        return words.step_label(step, gettext, self._show)

    def problem(self, problem: Any) -> str:
        """A problem of an item that is being priced."""
        return words.problem_message(problem, gettext, self._show)

    def fault(self, problem: Any) -> str:
        """A problem of the Catalogue itself."""
        return check_message(problem, gettext, self._show)

    def _show(self, kind: str, value: int) -> str:
        return with_currency(value, self._currency) if kind == "money" else words.show_plain(kind, value)
