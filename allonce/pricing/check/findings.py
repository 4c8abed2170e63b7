"""Collects problems with the path of what they are about."""

from dataclasses import dataclass, field
from typing import Any, Literal

from allonce.pricing.types import Problem


@dataclass
class Findings:
    """Problems found so far, all below one path."""

    path: str = ""
    problems: list[Problem] = field(default_factory=list)

    def at(self, *parts: str) -> "Findings":
        """The same collection, one or more steps down."""
        return Findings("/".join(part for part in (self.path, *parts) if part), self.problems)

    def error(self, code: str, **params: Any) -> None:
        """What must be mended before publishing."""
        self._add(code, "error", params)

    def warn(self, code: str, **params: Any) -> None:
        """What a person should look at."""
        self._add(code, "warning", params)

    def _add(self, code: str, severity: Literal["error", "warning"], params: dict[str, Any]) -> None:
        self.problems.append({"code": code, "severity": severity, "field": self.path, "params": params})
