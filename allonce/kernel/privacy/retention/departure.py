"""An ended account's way out, step by step. Each step may be cut short anywhere and is then done again whole."""

from typing import Any

import structlog
from django.db import models, transaction

from allonce.kernel import audit
from allonce.kernel.accounts.models import Account, Invitation, Membership, StaffLook
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now, today
from allonce.kernel.post.models import AccountContent, OutboxMail
from allonce.kernel.post.push.models import Subscription
from allonce.kernel.privacy import ledger
from allonce.kernel.privacy.retention import keeping, letters
from allonce.kernel.privacy.retention.holding import whole_is_held
from allonce.kernel.privacy.retention.models import AccountEnding, Farewell
from allonce.kernel.privacy.retention.owners import rows_of, tables_of_accounts
from allonce.kernel.privacy.retention.plan import plan_of
from allonce.kernel.vault import Scope, destroy_key, files

log = structlog.get_logger("allonce.retention")
BATCH = 500


def advance_all() -> int:
    """Take every ended account as far as today allows; one that fails does not keep the others waiting.

    Call it outside a transaction. Raises the last failure after all were tried. Returns how many accounts are gone.
    """
    finished, failure = 0, None
    for ending in AccountEnding.objects.filter(finished_at=None, undone_at=None).order_by("started_at"):
        try:
            finished += advance(ending)
        except Exception as error:
            failure = error
            log.error("ending_stuck", exc_info=error, ending=ending.pk)
    if failure is not None:
        raise failure
    return finished


def advance(ending: AccountEnding) -> bool:
    """Do the steps that are due and not done; True once nothing is left. A legal hold on the account stops it."""
    plan = plan_of(ending)
    if today() >= plan.warned_on and ending.warned_at is None:
        warn(ending)
    if today() < plan.closed_on or whole_is_held(scope_of(ending)):
        return False
    if ending.closed_at is None and not close(ending):
        return False
    if ending.key_destroyed_at is None:
        destroy(ending)
    if today() < plan.gone_on:
        return False
    remove(ending)
    return True


def warn(ending: AccountEnding) -> None:
    """Remind the owners."""
    with transaction.atomic():
        if _is_still(ending, warned_at=None):
            letters.remind(Account.objects.get(pk=ending.ended_id), plan_of(ending))
            _mark(ending, "warned_at")


def close(ending: AccountEnding) -> bool:
    """Copy what must be kept, write the last mails, and let nobody in: the last step that needs the account's key.

    False if an owner took the end back at the last moment.
    """
    scope = scope_of(ending)
    keeping.keep_by_law(scope)
    keeping.keep_held(scope)
    with transaction.atomic():
        if not _is_still(ending, undone_at=None):
            return False
        account = Account.objects.get(pk=ending.ended_id)
        words = letters.farewell(account, plan_of(ending), keeping.kept_of(scope))
        for membership in Membership.objects.filter(account=account, role=Role.OWNER):
            Farewell.objects.get_or_create(ending=ending, person_id=membership.person_id, defaults={"words": words})
        _forget_ways_in(account)
        Account.objects.filter(pk=account.pk).update(closed_at=now())
        _mark(ending, "closed_at")
    return True


def destroy(ending: AccountEnding) -> None:
    """Write the erasure down where no restore forgets it, then destroy the key."""
    scope = scope_of(ending)
    ledger.note_erasure(scope)
    destroy_key(scope)
    _mark(ending, "key_destroyed_at")


def remove(ending: AccountEnding) -> None:
    """Delete the account's rows and files and say farewell."""
    scope = scope_of(ending)
    remove_everything(scope)
    with transaction.atomic():
        if not _is_still(ending, finished_at=None):
            return
        for farewell in Farewell.objects.select_for_update().filter(ending=ending).select_related("person"):
            letters.say_farewell(farewell.person, farewell.words)
        Farewell.objects.filter(ending=ending).delete()
        _mark(ending, "finished_at")
        target = f"retention.AccountEnding:{ending.pk}"
        audit.record("account.erased", actor=SYSTEM, account_id=ending.ended_id, target=target)


def remove_everything(scope: Scope) -> None:
    """Delete all rows and files of an account, in steps that each commit; the account's own row goes last."""
    for model in tables_of_accounts():
        if model is not Account:
            _empty(rows_of(scope, model))
    _empty(OutboxMail.objects.filter(scope_kind="account", scope_id=scope.id))
    files.delete_scope(scope)
    _empty(rows_of(scope, Account))


def scope_of(ending: AccountEnding) -> Scope:
    """Whose end it is."""
    return Scope("account", ending.ended_id)


def _forget_ways_in(account: Account) -> None:
    """Rows whose sealed words somebody or some job would otherwise still try to open."""
    Membership.objects.filter(account=account).delete()
    Invitation.objects.filter(account=account).delete()
    StaffLook.objects.filter(account=account, ended_at=None).update(ended_at=now())
    AccountContent._default_manager.filter(owner_id=account.id).delete()
    waiting = OutboxMail.objects.filter(scope_kind="account", scope_id=account.id, state=OutboxMail.State.WAITING)
    waiting.update(state=OutboxMail.State.FAILED, settled_at=now())
    Subscription._default_manager.filter(account_id=account.id).delete()


def _empty(rows: models.QuerySet[Any]) -> None:
    while ids := list(rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows.model._base_manager.filter(pk__in=ids).delete()


def _is_still(ending: AccountEnding, **state: None) -> bool:
    """False if somebody else has done this, or undone it, meanwhile; asked under the row's lock."""
    return AccountEnding.objects.select_for_update().filter(pk=ending.pk, **state).exists()


def _mark(ending: AccountEnding, name: str) -> None:
    setattr(ending, name, now())
    ending.save(update_fields=[name])
