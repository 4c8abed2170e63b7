"""Keeping wraps of the account's present key."""

from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.keys.services.offers import NewWrap, NotAWrap, check_wrap
from allonce.kernel.accounts.models import AccountKey, Device, KeyWrap
from allonce.kernel.errors import UserError


class KeysMoved(UserError):
    """Somebody else changed the account's key or its holders meanwhile: load the page again."""

    code = "keys_moved"
    status = 409
    message = gettext_lazy("The key or its holders changed meanwhile. Please start again.")


def current_key(account_id: UUID) -> AccountKey | None:
    """The newest generation, or None before the owner has set a key up."""
    return AccountKey.objects.filter(account_id=account_id).order_by("-generation").first()


def keep_wraps(key: AccountKey, wraps: list[NewWrap]) -> None:
    """Store these wraps of this generation, replacing what its holders had. Raises NotAWrap."""
    for wrap in wraps:
        keep_wrap(key, wrap.holder_kind, wrap.holder_id, wrap.wrapped)


def keep_wrap(key: AccountKey, holder_kind: str, holder_id: str, wrapped: str) -> None:
    """Store one wrap of this generation, replacing the one this holder had. Raises NotAWrap."""
    check_wrap(wrapped)
    place = {"account_key": key, "holder_kind": holder_kind, "holder_id": holder_id}
    KeyWrap.objects.filter(**place).delete()
    KeyWrap.objects.create(account_id=key.account_id, wrapped=wrapped, **place)


def keep_device_wrap(device: Device, wrapped: str, generation: int | None) -> None:
    """The wrap for a device being approved; "" is right only while the account has no key.

    Raises KeysMoved when the wrap is of another generation than the present one, or NotAWrap.
    """
    key = current_key(device.account_id)
    if generation is not None and generation != (key.generation if key else 0):
        raise KeysMoved
    if key is None and not wrapped:
        return
    if key is None:
        raise NotAWrap
    keep_wrap(key, KeyWrap.HolderKind.DEVICE, str(device.id), wrapped)
