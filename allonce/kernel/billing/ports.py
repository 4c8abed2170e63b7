"""What products may hear of billing. Registered in their apps.py."""

from typing import Protocol

from allonce.kernel.vault import Scope


class BillingEvents(Protocol):
    """A product that wants to act when somebody begins or stops having what it sells."""

    def on_subscription(self, owner: Scope, family: str, *, active: bool) -> None:
        """The owner has the family's plan from now on, or has it no longer. Called in the transaction of the change."""


_listeners: list[BillingEvents] = []


def register_billing_events(listener: BillingEvents) -> None:
    """Let `listener` hear. Called in an app's `ready`."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_listeners(owner: Scope, family: str, *, active: bool) -> None:
    """Tell everybody who registered."""
    for listener in _listeners:
        listener.on_subscription(owner, family, active=active)
