"""That staff read a request: it is addressed to them, so no reason is asked, but it is never without a trace."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.requests.models import RightsRequest


@transaction.atomic
def note_reading(staff: StaffAccess, request_id: UUID) -> None:
    """Audit that this member of staff reads a request now. Raises NotFound."""
    if not RightsRequest.objects.filter(pk=request_id).exists():
        raise NotFound
    audit.record("request.read", actor=staff.actor, target=f"requests.RightsRequest:{request_id}")
