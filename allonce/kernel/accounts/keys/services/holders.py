"""Passkeys and the printed code: who holds the account's key besides the devices."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.keys.points import public_jwk
from allonce.kernel.accounts.keys.services.offers import PRINTED, NewHolder, NewWrap, NotAWrap, check_lock
from allonce.kernel.accounts.keys.services.wraps import KeysMoved, current_key, keep_wrap
from allonce.kernel.accounts.models import KeyHolder, KeyWrap, Passkey
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound


def standing_holders(account_id: UUID) -> QuerySet[KeyHolder]:
    """Passkeys and the printed code that hold the key now."""
    return KeyHolder.objects.filter(account_id=account_id, removed_at=None).order_by("made_at")


@transaction.atomic
def add_holder(access: AccountAccess, offer: NewHolder, wrap: NewWrap, generation: int) -> KeyHolder:
    """One's own passkey as a further holder, or a new printed code in place of the old one; audited.

    Raises NotFound for somebody else's passkey or, for the printed code, to anybody but an owner; KeysMoved
    when the wrap is not of the present generation; NotAWrap.
    """
    key = current_key(access.account.id)
    if key is None or key.generation != generation:
        raise KeysMoved
    if wrap.holder != (offer.kind, offer.holder_id):
        raise NotAWrap
    holder = keep_holder(access, offer)
    keep_wrap(key, wrap.holder_kind, wrap.holder_id, wrap.wrapped)
    _record(access, holder, f"keys.{offer.kind}_added")
    return holder


@transaction.atomic
def remove_passkey(access: AccountAccess, holder_id: UUID) -> None:
    """This passkey opens nothing any more; the key should be renewed after it. Audited."""
    holders = standing_holders(access.account.id).filter(kind=KeyHolder.Kind.PASSKEY)
    holder = holders.filter(pk=holder_id).first()
    if holder is None or not (access.is_owner or holder.person_id == access.person.id):
        raise NotFound
    _retire(holder)
    _record(access, holder, "keys.passkey_removed")


def retire_passkey(credential_id: str, *, actor: Actor) -> None:
    """A passkey was removed from a person's sign-in: it holds no account's key any more. Audited."""
    for holder in KeyHolder.objects.filter(kind=KeyHolder.Kind.PASSKEY, holder_id=credential_id, removed_at=None):
        _retire(holder)
        target = f"accounts.KeyHolder:{holder.pk}"
        audit.record("keys.passkey_removed", actor=actor, account_id=holder.account_id, target=target)


def keep_holder(access: AccountAccess, offer: NewHolder) -> KeyHolder:
    """Store a holder in place of an earlier one of its name; for callers that store its wrap and audit."""
    _require_right(access, offer)
    for earlier in standing_holders(access.account.id).filter(kind=offer.kind, holder_id=offer.holder_id):
        _retire(earlier)
    return KeyHolder.objects.create(
        account_id=access.account.id,
        kind=offer.kind,
        holder_id=offer.holder_id,
        person_id=access.person.id if offer.kind == "passkey" else None,
        public_key=public_jwk(offer.public_key),
        locked=check_lock(offer.locked),
    )


def _require_right(access: AccountAccess, offer: NewHolder) -> None:
    if offer.kind == "recovery":
        allowed = access.is_owner and offer.holder_id == PRINTED
    else:
        own = Passkey.objects.filter(person_id=access.person.id, credential_id=offer.holder_id)
        allowed = own.exists()
    if not (access.may_write and allowed):
        raise NotFound


def _retire(holder: KeyHolder) -> None:
    holder.removed_at = now()
    holder.save(update_fields=["removed_at"])
    wraps = KeyWrap.objects.filter(account_id=holder.account_id)
    wraps.filter(holder_kind=holder.kind, holder_id=holder.holder_id).delete()


def _record(access: AccountAccess, holder: KeyHolder, action: str) -> None:
    target = f"accounts.KeyHolder:{holder.pk}"
    audit.record(action, actor=access.actor, account_id=access.account.id, target=target)
