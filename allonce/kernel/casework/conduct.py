"""Cases about a person's conduct: suspending a sign-in, and letting somebody in again."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import compromise
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.kernel.casework.services import opening

KIND = "accounts.person_conduct"


class ConductDesk:
    """Where the console's "Suspend" leads: to a case, which a person decides."""

    def case_about(self, staff: StaffAccess, person_id: UUID) -> str:
        case = opening.by_staff(staff, KIND, Subject(person_id=person_id))
        return reverse("casework:case", args=[case.pk])


def suspend_person(mandate: Mandate, about: Subject) -> None:
    """Stop the person's sign-in; their sessions end."""
    compromise.suspend(mandate, Person.objects.get(pk=about.person), suspended=True)


def restore_person(mandate: Mandate, about: Subject) -> None:
    """Let the person sign in again."""
    compromise.suspend(mandate, Person.objects.get(pk=about.person), suspended=False)


def _possible(about: Subject) -> set[str]:
    suspended = Person.objects.filter(pk=about.person, suspended_at__isnull=False).exists()
    return {"restore"} if suspended else {"suspend"}


def _show(about: Subject) -> list[Fact]:
    person = Person.objects.get(pk=about.person)
    return [Fact(str(_("Name")), person.name), Fact(str(_("Email")), person.email)]


PERSON_CONDUCT = CaseKind(
    KIND,
    _("Conduct of a person"),
    duty="moderation",
    rule=_("The terms of use and the rules of acceptable use, which you can read on our legal pages."),
    actions=(
        Action(
            "suspend",
            _("Suspend the sign-in"),
            _("Your sign-in is suspended. Your data stays as it is, and you can still ask for a copy of it."),
            effect=suspend_person,
            undo=restore_person,
        ),
        Action(
            "restore",
            _("Restore the sign-in"),
            _("You can sign in again."),
            effect=restore_person,
            against=False,
        ),
    ),
    possible=_possible,
    show=_show,
)
