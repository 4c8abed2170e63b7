"""What machines may do here: raise a case. A detector has no other door, and a case changes nothing by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allonce.kernel.casework import noticing
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.services import opening


@dataclass(frozen=True)
class Detector:
    """Something that notices: a rule, a count, a model. `says` tells the person concerned what it is."""

    code: str
    says: Any

    def raise_case(self, kind: str, about: Subject, facts: Sequence[Fact]) -> int:
        """Put what was noticed before the staff; into the open case about the same, where there is one.

        Returns the case's number and nothing that could act on it.
        """
        return opening.by_detector(self.code, kind, about, facts)


def register_detector(detector: Detector) -> Detector:
    """Name a detector, so that statements can say what noticed something. Called in an app's `ready`."""
    noticing.name_machine(detector.code, detector.says)
    return detector
