"""Asking the rooms for live evidence: once a minute for everybody, and never failing with one that fails."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from allonce.kernel.accounts import tenancy
from allonce.kernel.clock import now
from allonce.kernel.declarations.evidence import Source, sources_for

KEY = "promises:observed"
SECONDS = 60
log = logging.getLogger(__name__)
_asking = threading.Lock()


@dataclass(frozen=True)
class Observation:
    """One sentence of evidence. `holds` is None where it only informs; `asked` False where the source failed."""

    says: str
    at: datetime | None
    holds: bool | None
    link: str
    asked: bool = True


@dataclass(frozen=True)
class Observed:
    """What all rooms said, and when they were asked."""

    at: datetime
    by_promise: dict[str, list[Observation]]


def observed(ids: list[str]) -> Observed:
    """What every source says; at most a minute old, so that a crowd of readers costs no more than one."""
    found: Observed | None = cache.get(KEY)
    if found is not None:
        return found
    with _asking:
        found = cache.get(KEY) or Observed(now(), ask(ids))
        cache.set(KEY, found, SECONDS)
    return found


def ask(ids: list[str]) -> dict[str, list[Observation]]:
    """Ask every source now. Figures are over all accounts and name none."""
    with tenancy.across_accounts():
        return {each: [_ask_one(each, source) for source in sources_for(each)] for each in ids}


def _ask_one(promise: str, source: Source) -> Observation:
    try:
        evidence = source()
        return Observation(str(evidence.says), evidence.at, evidence.holds, evidence.link)
    except Exception:  # whatever fails in one room, the others are still heard
        log.exception("evidence for %s could not be asked", promise)
        return Observation("", None, None, "", asked=False)
