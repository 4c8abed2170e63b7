"""Answers and refusals. Whatever may hold data about somebody takes a Verified, and nothing else makes one."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.requests import jobs, letters
from allonce.kernel.privacy.requests.models import IdentityDocument, RightsRequest, Step
from allonce.kernel.privacy.requests.models.asked import WITHOUT_IDENTITY
from allonce.kernel.privacy.requests.services import common, documents
from allonce.kernel.privacy.requests.services.identity import NotProved, Verified
from allonce.kernel.privacy.rights.services import erasing

DOWNLOAD_DAYS = 7
Deed = RightsRequest.Deed
State = RightsRequest.State


class NobodyKnown(UserError):
    """The sender is proved, and nothing with a sign-in is held under that address."""

    code = "nobody_known"
    status = 409
    message = gettext_lazy("Nobody with a sign-in here belongs to this request. Answer in words what you found.")


class SoleOwner(UserError):
    """Erasing them would leave an account without anybody who answers for it."""

    code = "sole_owner"
    status = 409
    message = gettext_lazy("This person alone owns an account. Ask them to make a colleague owner or to end it first.")


class TypeTheReference(UserError):
    """Erasing asks with the request's name."""

    code = "type_the_reference"


@dataclass(frozen=True)
class Answer:
    """What is said and what is done. `typed` is the reference, typed by whoever erases."""

    words: str
    deed: str = Deed.NOTHING
    typed: str = ""


@transaction.atomic
def answer(staff: StaffAccess, proof: Verified, given: Answer) -> None:
    """Answer a request whose sender is proved, and carry out what was asked; the deed follows as a job.

    Raises AlreadyClosed, NobodyKnown, SoleOwner or TypeTheReference.
    """
    request = common.open_request(proof.request_id)
    if given.deed != Deed.NOTHING and proof.person_id is None:
        raise NobodyKnown
    if given.deed == Deed.ERASE and proof.person_id and erasing.sole_accounts(proof.person_id):
        raise SoleOwner
    if given.deed == Deed.ERASE and given.typed.strip().upper() != request.reference:
        message = _("Type %s to erase this person's data.") % request.reference
        raise TypeTheReference(message, fields={"typed": message})
    request.deed = given.deed
    request.download_until = now() + timedelta(days=DOWNLOAD_DAYS) if given.deed == Deed.EXPORT else None
    request.save(update_fields=["deed", "download_until"])
    common.close(request, State.ANSWERED, staff)
    _send_answer(request, given.words)
    if given.deed in {Deed.ERASE, Deed.RESTRICT}:
        jobs.carry_out.later(request.id)
    common.note(request, Step.Kind.ANSWERED, staff.actor, given.words)


@transaction.atomic
def answer_without_data(staff: StaffAccess, request_id: UUID, words: str) -> None:
    """Answer a complaint, an objection or a withdrawal, whose answer says nothing about anybody. Raises NotProved."""
    request = common.open_request(request_id)
    if request.right not in WITHOUT_IDENTITY:
        raise NotProved
    common.close(request, State.ANSWERED, staff)
    _send_answer(request, words)
    common.note(request, Step.Kind.ANSWERED, staff.actor, words)


@transaction.atomic
def refuse(staff: StaffAccess, request_id: UUID, reason: str) -> None:
    """Refuse a manifestly unfounded or excessive request: a named person, with a reason (UK GDPR Article 12(5))."""
    request = common.open_request(request_id)
    common.close(request, State.REFUSED, staff)
    paragraphs = [
        _("%s of our staff has decided that we do not act on your request.") % staff.person.name,
        _("Why: %s") % reason.strip(),
    ]
    letters.send(request, "refused", _("We do not act on your request"), paragraphs)
    common.note(request, Step.Kind.REFUSED, staff.actor, reason)
    _let_go_of_documents(request)


@transaction.atomic
def close_unanswered(staff: StaffAccess, request_id: UUID, reason: str) -> None:
    """Close what cannot be answered: the sender never proved who they are, or took the request back."""
    request = common.open_request(request_id)
    common.close(request, State.CLOSED, staff)
    paragraphs = [
        _("We have closed your request without an answer, and given nothing to anybody."),
        _("Why: %s") % reason.strip(),
        _("You can ask again at any time."),
    ]
    letters.send(request, "closed", _("Your request is closed"), paragraphs)
    common.note(request, Step.Kind.CLOSED, staff.actor, reason)
    _let_go_of_documents(request)


def _send_answer(request: RightsRequest, words: str) -> None:
    paragraphs = [part.strip() for part in words.split("\n\n") if part.strip()]
    action = ""
    if request.deed == Deed.EXPORT and request.download_until is not None:
        until = letters.in_words(request.download_until.date())
        paragraphs.append(_("You can download everything we hold about you until %s.") % until)
        action = _("Download your data")
    letters.send(request, "answered", _("Our answer to your request"), paragraphs, action)


def _let_go_of_documents(request: RightsRequest) -> None:
    """What was uploaded serves no decision any more; the job destroys it once this one stands."""
    for document in request.documents.filter(decided=""):
        documents.decide(document, IdentityDocument.Gone.CLOSED)
        jobs.destroy_document.later(document.id)
