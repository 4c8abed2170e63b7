"""Who wants to hear of new leads, in their own transaction. Registered in an app's `ready`."""

from collections.abc import Callable

from allonce.products.chat.leads.models import Lead

Listener = Callable[[Lead], None]
_listeners: list[Listener] = []


def register_lead_listener(listener: Listener) -> None:
    """Hear of each lead once, when it is made."""
    if listener not in _listeners:
        _listeners.append(listener)


def lead_made(lead: Lead) -> None:
    """Tell everybody who listens."""
    for listener in _listeners:
        listener(lead)
