"""What people can be asked to agree to. Rooms and products register their purposes in their apps.py."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import NotFound

# In a preference and in an objection: every purpose of marketing, those of services to come included.
ALL = "all"


class UnknownPurpose(NotFound):
    """No room registered that purpose."""

    message = gettext_lazy("Nobody here asks for that.")


@dataclass(frozen=True)
class ConsentPurpose:
    """One thing that somebody may agree to, or be written to about.

    `says` tells what it means. `wordings` are the sentences of the box, oldest first: a changed sentence is added
    at the end, never edited, because records name the one that was shown by its number (from 1). `marketing`
    purposes can also stand on a soft opt-in or a legitimate interest, and can be objected to.
    """

    code: str
    label: Any
    says: Any
    wordings: tuple[Any, ...]
    marketing: bool = False

    @property
    def version(self) -> int:
        """The number of the sentence that is shown now."""
        return len(self.wordings)

    @property
    def wording(self) -> Any:
        """The sentence that is shown now."""
        return self.wordings[-1]


_purposes: dict[str, ConsentPurpose] = {}


def register_purpose(purpose: ConsentPurpose) -> None:
    """Let people be asked for this; shown on their page of choices."""
    _purposes[purpose.code] = purpose


def purposes() -> list[ConsentPurpose]:
    """All purposes, as they were registered."""
    return list(_purposes.values())


def marketing_purposes() -> list[ConsentPurpose]:
    """Those for which somebody may be written to."""
    return [purpose for purpose in _purposes.values() if purpose.marketing]


def purpose_of(code: str) -> ConsentPurpose:
    """The purpose of that code. Raises UnknownPurpose."""
    if code not in _purposes:
        raise UnknownPurpose
    return _purposes[code]
