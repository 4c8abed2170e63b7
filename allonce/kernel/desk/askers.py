"""Whose tickets are whose: of the person who was signed in, or whom the sender's address names."""

from django.db.models import Q

from allonce.kernel.desk.models import RawMail, Ticket
from allonce.kernel.privacy.resolvers import address_of
from allonce.kernel.privacy.subjects import Model, Rows
from allonce.kernel.vault import Scope


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
