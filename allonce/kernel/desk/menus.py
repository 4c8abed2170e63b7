"""Where the desk stands in the menus."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.navigation import Entry, register_entry
from allonce.kernel.desk import queries


def register() -> None:
    """For anybody, for whoever is signed in, and for the Operator's staff."""
    register_entry("public", Entry("desk:front", _("Support"), icon="lifebuoy", order=10))
    register_entry("person", Entry("desk:mine", _("Support"), icon="lifebuoy", order=20))
    register_entry("operator", Entry("desk:desk", _("Desk"), icon="lifebuoy", order=10, count=_waiting))


def _waiting(_request: Any) -> int:
    return queries.waiting_for_us()
