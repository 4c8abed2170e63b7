"""Why credits moved, in words for their owner. Products register the reasons that they use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.models import Movement

_reasons: dict[str, Any] = {
    "pack": _("You bought a pack"),
    "welcome": _("A welcome"),
    "loyalty": _("Thank you for your loyalty"),
    "occasion": _("A gift on an occasion"),
    "refund": _("Your money went back, so what it had bought was taken back"),
    "refund_reversed": _("A refund was taken back, so you have these again"),
    "time_over": _("The time for using it was over"),
    "breach": _("Lost, because the agreement was ended for a breach"),
    "appeal": _("Given back after your appeal"),
    "dispute_won": _("The bank's dispute was settled, so you have these again"),
}


def register_reason(code: str, says: Any) -> None:
    """Let movements name this reason. Called in an app's `ready`. Raises ValueError for a code taken by other words."""
    if _reasons.setdefault(code, says) != says:
        raise ValueError(f"the reason {code} is taken")


def known_reason(code: str) -> str:
    """The code itself. Raises ValueError for one that nobody could explain to its owner."""
    if code not in _reasons:
        raise ValueError(f"no words are registered for the reason {code}")
    return code


def explain(movement: Movement) -> Any:
    """What the owner reads of a movement."""
    return _reasons.get(movement.reason, movement.get_kind_display())
