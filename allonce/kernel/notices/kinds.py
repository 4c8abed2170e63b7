"""Kinds of notices; rooms and products register theirs in their apps.py."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One sort of event. `required` ones (a service's own duty to tell) cannot be switched off.

    `email` says whether it is mailed where a person has not chosen, `push` whether it wakes the browsers that they
    let be woken; its subject then stands on a locked screen, so it must name nobody. `says` explains it on the page
    of choices.
    One for `staff` alone is offered to nobody else there.
    """

    code: str
    label: Any
    required: bool = False
    email: bool = True
    push: bool = False
    says: Any = ""
    staff: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Let people be told of this; shown on their page of choices."""
    _kinds[kind.code] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by code."""
    return dict(_kinds)
