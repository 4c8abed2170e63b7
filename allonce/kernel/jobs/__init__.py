"""Work that happens later: queued with its cause, retried, never lost, never done twice."""

from typing import TYPE_CHECKING

from allonce.kernel.jobs.types import BadJob, RetryLater

if TYPE_CHECKING:
    from allonce.kernel.jobs.dead import dead_letters, revive
    from allonce.kernel.jobs.registry import every, job
    from allonce.kernel.jobs.worker import run_due, work

__all__ = ["BadJob", "RetryLater", "dead_letters", "every", "job", "revive", "run_due", "work"]

# Models may only be imported once Django has its apps, so the names that need them are looked up late.
_HOMES = {
    "dead_letters": "dead",
    "every": "registry",
    "job": "registry",
    "revive": "dead",
    "run_due": "worker",
    "work": "worker",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
