"""What Dating sells, what a Crown does, and what is given without money."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.catalogue.register import Pack, Plan, Unit, register_pack, register_plan, register_unit
from allonce.kernel.billing.credits import register_reason

UNIT, FAMILY = "crowns", "vip"
NEXT, INSTANT, MESSAGE = "dating.next", "dating.instant", "dating.message"
GIVES = _("Choosing your next date and dates at once cost no Crowns, and there are twice as many to choose from.")


@dataclass(frozen=True)
class Use:
    """Something that costs Crowns; with VIP it costs none where `free_with_vip`."""

    crowns: int
    free_with_vip: bool
    says: Any


USES = {
    NEXT: Use(1, free_with_vip=True, says=_("You chose your next date yourself")),
    INSTANT: Use(1, free_with_vip=True, says=_("A date at once")),
    MESSAGE: Use(1, free_with_vip=False, says=_("You wrote before a match")),
}
PACKS = ((5, 399, _("5 Crowns")), (15, 999, _("15 Crowns")), (40, 2299, _("40 Crowns")))
PLANS = ((1, 1999, _("VIP, 1 month")), (3, 4499, _("VIP, 3 months")), (6, 5999, _("VIP, 6 months")))


def register() -> None:
    """Put Crowns and VIP up for sale. Called in the app's `ready`."""
    register_unit(Unit(UNIT, _("Crown"), _("Crowns")))
    for crowns, cents, label in PACKS:
        register_pack(Pack(f"crowns.{crowns}", UNIT, crowns, cents, "EUR", label, _names(f"crowns.{crowns}")))
    for months, cents, label in PLANS:
        names = _names(f"vip.{months}")
        register_plan(Plan(f"vip.{months}", FAMILY, months, cents, "EUR", label, GIVES, store_ids=names))
    for code, use in USES.items():
        register_reason(code, use.says)


def _names(code: str) -> dict[str, str]:
    """What the app stores call it: the same words; Google allows no capitals and both allow dots."""
    return {"app-store": f"dating.{code}", "google-play": f"dating.{code}"}
