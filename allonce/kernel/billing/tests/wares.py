"""What tests sell: Crowns in packs, and VIP for one, three and six months."""

from allonce.kernel.billing.catalogue import register
from allonce.kernel.billing.catalogue.register import Pack, Plan, Unit
from allonce.kernel.billing.credits.words import register_reason

CROWNS, VIP = "crowns", "vip"
STORES = ("app-store", "google-play")


def put_up() -> None:
    """Register them all, as a product's apps.py does."""
    register.register_unit(Unit(CROWNS, "Crown", "Crowns"))
    register.register_pack(Pack("crowns.10", CROWNS, 10, 499, "EUR", "10 Crowns", _at_stores("crowns.10")))
    register.register_pack(Pack("crowns.3", CROWNS, 3, 199, "EUR", "3 Crowns"))
    for months, price in ((1, 1999), (3, 4499), (6, 5999)):
        code = f"vip.{months}"
        label = f"VIP, {months} months"
        register.register_plan(Plan(code, VIP, months, price, "EUR", label, store_ids=_at_stores(code)))
    register.register_plan(Plan("club.3", "club", 3, 3000, "EUR", "Club, 3 months", trial_days=7))
    for reason in ("test.message", "test.instant"):
        register_reason(reason, f"For {reason}")


def _at_stores(code: str) -> dict[str, str]:
    return dict.fromkeys(STORES, f"com.example.{code}")
