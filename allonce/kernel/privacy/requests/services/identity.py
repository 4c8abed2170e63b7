"""Who the sender is: known by being signed in, by a mailbox, or, after a recorded doubt, by a document."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.requests import letters
from allonce.kernel.privacy.requests.models import IdentityDocument, Pause, RightsRequest, Step
from allonce.kernel.privacy.requests.services import common, documents
from allonce.kernel.privacy.requests.services.documents import HandlerOnly

Identity = RightsRequest.Identity
_ONLY_HERE = object()
SHORTEST_REASON = 10


class NotProved(UserError):
    """Nothing about anybody leaves before the sender is known."""

    code = "identity_not_proved"
    status = 409
    message = gettext_lazy(
        "The sender is not proved yet, so nothing about anybody may leave. Prove the identity first."
    )


class NothingToDecide(UserError):
    """There is no uploaded document to decide on."""

    code = "no_document"
    status = 409
    message = gettext_lazy("There is no document to decide on.")


class UnknownAddress(UserError):
    """Staff named an address under which nothing is held."""

    code = "unknown_address"


@dataclass(frozen=True)
class Verified:
    """That the sender of this request is proved. Only `verified()` makes one; whatever sends data asks for it."""

    request_id: UUID
    person_id: UUID | None
    how: str
    made_by: object

    def __post_init__(self) -> None:
        if self.made_by is not _ONLY_HERE:
            raise TypeError("ask verified(): nobody else may say that a sender is proved")


def verified(request_id: UUID) -> Verified:
    """The proof of a request as it stands in the database now. Raises NotProved or NotFound."""
    request = RightsRequest.objects.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    if not request.is_proved:
        raise NotProved
    return Verified(request.id, request.person_id, request.identity, _ONLY_HERE)


def prove(request: RightsRequest, how: "RightsRequest.Identity", person: Person | None, actor: Actor) -> None:
    """Note how the sender was proved and, if known here, who it is; the clock runs again."""
    request.identity, request.person = how, person
    request.save(update_fields=["identity", "person"])
    common.resume(request, Pause.Why.IDENTITY)
    common.note(request, Step.Kind.PROVED, actor)


@transaction.atomic
def prove_by_mailbox(request_id: UUID) -> None:
    """Whoever holds the mailed link reads the mailbox. Safe to repeat; a recorded doubt is not lifted by it."""
    request = RightsRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None or not request.is_open or request.identity != Identity.UNPROVED:
        return
    person = Person.objects.with_email(request.email)
    actor = Actor("person", person.id) if person else Actor("person")
    prove(request, Identity.MAILBOX, person, actor)


@transaction.atomic
def doubt(staff: StaffAccess, request_id: UUID, reason: str) -> None:
    """Record a reasonable doubt and ask for a copy of a document, by a link. The clock stands until it came."""
    request = common.open_request(request_id)
    request.identity, request.person = Identity.DOUBTED, None
    request.handler_id = staff.person.id
    request.save(update_fields=["identity", "person", "handler_id"])
    common.pause(request, Pause.Why.IDENTITY)
    paragraphs = [
        _("Before we answer we must be sure that we give your data to you and to nobody else."),
        _("Why we ask: %s") % reason.strip(),
        _("Please upload a copy of a signed identity document. You may black out everything but your name."),
        _("One member of our staff sees it. It is destroyed as soon as that person has decided."),
    ]
    letters.send(request, "doubted", _("Please show us that it is you"), paragraphs, _("Upload the document"))
    common.note(request, Step.Kind.DOUBTED, staff.actor, reason)


def accept_document(staff: StaffAccess, request_id: UUID, reason: str, known_email: str = "") -> None:
    """The document proves the sender; it is destroyed. `known_email` is where we hold their data, if it differs.

    Raises HandlerOnly, NothingToDecide or UnknownAddress.
    """
    with transaction.atomic():
        request, document = _under_decision(staff, request_id)
        person = _person_at(known_email or request.email, must_exist=bool(known_email))
        documents.decide(document, IdentityDocument.Gone.ACCEPTED)
        prove(request, Identity.DOCUMENT, person, staff.actor)
        paragraphs = [
            _("Thank you. Your document proved that it is you, and it is destroyed. Your request goes on."),
            _("You get our answer by %s at the latest.") % letters.in_words(request.due_on),
        ]
        letters.send(request, "proved", _("We know that it is you"), paragraphs)
        common.note(request, Step.Kind.DESTROYED, staff.actor, reason)
    documents.destroy(document.id)


def reject_document(staff: StaffAccess, request_id: UUID, reason: str) -> None:
    """The document does not prove the sender; it is destroyed all the same. Another one may be sent."""
    with transaction.atomic():
        request, document = _under_decision(staff, request_id)
        documents.decide(document, IdentityDocument.Gone.REJECTED)
        request.identity = Identity.REFUSED
        request.save(update_fields=["identity"])
        paragraphs = [
            _("The copy you sent does not show that it is you, so we cannot answer yet. It is destroyed."),
            _("Why: %s") % reason.strip(),
            _("You can send another one on the page of your request."),
        ]
        letters.send(request, "rejected", _("We could not tell that it is you"), paragraphs, _("Upload another one"))
        common.note(request, Step.Kind.REJECTED, staff.actor, reason)
    documents.destroy(document.id)


def _under_decision(staff: StaffAccess, request_id: UUID) -> tuple[RightsRequest, IdentityDocument]:
    request = common.open_request(request_id)
    document = documents.standing(request)
    if document is None:
        raise NothingToDecide
    if request.handler_id != staff.person.id:
        raise HandlerOnly
    return request, document


def _person_at(email: str, *, must_exist: bool) -> Person | None:
    person = Person.objects.with_email(email)
    if person is None and must_exist:
        message = _("We hold nothing under this address. Check it, or leave it empty.")
        raise UnknownAddress(message, fields={"known_email": message})
    return person
