"""Further pages at the console for cases about members."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def evidence_page(case_id: int) -> list[tuple[Any, str]]:
    """Where what the case is about is kept for the authorities."""
    return [(_("Keep as evidence"), reverse("dating:evidence", args=[case_id]))]
