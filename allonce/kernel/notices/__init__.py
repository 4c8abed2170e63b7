"""What the house tells people: in the app and by mail, each kind as they choose."""

from typing import TYPE_CHECKING

from allonce.kernel.notices.kinds import Kind, kinds, register_kind

if TYPE_CHECKING:
    from allonce.kernel.notices.telling import notify, notify_owners

__all__ = ["Kind", "kinds", "notify", "notify_owners", "register_kind"]

# Models may only be imported once Django has its apps, so the names that need them are looked up late.
_HOMES = {"notify": "telling", "notify_owners": "telling"}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
