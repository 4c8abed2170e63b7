"""Requests about data that an account controls go to that account, and are followed until it has answered."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.models import Account
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.notices import notify_owners
from allonce.kernel.privacy.requests import letters, references
from allonce.kernel.privacy.requests.models import Referral, RightsRequest, Step
from allonce.kernel.privacy.requests.services import common

NOTICE = "requests.referred"


class NoSuchAccount(UserError):
    """No account is known by that address."""

    code = "no_such_account"


class AnsweredAlready(UserError):
    """The account has noted its answer before."""

    code = "answered_already"
    status = 409
    message = gettext_lazy("You have noted your answer to this request already.")


@transaction.atomic
def pass_on(staff: StaffAccess, request_id: UUID, account_email: str) -> None:
    """Give the request to the account that decides about the data, tell its owners, and tell the sender so.

    The letter names no account: that this sender is somebody's customer is not ours to confirm. Safe to repeat.
    Raises NoSuchAccount.
    """
    request = common.open_request(request_id)
    account = Account.objects.with_email(account_email)
    if account is None or account.kind != Account.Kind.SUBSCRIBER:
        message = _("No account is known by this address. Look it up under Accounts.")
        raise NoSuchAccount(message, fields={"account_email": message})
    if Referral.objects.filter(account=account, request=request).exists():
        return
    referral = _referred(request, account, staff)
    notify_owners(account.id, NOTICE, _notice(referral))
    paragraphs = [
        _("The data you ask about is held by us for a business that decides what happens to it."),
        _("We have passed your request on to that business today, and follow what becomes of it."),
    ]
    letters.send(request, "passed_on", _("Your request was passed on"), paragraphs)
    _record("request.referred", staff.actor, referral)
    common.note(request, Step.Kind.PASSED_ON, staff.actor)


@transaction.atomic
def note_answer(access: AccountAccess, referral_id: UUID, words: str) -> None:
    """The account notes how it answered; the Operator sees when and that, and its desk the words.

    Raises NotFound or AnsweredAlready.
    """
    referral = Referral.objects.select_for_update().filter(account=access.account, pk=referral_id).first()
    if referral is None:
        raise NotFound
    if referral.answered_at is not None:
        raise AnsweredAlready
    referral.answer, referral.answered_at, referral.answered_by = words.strip(), now(), access.person.id
    referral.save(update_fields=["answer", "answered_at", "answered_by"])
    _record("request.referral_answered", access.actor, referral)
    common.note(referral.request, Step.Kind.REFERRED_ANSWER, access.actor, words)


def _referred(request: RightsRequest, account: Account, staff: StaffAccess) -> Referral:
    return Referral.objects.create(
        account=account,
        request=request,
        reference=request.reference,
        name=request.name,
        email=request.email,
        words=request.words,
        passed_by=staff.person.id,
        answer_by=request.due_on,
    )


def _notice(referral: Referral) -> post.Words:
    return post.Words(
        subject=_("A request about data you are responsible for (%s)") % referral.reference,
        paragraphs=[
            _("Somebody asks about data that your account holds here. You decide about that data, so you answer."),
            _("The law gives you until %s. Note your answer on the page of the request.")
            % letters.in_words(referral.answer_by),
        ],
        action=post.Action(_("See the request"), references.page("requests:referrals")),
    )


def _record(action: str, actor: Actor, referral: Referral) -> None:
    target = f"requests.Referral:{referral.id}"
    audit.record(action, actor=actor, account_id=referral.account_id, target=target)


def require_own(access: AccountAccess, referral_id: UUID) -> None:
    """Raises NotFound for what was never passed on to this account."""
    if not Referral.objects.filter(account=access.account, pk=referral_id).exists():
        raise NotFound
