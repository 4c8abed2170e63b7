"""The account's key: set up once by an owner's browser, renewed when a device or a passkey is no longer trusted."""

from collections import Counter
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.keys.points import public_jwk
from allonce.kernel.accounts.keys.services.holders import keep_holder, standing_holders
from allonce.kernel.accounts.keys.services.offers import PRINTED, FirstKey, NewWrap, NotAWrap, Renewal
from allonce.kernel.accounts.keys.services.wraps import KeysMoved, current_key, keep_wrap, keep_wraps
from allonce.kernel.accounts.models import AccountKey, Device, KeyWrap
from allonce.kernel.errors import NotFound, UserError

PROOF_LENGTH = 43


class KeyExists(UserError):
    """The account has a key already; it can only be renewed."""

    code = "key_exists"
    status = 409
    message = gettext_lazy("This account has a key already.")


class NoRecoveryCode(UserError):
    """A key without a printed recovery code could be lost for ever."""

    code = "no_recovery_code"
    status = 422
    message = gettext_lazy("A printed recovery code is needed first.")


@transaction.atomic
def set_up_key(access: AccountAccess, offer: FirstKey) -> AccountKey:
    """Keep generation 1 and its holders; audited. Raises KeyExists, NoRecoveryCode, KeysMoved, NotAWrap."""
    _require_owner(access)
    if current_key(access.account.id):
        raise KeyExists
    if ("recovery", PRINTED) not in {(holder.kind, holder.holder_id) for holder in offer.holders}:
        raise NoRecoveryCode
    key = _make(access, 1, offer.public_key, "")
    for holder in offer.holders:
        keep_holder(access, holder)
    _keep_all(key, offer.wraps)
    _record(access, key, "keys.set_up")
    return key


@transaction.atomic
def renew_key(access: AccountAccess, offer: Renewal) -> AccountKey:
    """Keep the next generation, wrapped for everybody who still holds the key; audited.

    Of the generation before only the wrap to its successor stays. Raises KeysMoved when the generation is not
    the next one or the holders are not exactly the standing ones, or NotAWrap.
    """
    _require_owner(access)
    before = current_key(access.account.id)
    if before is None or offer.generation != before.generation + 1:
        raise KeysMoved
    if len(offer.succession) != PROOF_LENGTH:
        raise NotAWrap
    key = _make(access, offer.generation, offer.public_key, offer.succession)
    KeyWrap.objects.filter(account_key=before).delete()
    keep_wrap(before, KeyWrap.HolderKind.NEXT, str(key.generation), offer.next_wrap)
    _keep_all(key, offer.wraps)
    _record(access, key, "keys.renewed")
    return key


def expected_holders(account_id: UUID) -> set[tuple[str, str]]:
    """Everybody for whom a generation must be wrapped: approved devices, passkeys, the printed code."""
    approved = Device.objects.filter(account_id=account_id, state=Device.State.APPROVED)
    devices = {("device", str(pk)) for pk in approved.values_list("pk", flat=True)}
    return devices | {(holder.kind, holder.holder_id) for holder in standing_holders(account_id)}


def _make(access: AccountAccess, generation: int, public_key: dict[str, object], proof: str) -> AccountKey:
    try:
        with transaction.atomic():
            return AccountKey.objects.create(
                account_id=access.account.id,
                generation=generation,
                public_key=public_jwk(public_key),
                succession=proof,
                made_by_id=access.person.id,
            )
    except IntegrityError as error:
        raise KeysMoved from error


def _keep_all(key: AccountKey, wraps: list[NewWrap]) -> None:
    if Counter(wrap.holder for wrap in wraps) != Counter(expected_holders(key.account_id)):
        raise KeysMoved
    keep_wraps(key, wraps)


def _require_owner(access: AccountAccess) -> None:
    if not access.is_owner or not access.may_write:
        raise NotFound


def _record(access: AccountAccess, key: AccountKey, action: str) -> None:
    audit.record(
        action,
        actor=access.actor,
        account_id=key.account_id,
        target=f"accounts.AccountKey:{key.pk}",
        data={"generation": key.generation},
    )
