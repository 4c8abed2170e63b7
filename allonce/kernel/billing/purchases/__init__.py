"""Purchases through sellers: orders on the site, reports of app stores, claims and refunds."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allonce.kernel.billing.purchases.claiming import claim
    from allonce.kernel.billing.purchases.intake import keep
    from allonce.kernel.billing.purchases.known import store_token
    from allonce.kernel.billing.purchases.ordering import order

__all__ = ["claim", "keep", "order", "store_token"]

_HOMES = {"claim": "claiming", "keep": "intake", "store_token": "known", "order": "ordering"}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
