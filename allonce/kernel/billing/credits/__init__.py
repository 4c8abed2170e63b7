"""Credits that a product names and sells: a double-entry ledger in whole numbers.

An owner is a vault Scope, of kind "person" for now. Models are looked up late, so that `ready` may import this.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allonce.kernel.billing.credits.checking import check
    from allonce.kernel.billing.credits.holds import capture, hold, release
    from allonce.kernel.billing.credits.moving import balance, forfeit, grant, owed, restore, spend
    from allonce.kernel.billing.credits.words import register_reason

__all__ = [
    "balance",
    "capture",
    "check",
    "forfeit",
    "grant",
    "hold",
    "owed",
    "register_reason",
    "release",
    "restore",
    "spend",
]

_HOMES = {"check": "checking", "capture": "holds", "hold": "holds", "release": "holds", "register_reason": "words"}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'moving')}"), name)
