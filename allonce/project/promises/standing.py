"""Where each promise stands: a word, a colour and a shape."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.project.promises.claims import Claims
from allonce.project.promises.observing import Observation
from allonce.project.promises.register import SERVICES, Promise, Register


class State(StrEnum):
    """`kept` needs a test and evidence that holds now; `doubt` is evidence against it; `open` has neither."""

    KEPT = "kept"
    TESTED = "tested"
    DOUBT = "doubt"
    OPEN = "open"
    LATER = "later"


WORDS: dict[State, Any] = {
    State.KEPT: _("Kept and tested"),
    State.TESTED: _("Tested, no live evidence"),
    State.DOUBT: _("Looks broken now"),
    State.OPEN: _("No test claims it"),
    State.LATER: _("Not yet built"),
}
EXPLAINED: dict[State, Any] = {
    State.KEPT: _("A test fails when this promise is broken, and this installation shows that it holds now."),
    State.TESTED: _("A test fails when this promise is broken. There is nothing to measure while it runs."),
    State.DOUBT: _("This installation's own figures say that the promise is not kept at this moment."),
    State.OPEN: _("Nothing proves this promise yet, and nobody said when it comes."),
    State.LATER: _("What this promise is about does not run here yet."),
}
LOOKS = {
    State.KEPT: "good",
    State.TESTED: "next",
    State.DOUBT: "bad",
    State.OPEN: "warn",
    State.LATER: "",
}


@dataclass(frozen=True)
class Line:
    """One promise as the page shows it."""

    promise: Promise
    state: State
    tests: list[str]
    evidence: list[Observation]
    reason: str = ""

    @property
    def word(self) -> Any:
        """The state in words."""
        return WORDS[self.state]

    @property
    def look(self) -> str:
        """The state as the design's colour and shape."""
        return LOOKS[self.state]

    @property
    def service(self) -> Any:
        """The service in words."""
        return SERVICES.get(self.promise.service, self.promise.service)


def lines(register: Register, claims: Claims, evidence: dict[str, list[Observation]]) -> list[Line]:
    """All promises in reading order."""
    return [
        Line(
            each,
            state_of(claims.get(each.id, []), evidence.get(each.id, []), each.id in register.later),
            claims.get(each.id, []),
            evidence.get(each.id, []),
            register.later.get(each.id, ""),
        )
        for each in register.promises
    ]


def state_of(tests: list[str], evidence: list[Observation], later: bool) -> State:
    """Evidence against a promise weighs more than any for it; evidence without a test proves nothing."""
    said = [each.holds for each in evidence if each.asked]
    if False in said:
        return State.DOUBT
    if not tests:
        return State.LATER if later else State.OPEN
    return State.KEPT if True in said else State.TESTED


def counted(found: list[Line]) -> dict[State, int]:
    """How many promises stand in each state, in the order of the states."""
    counts = Counter(line.state for line in found)
    return {state: counts[state] for state in State if counts[state]}
