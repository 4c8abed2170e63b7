"""Kinds of cases and what may be decided in them. Rooms and products register theirs in their apps.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.mandates import Mandate


@dataclass(frozen=True)
class Subject:
    """Whom a case is about: one person or one account; `target` names a row of theirs as "app.Model:id"."""

    person_id: UUID | None = None
    account_id: UUID | None = None
    target: str = ""

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.account_id is None):
            raise ValueError("a case is about one person or one account")

    @property
    def person(self) -> UUID:
        """The person it is about. Raises LookupError in a case about an account."""
        return _there(self.person_id)

    @property
    def account(self) -> UUID:
        """The account it is about. Raises LookupError in a case about a person."""
        return _there(self.account_id)

    @property
    def target_id(self) -> UUID:
        """The id in `target`."""
        return UUID(self.target.partition(":")[2])


def _there(given: UUID | None) -> UUID:
    if given is None:
        raise LookupError("the case is about somebody else")
    return given


@dataclass(frozen=True)
class Fact:
    """One thing that was noticed, or that staff are shown; `picture` and `sound` are data addresses."""

    label: str
    value: str = ""
    picture: str = ""
    sound: str = ""


# Carries a decision out. It can be called with a mandate only, and nothing but a person's decision makes one.
Effect = Callable[[Mandate, Subject], None]


def leave_as_it_is(mandate: Mandate, _about: Subject) -> None:
    """The effect of deciding that nothing is to be done."""
    mandate.exercise()


@dataclass(frozen=True)
class Action:
    """One thing that may be decided.

    `says` tells the person concerned what it means, in the second person. `against` marks what is done to somebody:
    it gets a statement of reasons with an appeal, and needs `undo`. `told` is False where nobody need hear of it.
    `four_eyes` waits for a second member of staff.
    """

    code: str
    label: Any
    says: Any
    effect: Effect
    undo: Effect | None = None
    against: bool = True
    told: bool = True
    four_eyes: bool = False

    def __post_init__(self) -> None:
        if self.against and self.undo is None:
            raise ValueError(f"{self.code} could not be undone when an appeal is upheld")


NO_ACTION = Action(
    "no_action",
    _("No action"),
    _("Nothing was changed."),
    leave_as_it_is,
    against=False,
    told=False,
)


REMOVED = _("It was removed.")


@dataclass(frozen=True)
class CaseKind:
    """A sort of case: who decides (`duty`), by when (`working_days`), what (`actions`), and under which rule.

    `possible` narrows the actions to what makes sense now; `show` gives what staff look at while deciding.
    `outlasts` is whether an undecided case keeps what it is about from erasure: not where it only looks at what goes.
    `more` gives further pages for the case of this number, as label and address.
    `otherwise` is carried out where a person decides that nothing is to be done: to put away what was looked at.
    `acted` is what whoever reported hears when something was done, and nothing more of it.
    An appeal may be made for `appeal_months` calendar months (Regulation (EU) 2022/2065, Article 20: at least six).
    """

    code: str
    label: Any
    duty: str
    rule: Any
    actions: Sequence[Action]
    working_days: int = 5
    appeal_months: int = 6
    acted: Any = REMOVED
    outlasts: bool = True
    more: Callable[[int], Sequence[tuple[Any, str]]] | None = None
    possible: Callable[[Subject], set[str]] | None = None
    show: Callable[[Subject], Sequence[Fact]] | None = None
    otherwise: Effect = leave_as_it_is

    def choices(self, about: Subject) -> list[Action]:
        """What may be decided about this subject now; doing nothing always may."""
        fitting = self.possible(about) if self.possible else {each.code for each in self.actions}
        return [self._nothing(), *(each for each in self.actions if each.code in fitting)]

    def action(self, code: str) -> Action:
        """The action with this code. Raises KeyError."""
        return {each.code: each for each in (self._nothing(), *self.actions)}[code]

    def _nothing(self) -> Action:
        return replace(NO_ACTION, effect=self.otherwise)


_kinds: dict[str, CaseKind] = {}


def register_kind(kind: CaseKind) -> None:
    """Let such cases be opened. Called in an app's `ready`."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> CaseKind:
    """The registered kind. Raises KeyError."""
    return _kinds[code]


def kinds() -> list[CaseKind]:
    """All kinds by their codes."""
    return [_kinds[code] for code in sorted(_kinds)]
