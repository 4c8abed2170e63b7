"""For the demo's register: a visitor who came and was erased again, and Olivia's objection."""

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import demo_doors, people
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.privacy.rights.models import Erasure, Limit
from allonce.kernel.privacy.rights.services import erasing, limits


def load() -> None:
    """Make what is missing; a second call changes nothing."""
    olivia = Person.objects.with_email(demo_doors.OWNER_EMAIL)
    if olivia is not None and not Limit.objects.filter(person=olivia).exists():
        limits.object_to(olivia, "operations", actor=Actor("person", olivia.id))
    if not Erasure.objects.exists():
        new = people.NewPerson("visitor@passing.example", "Vera Passing", "three unrelated words")
        erasing.erase_person(people.create_person(new).id, actor=SYSTEM)
