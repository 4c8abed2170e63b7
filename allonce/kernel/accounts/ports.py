"""What the accounts room asks of rooms and products above it. They register in their apps.py."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import Actor
from allonce.kernel.errors import UserError

if TYPE_CHECKING:
    from allonce.kernel.accounts.models import Membership


class AccountCounts(Protocol):
    """Sizes of an account that say nothing about anybody: shown to the Operator without a look."""

    def counts(self, account_id: UUID) -> dict[str, int]:
        """Numbers by translated name."""


class CompromiseListener(Protocol):
    """Told when a person reports their password stolen, in the same transaction."""

    def password_stolen(self, person_id: UUID, actor: Actor) -> None:
        """End what else that password may have opened."""


class JoiningListener(Protocol):
    """Told when somebody has joined an account by invitation, in the same transaction."""

    def joined(self, membership: "Membership") -> None:
        """Make what they need to begin in their role. Raise nothing: they are welcome without it, too."""


class ConductDesk(Protocol):
    """Where staff decide about a person; registered by the room of cases."""

    def case_about(self, staff: StaffAccess, person_id: UUID) -> str:
        """The address of the open case about that person, opened now if there is none."""


class ReportLinks(Protocol):
    """Where content that others see is reported; registered by the room of cases."""

    def __call__(self, model: str, row_id: UUID) -> str:
        """The full address."""


class NotAdmitted(UserError):
    """Whoever signs up may not use this service; nothing of the attempt is kept."""

    code = "not_admitted"
    status = 403
    message = gettext_lazy("You cannot use this service.")


class SignUpQuestion(Protocol):
    """Something that everybody who signs up has to answer before anything is stored."""

    def fields(self) -> dict[str, forms.Field]:
        """What the form asks besides name and password."""

    def check(self, answers: Mapping[str, Any]) -> None:
        """Raise NotAdmitted for answers that keep somebody out. Store nothing."""


_questions: list[SignUpQuestion] = []


class ProcessingLimits(Protocol):
    """Knows what people restricted or objected to. Rooms that use data for a purpose of their own ask it first."""

    def may_process(self, person_id: UUID, purpose: str) -> bool:
        """Whether this person's data may be used for that purpose now."""

    def restricted(self, ids: Iterable[UUID]) -> set[UUID]:
        """Those of these people whose data is only stored at the moment."""


_counts: list[AccountCounts] = []
_limits: list[ProcessingLimits] = []
_compromise: list[CompromiseListener] = []
_joining: list[JoiningListener] = []
_desks: list[ConductDesk] = []
_report_links: list[ReportLinks] = []
_words: dict[str, Any] = {}


def register_counts(source: AccountCounts) -> None:
    """Add a product's numbers to the Operator's list of accounts."""
    _counts.append(source)


def register_compromise_listener(listener: CompromiseListener) -> None:
    """Be told of stolen passwords."""
    _compromise.append(listener)


def register_joining_listener(listener: JoiningListener) -> None:
    """Be told of colleagues who join."""
    _joining.append(listener)


def register_conduct_desk(desk: ConductDesk) -> None:
    """Be where the console's "Suspend" leads."""
    _desks[:] = [desk]


def conduct_desk() -> ConductDesk:
    """The registered desk; LookupError where no room decides about people."""
    if not _desks:
        raise LookupError("no room decides about people")
    return _desks[0]


def register_report_links(links: ReportLinks) -> None:
    """Say where content is reported."""
    _report_links[:] = [links]


def report_link(model: str, row_id: UUID) -> str:
    """Where the content in that row is reported; "" where no room takes reports."""
    return _report_links[0](model, row_id) if _report_links else ""


def register_sign_up_question(question: SignUpQuestion) -> None:
    """Ask this of everybody who signs up."""
    _questions.append(question)


def sign_up_questions() -> tuple[SignUpQuestion, ...]:
    """Everything asked at sign-up."""
    return tuple(_questions)


def account_counts(account_id: UUID) -> dict[str, int]:
    """All products' numbers for one account."""
    return {name: count for source in _counts for name, count in source.counts(account_id).items()}


def compromise_listeners() -> tuple[CompromiseListener, ...]:
    """Everybody who wants to know."""
    return tuple(_compromise)


def joining_listeners() -> tuple[JoiningListener, ...]:
    """Everybody who wants to know."""
    return tuple(_joining)


def register_action_words(words: Mapping[str, Any]) -> None:
    """Say in (lazily translated) words what audit actions mean, for the activity page."""
    _words.update(words)


def action_words() -> dict[str, Any]:
    """Words by action code."""
    return dict(_words)


def register_processing_limits(limits: ProcessingLimits) -> None:
    """Be asked before people's data is used for a purpose of its own."""
    _limits[:] = [limits]


def may_process(person_id: UUID, purpose: str) -> bool:
    """Whether nothing forbids to use this person's data for that purpose."""
    return all(limits.may_process(person_id, purpose) for limits in _limits)


def restricted(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these people who restricted processing."""
    return {person_id for limits in _limits for person_id in limits.restricted(ids)}
