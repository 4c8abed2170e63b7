"""How a decided request is carried out, for the request desk; and what this room's acts are called."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.rights.export import archive
from allonce.kernel.privacy.rights.models import Erasure
from allonce.kernel.privacy.rights.services import erasing, limits

WORDS = {
    "rights.corrected": _("Corrected a value"),
    "rights.erased": _("Erased a person"),
    "rights.erasure_asked": _("Asked for erasure"),
    "rights.exported": _("Took a copy of their data"),
    "rights.objected": _("Objected to a purpose"),
    "rights.objection_withdrawn": _("Withdrew an objection"),
    "rights.restricted": _("Restricted processing"),
    "rights.restriction_lifted": _("Ended a restriction"),
}


class Actions:
    """Gives the port of the privacy rooms its meaning."""

    def export_for(self, person_id: UUID) -> bytes:
        """The whole archive of what is held of this person. Raises NotFound."""
        return archive.of_person(_person(person_id))

    def erase_person(self, person_id: UUID, *, actor: Actor) -> Erasure:
        """Erase this person everywhere; safe to repeat."""
        return erasing.erase_person(person_id, actor=actor)

    def restrict(self, person_id: UUID, *, actor: Actor) -> None:
        """Restrict processing; safe to repeat."""
        limits.restrict(_person(person_id), actor=actor)


def _person(person_id: UUID) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person
