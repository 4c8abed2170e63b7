"""What stops, restarts and extends the month: clarification, fee, and extension with a reason."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import Actor
from allonce.kernel.clock import today
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.requests import letters
from allonce.kernel.privacy.requests.deadline import LONGEST_EXTENSION
from allonce.kernel.privacy.requests.models import Pause, RightsRequest, Step
from allonce.kernel.privacy.requests.services import common


class ExtensionTooLate(UserError):
    """An extension must be told within the first month, and once."""

    code = "extension_too_late"
    status = 409
    message = gettext_lazy("An extension must be told within the first month. That is over: answer as soon as you can.")


class ExtendedAlready(ExtensionTooLate):
    """There is one extension, of two months at most."""

    code = "extended_already"
    message = gettext_lazy("This request was extended already. It cannot be extended again.")


class NothingAwaited(UserError):
    """The clock does not stand for this."""

    code = "nothing_awaited"
    status = 409
    message = gettext_lazy("Nothing is awaited here any more.")


@transaction.atomic
def take(staff: StaffAccess, request_id: UUID) -> None:
    """Handle this request from now on; only its handler sees an identity document."""
    request = common.open_request(request_id)
    request.handler_id = staff.person.id
    request.save(update_fields=["handler_id"])
    common.note(request, Step.Kind.TAKEN, staff.actor)


@transaction.atomic
def extend(staff: StaffAccess, request_id: UUID, months: int, reason: str) -> None:
    """Add one or two months, told to the sender with the reason. Raises ExtensionTooLate or ExtendedAlready.

    UK GDPR Article 12(3): where a request is complex or one of many, and told within a month of receipt.
    """
    request = common.open_request(request_id)
    if request.extra_months:
        raise ExtendedAlready
    if not 1 <= months <= LONGEST_EXTENSION:
        raise ValueError("an extension is one or two months")
    if today() > request.due_on:
        raise ExtensionTooLate
    request.extra_months = months
    request.save(update_fields=["extra_months"])
    paragraphs = [
        _("Your request needs more time than a month. You get our answer by %s at the latest.")
        % letters.in_words(request.due_on),
        _("Why: %s") % reason.strip(),
    ]
    letters.send(request, "extended", _("We need more time for your request"), paragraphs)
    common.note(request, Step.Kind.EXTENDED, staff.actor, reason)


@transaction.atomic
def ask_back(staff: StaffAccess, request_id: UUID, question: str) -> None:
    """Ask the sender what they mean; the clock stands until they say."""
    request = common.open_request(request_id)
    common.pause(request, Pause.Why.CLARIFICATION)
    paragraphs = [
        _("To answer well we must know more: %s") % question.strip(),
        _("The time for our answer stands still until you write back."),
    ]
    letters.send(request, "asked_back", _("A question about your request"), paragraphs, _("Answer the question"))
    common.note(request, Step.Kind.ASKED_BACK, staff.actor, question)


@transaction.atomic
def clarify(request_id: UUID, words: str, actor: Actor) -> None:
    """The sender said what they mean (or staff write down that they did); the clock runs again.

    Raises NothingAwaited.
    """
    request = common.open_request(request_id)
    if not request.pauses.filter(why=Pause.Why.CLARIFICATION, end=None).exists():
        raise NothingAwaited
    common.resume(request, Pause.Why.CLARIFICATION)
    common.note(request, Step.Kind.CLARIFIED, actor, words)


@transaction.atomic
def ask_fee(staff: StaffAccess, request_id: UUID, pence: int, reason: str) -> None:
    """Ask a reasonable fee for a manifestly unfounded or excessive request: a named person, with a reason.

    UK GDPR Article 12(5). `pence` is the whole fee. The clock stands until it is paid.
    """
    request = common.open_request(request_id)
    request.fee_pence, request.handler_id = pence, staff.person.id
    request.save(update_fields=["fee_pence", "handler_id"])
    common.pause(request, Pause.Why.FEE)
    paragraphs = [
        _("%s of our staff has looked at your request and found that it may be answered only against a fee.")
        % staff.person.name,
        _("Why: %s") % reason.strip(),
        _("The fee is GBP %(pounds)d.%(pence)02d, which covers what the answer costs us.")
        % {"pounds": pence // 100, "pence": pence % 100},
        _("The time for our answer stands still until you have paid. You need not pay, and may complain instead."),
    ]
    letters.send(request, "fee", _("A fee for your request"), paragraphs)
    common.note(request, Step.Kind.FEE, staff.actor, reason)


@transaction.atomic
def fee_paid(staff: StaffAccess, request_id: UUID) -> None:
    """The fee has come; the clock runs again. Raises NothingAwaited."""
    request = common.open_request(request_id)
    if not request.pauses.filter(why=Pause.Why.FEE, end=None).exists():
        raise NothingAwaited
    common.resume(request, Pause.Why.FEE)
    common.note(request, Step.Kind.PAID, staff.actor)


def awaits(request: RightsRequest) -> set[str]:
    """What the clock stands for now, as codes of Pause.Why."""
    return {pause.why for pause in request.pauses.all() if pause.end is None}
