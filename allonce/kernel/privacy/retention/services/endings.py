"""Ending an account's agreement, and taking that back while its key still exists."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.models import Account, Entitlement, Invitation
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.retention import letters
from allonce.kernel.privacy.retention.models import AccountEnding
from allonce.kernel.privacy.retention.plan import plan_of


class NameDiffers(UserError):
    """The name typed to confirm is not the account's."""

    code = "name_differs"


class TooLate(UserError):
    """The account's key is destroyed: nothing brings it back."""

    code = "too_late"
    status = 409


def end_by_owner(access: AccountAccess, typed_name: str) -> AccountEnding:
    """End the agreement of the owner's account, confirmed by its name; audited. NameDiffers for another name."""
    if not access.is_owner or access.look is not None:
        raise NotFound
    if " ".join(typed_name.split()).casefold() != access.account.name.casefold():
        message = _("That is not the name of this account.")
        raise NameDiffers(message, fields={"name": message})
    return _end(access.account.id, access.actor)


def end_by_staff(_staff: StaffAccess, account_id: UUID) -> AccountEnding:
    """End an account's agreement because its owner asked us to; audited. NotFound for what is no customer's account."""
    return _end(account_id, _staff.actor)


@transaction.atomic
def undo(access: AccountAccess) -> None:
    """Go on as before: the account and the services it had; audited. TooLate once the key is gone."""
    if not access.is_owner:
        raise NotFound
    ending = current(access.account.id, lock=True)
    if ending is None:
        raise NotFound
    if ending.closed_at is not None or not plan_of(ending).can_be_undone:
        raise TooLate(_("It is too late to take this back: the account's key is destroyed."))
    ending.undone_at = now()
    ending.save(update_fields=["undone_at"])
    Account.objects.filter(pk=access.account.id).update(ended_at=None)
    _give_back(ending, access.actor)
    audit.record("account.end_undone", actor=access.actor, account_id=access.account.id, target=_target(ending))


def current(account_id: UUID, *, lock: bool = False) -> AccountEnding | None:
    """The ending under way of an account, if its agreement has ended."""
    rows = AccountEnding.objects.select_for_update() if lock else AccountEnding.objects
    return rows.filter(ended_id=account_id, undone_at=None).first()


class Ender:
    """Answers the port: a person who erases themselves may end the accounts for which nobody else answers."""

    def end(self, account_id: UUID, actor: Actor) -> AccountEnding:
        """As an owner ends it, for callers that have checked permission; NotFound for what is no customer's account."""
        return _end(account_id, actor)

    def is_ending(self, account_id: UUID) -> bool:
        """Whether its agreement has ended."""
        return current(account_id) is not None


@transaction.atomic
def _end(account_id: UUID, actor: Actor) -> AccountEnding:
    customers = Account.objects.select_for_update().filter(kind=Account.Kind.SUBSCRIBER)
    account = customers.filter(pk=account_id).first()
    if account is None or actor.id is None:
        raise NotFound
    under_way = current(account_id)
    if under_way is not None:
        return under_way
    account.ended_at = now()
    account.save(update_fields=["ended_at"])
    ending = AccountEnding.objects.create(
        ended_id=account_id, asked_by=actor.id, started_at=account.ended_at, withdrawn=_withdraw(account_id, actor)
    )
    open_ones = Invitation.objects.filter(account_id=account_id, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=now())
    letters.tell_of_start(account, plan_of(ending))
    audit.record("account.ended", actor=actor, account_id=account_id, target=_target(ending))
    return ending


def _withdraw(account_id: UUID, actor: Actor) -> list[int]:
    granted = list(Entitlement.objects.filter(account_id=account_id, withdrawn_at=None))
    for each in granted:
        entitlements.withdraw(each, actor=actor)
    return [each.pk for each in granted]


def _give_back(ending: AccountEnding, actor: Actor) -> None:
    for each in Entitlement.objects.filter(pk__in=ending.withdrawn, until__gte=today()):
        entitlements.grant(ending.ended_id, each.service, each.until, actor=actor)


def _target(ending: AccountEnding) -> str:
    return f"retention.AccountEnding:{ending.pk}"
