"""The chain: a keyed digest over each entry and the one before, checked from end to end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from allonce.kernel.audit.models import ChainHead, Entry
from allonce.kernel.vault import INSTALL, keyed_hash


@dataclass(frozen=True)
class Fault:
    """Where the record was changed: the number of the first entry that does not fit, and how it shows."""

    number: int
    kind: str


def digest_of(entry: Entry) -> str:
    """The digest an entry must carry. Keyed, so that who can write the database still cannot forge it."""
    return keyed_hash(INSTALL, "audit", json.dumps(entry.facts(), sort_keys=True, separators=(",", ":")))


def verify() -> Fault | None:
    """Walk the whole chain; None if it is whole."""
    return _walk(0, "")


def verify_end(count: int) -> Fault | None:
    """Check the last `count` entries and the head: quick whatever the record's length. `verify` checks all."""
    head = ChainHead.objects.filter(id=1).first() or ChainHead()
    before = Entry.objects.filter(number__lte=head.number - count).order_by("-number").first()
    return _walk(before.number, before.digest) if before else _walk(0, "")


def _walk(number: int, digest: str) -> Fault | None:
    for entry in Entry.objects.filter(number__gt=number).order_by("number").iterator(chunk_size=1000):
        fault = next(_faults(entry, number, digest), None)
        if fault:
            return fault
        number, digest = entry.number, entry.digest
    head = ChainHead.objects.filter(id=1).first() or ChainHead()
    if (head.number, head.digest) != (number, digest):
        return Fault(number + 1, "missing_end")
    return None


def _faults(entry: Entry, number: int, digest: str) -> Iterator[Fault]:
    if entry.number != number + 1:
        yield Fault(number + 1, "missing")
    if entry.previous != digest:
        yield Fault(entry.number, "unlinked")
    if entry.digest != digest_of(entry):
        yield Fault(entry.number, "changed")
