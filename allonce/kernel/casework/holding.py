"""What the privacy rooms ask about cases: which rows are about whom, and what may not be erased yet."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allonce.kernel.casework import queries
from allonce.kernel.casework.models import Case
from allonce.kernel.privacy.ports import Hold
from allonce.kernel.vault import Scope


class OpenCases:
    """While a case about somebody is held or undecided, what it rests on stays."""

    def holds_on(self, scope: Scope) -> list[Hold]:
        """A hold for each such case, in words for the person concerned."""
        says = _of_account if scope.kind == "account" else _of_person
        return [Hold(says(case), case.opened_at.date()) for case in queries.kept_cases(scope)]


def rows_about(_model: Any, scope: Scope) -> QuerySet[Case] | None:
    """The cases about a person or an account."""
    return queries.cases_about(scope)


def _of_person(case: Case) -> str:
    if case.held:
        return _("A case about you is held, as for a dispute.")
    return _("A case about you waits for a decision. You can ask for erasure again when it is decided.")


def _of_account(case: Case) -> str:
    if case.held:
        return _("A case about your account is held, as for a dispute.")
    return _("A case about your account waits for a decision. What it rests on stays until then.")
