"""What changed between two states of a Catalogue, in words that a shop owner reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class State(Protocol):
    """A Catalogue at one moment: the draft, or a version."""

    def piece(self, path: str) -> Any | None:
        """The piece at `path`, or None."""

    def pieces_under(self, folder: str) -> Mapping[str, Any]:
        """All pieces below `folder`, blocks in order."""


@dataclass(frozen=True)
class Fact:
    """One statement that can change: what it is about, and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class Difference:
    """One change: `before` or `after` is empty where something was added or taken away."""

    subject: str
    label: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.subject, self.label) if part)
        return f"{where}: {self.before or '–'} -> {self.after or '–'}"  # noqa: RUF001 a dash for nothing


def compare(subject: str, before: Mapping[Any, Fact], after: Mapping[Any, Fact]) -> list[Difference]:
    """The facts that differ, in the order of `after`, then what is gone."""
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        label = (new or old or Fact("", "")).label
        found.append(Difference(subject, label, old.value if old else "", new.value if new else ""))
    return found
