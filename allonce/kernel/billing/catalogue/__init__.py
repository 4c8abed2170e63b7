"""What is for sale, and what it costs on a day."""

from allonce.kernel.billing.catalogue.register import (
    Pack,
    Plan,
    Unit,
    packs,
    plans,
    product,
    register_pack,
    register_plan,
    register_unit,
)

__all__ = ["Pack", "Plan", "Unit", "packs", "plans", "product", "register_pack", "register_plan", "register_unit"]
