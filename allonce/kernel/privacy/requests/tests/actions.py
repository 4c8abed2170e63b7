"""A rights room of a few lines, which does what it says to the person's own row."""

import io
import json
import zipfile
from uuid import UUID

from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor


class LittleRights:
    """Exports name and address, erases the row, remembers whom it restricted.

    `broken` and `held` stop its erasures for a while.
    """

    def __init__(self) -> None:
        self.restricted: set[UUID] = set()
        self.broken = False
        self.held = False

    def export_for(self, person_id: UUID) -> bytes:
        person = Person.objects.get(pk=person_id)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("person.json", json.dumps({"name": person.name, "email": person.email}))
        return made.getvalue()

    def erase_person(self, person_id: UUID, *, actor: Actor) -> None:
        if self.broken:
            raise RuntimeError("the machine went down")
        assert actor.kind == "staff"
        if not self.held:
            Person.objects.filter(pk=person_id).delete()

    def restrict(self, person_id: UUID, *, actor: Actor) -> None:
        assert actor.kind == "staff"
        self.restricted.add(person_id)
