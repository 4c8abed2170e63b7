"""What staff may do with a request: each act with its form, its words, when it fits, and the one service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.privacy.requests import forms
from allonce.kernel.privacy.requests.models import Pause, RightsRequest
from allonce.kernel.privacy.requests.models.asked import WITHOUT_IDENTITY
from allonce.kernel.privacy.requests.services import answering, clock, documents, identity, referrals
from allonce.kernel.privacy.requests.services.answering import Answer

Given = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One thing to do. `fits` tells whether it is offered for a request as it stands."""

    label: Any
    explains: Any
    form: type[HouseForm]
    run: Callable[[StaffAccess, UUID, Given], None]
    fits: Callable[[RightsRequest], bool]
    danger: bool = False


def _answer(staff: StaffAccess, request_id: UUID, given: Given) -> None:
    answering.answer(staff, identity.verified(request_id), Answer(**given))


def _fee(staff: StaffAccess, request_id: UUID, given: Given) -> None:
    clock.ask_fee(staff, request_id, int(Decimal(given["pounds"]) * 100), given["reason"])


def _has_document(request: RightsRequest) -> bool:
    return documents.standing(request) is not None


def _needs_no_identity(request: RightsRequest) -> bool:
    return not request.is_proved and request.right in WITHOUT_IDENTITY


def _always(_request: RightsRequest) -> bool:
    return True


ACTS: dict[str, Act] = {
    "answer": Act(
        _("Answer"),
        _("The answer is mailed to the sender. What you choose below is carried out at once."),
        forms.AnswerForm,
        _answer,
        lambda request: request.is_proved,
    ),
    "answer-plainly": Act(
        _("Answer"),
        _("The sender is not proved. This kind of request may be answered all the same, without anybody's data."),
        forms.PlainAnswerForm,
        lambda staff, request_id, given: answering.answer_without_data(staff, request_id, **given),
        _needs_no_identity,
    ),
    "take": Act(
        _("Take it"),
        _("You handle this request from now on. Only you will see an identity document."),
        forms.NothingForm,
        lambda staff, request_id, _given: clock.take(staff, request_id),
        _always,
    ),
    "accept": Act(
        _("The document proves them"),
        _("The copy is destroyed at once, in backups too."),
        forms.AcceptForm,
        lambda staff, request_id, given: identity.accept_document(staff, request_id, **given),
        _has_document,
    ),
    "reject": Act(
        _("The document does not prove them"),
        _("The copy is destroyed at once. They may send another one."),
        forms.ReasonForm,
        lambda staff, request_id, given: identity.reject_document(staff, request_id, **given),
        _has_document,
        danger=True,
    ),
    "clarify": Act(
        _("Ask what they mean"),
        _("The clock stands until they write back."),
        forms.QuestionForm,
        lambda staff, request_id, given: clock.ask_back(staff, request_id, **given),
        lambda request: Pause.Why.CLARIFICATION not in clock.awaits(request),
    ),
    "clarified": Act(
        _("They wrote or called back"),
        _("For an answer that came by telephone, email or post. The clock runs again."),
        forms.ClarifiedForm,
        lambda staff, request_id, given: clock.clarify(request_id, given["words"], staff.actor),
        lambda request: Pause.Why.CLARIFICATION in clock.awaits(request),
    ),
    "extend": Act(
        _("Extend"),
        _("Once, within the first month, with a reason that is mailed to the sender."),
        forms.ExtendForm,
        lambda staff, request_id, given: clock.extend(staff, request_id, **given),
        lambda request: not request.extra_months and not request.is_late,
    ),
    "pass-on": Act(
        _("Pass on to an account"),
        _("For data that one of our accounts decides about. Its owners are told and answer; you see when they did."),
        forms.PassOnForm,
        lambda staff, request_id, given: referrals.pass_on(staff, request_id, **given),
        _always,
    ),
    "doubt": Act(
        _("Doubt who they are"),
        _("Only with a reasonable doubt. They are asked for a copy of an identity document, which you alone will see."),
        forms.DoubtForm,
        lambda staff, request_id, given: identity.doubt(staff, request_id, **given),
        lambda request: request.identity != RightsRequest.Identity.DOUBTED,
    ),
    "fee": Act(
        _("Ask a fee"),
        _("Only if the request is manifestly unfounded or excessive. It stands under your name, with your reason."),
        forms.FeeForm,
        _fee,
        lambda request: request.fee_pence is None,
    ),
    "paid": Act(
        _("The fee is paid"),
        _("The clock runs again."),
        forms.NothingForm,
        lambda staff, request_id, _given: clock.fee_paid(staff, request_id),
        lambda request: Pause.Why.FEE in clock.awaits(request),
    ),
    "refuse": Act(
        _("Refuse"),
        _("Only if the request is manifestly unfounded or excessive. Your name and reason go to the sender."),
        forms.ReasonForm,
        lambda staff, request_id, given: answering.refuse(staff, request_id, **given),
        _always,
        danger=True,
    ),
    "close": Act(
        _("Close without an answer"),
        _("For a sender who never proved who they are, or took the request back."),
        forms.ReasonForm,
        lambda staff, request_id, given: answering.close_unanswered(staff, request_id, **given),
        _always,
        danger=True,
    ),
}
