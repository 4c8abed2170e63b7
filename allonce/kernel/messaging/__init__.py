"""Durable conversations: logs whose entries arrive once, in order, and the realtime protocol that carries them."""

from typing import TYPE_CHECKING

from allonce.kernel.messaging.ports import Credential, Draft, Seat, StreamKind, register_kind

if TYPE_CHECKING:
    from allonce.kernel.messaging.announcing import ephemeral
    from allonce.kernel.messaging.erasure import erase_entry, erase_stream, trim_stream
    from allonce.kernel.messaging.reading import backlog, heads, mark_read, reads
    from allonce.kernel.messaging.realtime.presence import present
    from allonce.kernel.messaging.streams import append, close_stream, open_stream, reopen_stream

__all__ = [
    "Credential",
    "Draft",
    "Seat",
    "StreamKind",
    "append",
    "backlog",
    "close_stream",
    "ephemeral",
    "erase_entry",
    "erase_stream",
    "heads",
    "mark_read",
    "open_stream",
    "present",
    "reads",
    "register_kind",
    "reopen_stream",
    "trim_stream",
]

# Models may only be imported once Django has its apps, so the names that need them are looked up late.
_HOMES = {
    "append": "streams",
    "backlog": "reading",
    "close_stream": "streams",
    "ephemeral": "announcing",
    "erase_entry": "erasure",
    "erase_stream": "erasure",
    "heads": "reading",
    "mark_read": "reading",
    "open_stream": "streams",
    "present": "realtime.presence",
    "reads": "reading",
    "reopen_stream": "streams",
    "trim_stream": "erasure",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
