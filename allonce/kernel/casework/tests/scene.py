"""What tests of cases need: a probe kind whose effects leave a mark, people, and the presses of staff."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.accounts.tests.people import Inhabitant, at_the_console
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.kernel.casework.models import Case, Decision
from allonce.kernel.casework.services import appealing, deciding, opening, working

REASON = "The conduct described breaks the rule on threats."
FACTS = "Three messages on one evening threatened a fitter."
WHY_OPEN = "Ticket 12: to decide this case"


@dataclass
class Doings:
    """What the probe's effects did, in order."""

    done: list[str] = field(default_factory=list)

    def bar(self, mandate: Mandate, about: Subject) -> None:
        mandate.exercise()
        self.done.append(f"barred {about.person_id or about.account_id}")

    def unbar(self, mandate: Mandate, about: Subject) -> None:
        mandate.exercise()
        self.done.append(f"unbarred {about.person_id or about.account_id}")


def probe_kind(doings: Doings) -> CaseKind:
    """A product's kind: one action at once, one that needs four eyes."""
    return CaseKind(
        "probe.conduct",
        "Conduct in the probe",
        duty="moderation",
        rule="Rule 3 of the probe.",
        actions=(
            Action("bar", "Bar", "You are barred from the probe.", doings.bar, doings.unbar),
            Action("bar_for_good", "Bar for good", "You are barred.", doings.bar, doings.unbar, four_eyes=True),
        ),
        show=lambda _about: [Fact("Name", "Olivia Marsh")],
    )


def raised(who: Inhabitant, kind: str = "probe.conduct") -> Case:
    """A case about a person, as a detector's finding opens it."""
    number = opening.by_detector("probe.words", kind, Subject(person_id=who.person.id), [Fact("Words", "a threat")])
    return Case.objects.get(pk=number)


def choice(case: Case, action: str = "bar", **other: Any) -> deciding.Choice:
    given: dict[str, Any] = {"revision": case.revision, "reason": REASON, "facts": FACTS} | other
    return deciding.Choice(action=action, **given)


def opened(staff: Inhabitant, case: Case) -> None:
    with at_the_console(staff) as access:
        working.open_with_reason(access, case.pk, WHY_OPEN)


def decided(staff: Inhabitant, case: Case, action: str = "bar") -> Decision:
    """Opened and decided by this member of staff."""
    opened(staff, case)
    with at_the_console(staff) as access:
        return deciding.decide(access, case.pk, choice(case, action))


def answered(staff: Inhabitant, case: Case, *, upheld: bool) -> None:
    """The appeal in the case, opened and answered by this member of staff."""
    opened(staff, case)
    case.refresh_from_db()
    with at_the_console(staff) as access:
        appealing.answer(access, case.pk, case.revision, upheld=upheld, reason="The messages came from another number.")


def bound(who: UUID) -> str:
    return f"barred {who}"
