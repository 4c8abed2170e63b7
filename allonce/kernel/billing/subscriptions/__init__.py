"""Subscriptions: `is_active(owner, family)` is what products ask."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allonce.kernel.billing.subscriptions.lifecycle import is_active, open_of

__all__ = ["is_active", "open_of"]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.lifecycle"), name)
