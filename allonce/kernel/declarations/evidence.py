"""Live evidence that a promise is being kept, told by the room that keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """One observation: a (translated) sentence, the moment it is about, and the public page that shows more.

    `holds` is None where the figure only informs. It names nobody: anybody reads it.
    """

    says: Any
    at: datetime | None = None
    holds: bool | None = True
    link: str = ""


Source = Callable[[], Evidence]
_sources: dict[str, list[Source]] = {}


def register_evidence(promise: str, source: Source) -> None:
    """Let `source` speak for a promise of the register. Called in an app's `ready`; asked when the page is read."""
    _sources.setdefault(promise, []).append(source)


def evidence_for(promise: str) -> list[Evidence]:
    """What all sources say of one promise now."""
    return [source() for source in _sources.get(promise, [])]


def sources_for(promise: str) -> list[Source]:
    """Whoever speaks for a promise, not asked yet: for a reader who must outlive one that fails."""
    return list(_sources.get(promise, []))
