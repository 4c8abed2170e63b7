"""Whose tickets are whose: of the person who was signed in, or whom the sender's address names."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.db.models import Q

from allonce.kernel.desk.models import File, Line, RawMail, Ticket
from allonce.kernel.privacy.ports import OwnFile
from allonce.kernel.privacy.resolvers import address_of
from allonce.kernel.privacy.subjects import Model, Rows
from allonce.kernel.vault import Scope, files


def rows_of_asker(model: Model, scope: Scope) -> Rows | None:
    """Tickets of a person, or what hangs on them; mails as they came also by their sender."""
    if scope.kind != "person":
        return None
    before = "" if model is Ticket else "ticket__"
    mine = Q(**{f"{before}person_id": scope.id})
    address = address_of(scope)
    if address:
        named = Q(**{f"{before}person": None, f"{before}email_index": address})
        mine |= named if model is Ticket else named & Q(ticket__isnull=False)
        if model is RawMail:
            mine |= Q(sender_index=address)
    return model._base_manager.filter(mine)


def own_files(person_id: UUID) -> Iterator[OwnFile]:
    """What a person sent to the desk, and what it sent them: files of notes are the staff's."""
    rows = rows_of_asker(File, Scope("person", person_id))
    shown = rows.filter(line__kind__in=[Line.Kind.WORD, Line.Kind.ANSWER], line__by_stranger=False) if rows else []
    for each in shown:
        yield OwnFile(f"support/{each.pk.hex[:8]}-{each.name}", partial(files.read, each.ref))
