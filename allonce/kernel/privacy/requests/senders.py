"""Whose requests are whose: of the person who was proved, or as long as nobody was, of whom their address names."""

from django.db.models import Q

from allonce.kernel.privacy.requests.models import RightsRequest
from allonce.kernel.privacy.resolvers import address_of
from allonce.kernel.privacy.subjects import Model, Rows
from allonce.kernel.vault import Scope


def rows_of_sender(model: Model, scope: Scope) -> Rows | None:
    """Requests of a person, or what hangs on them."""
    if scope.kind != "person":
        return None
    before = "" if model is RightsRequest else "request__"
    mine = Q(**{f"{before}person_id": scope.id})
    address = address_of(scope)
    if address:
        mine |= Q(**{f"{before}person": None, f"{before}email_index": address})
    return model._base_manager.filter(mine)
