"""What the services of the desk share: the row under lock, its history, its clock."""

from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.requests.models import Pause, RightsRequest, Step


class AlreadyClosed(UserError):
    """Somebody else was quicker, or the page was old."""

    code = "request_closed"
    status = 409
    message = gettext_lazy("This request is closed already. Look at how it was answered.")


def open_request(request_id: UUID) -> RightsRequest:
    """The request under lock, so that two people cannot decide it at once. Raises NotFound or AlreadyClosed."""
    request = RightsRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound
    if not request.is_open:
        raise AlreadyClosed
    return request


def note(request: RightsRequest, kind: "Step.Kind", actor: Actor, words: str = "") -> None:
    """Add a step to the history of the request and an entry without words to the audit record."""
    Step.objects.create(request=request, kind=kind, by_kind=actor.kind, by_id=actor.id, words=words.strip())
    target = f"requests.RightsRequest:{request.id}"
    audit.record(f"request.{kind}", actor=actor, target=target, data={"right": str(request.right)})


def pause(request: RightsRequest, why: "Pause.Why") -> None:
    """Stop the clock from today, unless it stands for the same reason already."""
    request.pauses.get_or_create(why=why, end=None, defaults={"start": today()})


def resume(request: RightsRequest, why: "Pause.Why") -> None:
    """What was awaited has come: the clock runs again from today."""
    request.pauses.filter(why=why, end=None).update(end=today())


def close(request: RightsRequest, state: "RightsRequest.State", staff: StaffAccess) -> None:
    """End the request under the name of the member of staff who decided it. Open pauses end with it."""
    request.pauses.filter(end=None).update(end=today())
    request.state, request.closed_at, request.closed_by = state, now(), staff.person.id
    request.save(update_fields=["state", "closed_at", "closed_by"])
