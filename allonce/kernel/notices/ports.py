"""What the notices room and those after it ask of rooms further right. They register in their apps.py."""

from typing import Protocol
from uuid import UUID


class ProcessingLimits(Protocol):
    """Somebody who knows where a person restricted or objected to the use of what is held of them."""

    def may_process(self, person_id: UUID, purpose: str) -> bool:
        """Whether the person's data may now be used for this purpose of the dictionaries, such as "marketing"."""


_limits: list[ProcessingLimits] = []


def register_processing_limits(limits: ProcessingLimits) -> None:
    """Be asked before a person's data is used for a purpose that they can refuse. Called in an app's `ready`."""
    if limits not in _limits:
        _limits.append(limits)


def may_process(person_id: UUID, purpose: str) -> bool:
    """Whether nobody who was registered says no."""
    return all(limits.may_process(person_id, purpose) for limits in _limits)
