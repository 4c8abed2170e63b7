"""Who did what: append-only, hash-chained, ids only."""

from typing import TYPE_CHECKING

from allonce.kernel.audit.actor import SYSTEM, Actor

if TYPE_CHECKING:
    from allonce.kernel.audit.chain import Fault, verify, verify_end
    from allonce.kernel.audit.looking import looks, person_looks, record_look, record_person_look
    from allonce.kernel.audit.writing import record

__all__ = [
    "SYSTEM",
    "Actor",
    "Fault",
    "looks",
    "person_looks",
    "record",
    "record_look",
    "record_person_look",
    "verify",
    "verify_end",
]

# Models may only be imported once Django has its apps, so the names that need them are looked up late.
_HOMES = {
    "Fault": "chain",
    "looks": "looking",
    "person_looks": "looking",
    "record": "writing",
    "record_look": "looking",
    "record_person_look": "looking",
    "verify": "chain",
    "verify_end": "chain",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
