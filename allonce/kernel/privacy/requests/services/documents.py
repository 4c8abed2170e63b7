"""Copies of identity documents: taken only after a doubt, seen by one person, destroyed after the decision."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import vault
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.requests.files import judged
from allonce.kernel.privacy.requests.models import IdentityDocument, RightsRequest, Step
from allonce.kernel.privacy.requests.services import common
from allonce.kernel.vault import files

# Undecided, a copy lasts this long and no longer.
LONGEST = timedelta(days=14)
NAME = "identity document"


class HandlerOnly(UserError):
    """Only who handles the request sees and judges the document."""

    code = "handler_only"
    status = 403
    message = gettext_lazy("Only the person who handles this request may see the document. Take the request first.")


class NotAskedFor(UserError):
    """A document is taken only where a doubt was recorded."""

    code = "not_asked_for"
    status = 409
    message = gettext_lazy("We have not asked for a document, so we do not take one.")


def standing(request: RightsRequest) -> IdentityDocument | None:
    """The copy that waits for a decision, if any."""
    return request.documents.filter(decided="", destroyed_at=None).order_by("-uploaded_at").first()


def take(request_id: UUID, data: bytes) -> None:
    """Seal an uploaded copy under a key of its own; an earlier one is destroyed. Raises NotAskedFor or UnfitFile."""
    kind, clean = judged(data)
    with transaction.atomic():
        request = common.open_request(request_id)
        asked = {RightsRequest.Identity.DOUBTED, RightsRequest.Identity.REFUSED}
        if request.identity not in asked:
            raise NotAskedFor
        request.documents.filter(decided="").update(decided=IdentityDocument.Gone.REPLACED)
        ends = now() + LONGEST
        document = IdentityDocument(request=request, media_type=kind, size=len(clean), expires_at=ends)
        vault.create_key(document.scope)
        files.save(document.scope, document.id, NAME, clean)
        document.save(force_insert=True)
        RightsRequest.objects.filter(pk=request.pk).update(identity=RightsRequest.Identity.DOUBTED)
        common.note(request, Step.Kind.UPLOADED, Actor("person"))
    sweep()


@transaction.atomic
def show(staff: StaffAccess, request_id: UUID, reason: str) -> tuple[str, bytes]:
    """Media type and content, for the handling member of staff alone, with a reason that the sender reads too."""
    request = common.open_request(request_id)
    document = standing(request)
    if document is None:
        raise NotFound
    if request.handler_id != staff.person.id:
        raise HandlerOnly
    common.note(request, Step.Kind.OPENED, staff.actor, reason)
    return document.media_type, files.read(files.FileRef(document.scope, document.id, NAME))


def decide(document: IdentityDocument, why: "IdentityDocument.Gone") -> None:
    """Mark the copy as done with, in the transaction of the decision; `destroy` or the sweep then destroys it."""
    document.decided = why
    document.save(update_fields=["decided"])


def destroy(document_id: UUID) -> None:
    """Remove the file and its key, backups included. Safe to repeat; runs outside a decision's transaction."""
    document = IdentityDocument.objects.exclude(decided="").filter(pk=document_id, destroyed_at=None).first()
    if document is None:
        return
    vault.destroy_key(document.scope)
    files.delete_scope(document.scope)
    IdentityDocument.objects.filter(pk=document_id).update(destroyed_at=now())


def sweep() -> int:
    """Destroy what a crash left after its decision, and what nobody decided in time. Returns how many went."""
    for late in IdentityDocument.objects.filter(decided="", destroyed_at=None, expires_at__lte=now()):
        _expire(late)
    left = IdentityDocument.objects.exclude(decided="").filter(destroyed_at=None)
    ids = list(left.values_list("pk", flat=True))
    for document_id in ids:
        destroy(document_id)
    return len(ids)


@transaction.atomic
def _expire(document: IdentityDocument) -> None:
    decide(document, IdentityDocument.Gone.EXPIRED)
    common.note(document.request, Step.Kind.DESTROYED, SYSTEM)
