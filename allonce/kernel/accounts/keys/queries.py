"""What phones and the office are told of the account's key. All of it is public or ciphertext."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.keys.points import fingerprint
from allonce.kernel.accounts.keys.services.holders import standing_holders
from allonce.kernel.accounts.keys.services.wraps import current_key
from allonce.kernel.accounts.models import AccountKey, Device, KeyHolder, KeyWrap, Passkey

Wraps = dict[tuple[str, str], str]


@dataclass(frozen=True)
class HolderRow:
    """One line of the list of holders."""

    id: UUID
    kind: str
    name: str
    person_name: str
    made_at: Any
    mine: bool


def keys_for_device(device: Device) -> dict[str, Any] | None:
    """The `keys` member of a synchronisation: the wrap is None until the device is approved."""
    key = current_key(device.account_id)
    if key is None:
        return None
    wrap = _wraps(key).get(("device", str(device.id)))
    return _chain(key) | {"wrap": wrap, "previous": _previous(key) if wrap else []}


def keys_for_office(access: AccountAccess) -> dict[str, Any]:
    """All that a browser of the office needs to unlock, renew, approve and open."""
    account_id = access.account.id
    key = current_key(account_id)
    wraps = _wraps(key) if key else {}
    return {
        "account_id": str(account_id),
        "key": _chain(key) if key else None,
        "previous": _previous(key) if key else [],
        "holders": [_holder(holder, wraps, access) for holder in standing_holders(account_id)],
        "devices": [_device(device, wraps) for device in approved_devices(account_id)],
        "passkeys": list(Passkey.objects.filter(person=access.person).values_list("credential_id", flat=True)),
    }


def approved_devices(account_id: UUID) -> list[Device]:
    """Devices that hold the key."""
    devices = Device.objects.filter(account_id=account_id, state=Device.State.APPROVED)
    return list(devices.select_related("user").order_by("user__user_id"))


def holder_rows(access: AccountAccess) -> list[HolderRow]:
    """Passkeys and the printed code, for the list on the page."""
    holders = list(standing_holders(access.account.id).select_related("person"))
    names = {
        passkey.credential_id: passkey.name
        for passkey in Passkey.objects.filter(credential_id__in=[holder.holder_id for holder in holders])
    }
    return [_row(holder, names.get(holder.holder_id, ""), access) for holder in holders]


def renewal_due(account_id: UUID) -> bool:
    """Whether somebody who held the present key holds it no longer: an unregistered device, a removed passkey."""
    key = current_key(account_id)
    if key is None:
        return False
    gone = Device.objects.filter(account_id=account_id, approved_at__isnull=False)
    removed = KeyHolder.objects.filter(account_id=account_id, kind=KeyHolder.Kind.PASSKEY)
    return gone.filter(unregistered_at__gt=key.made_at).exists() or removed.filter(removed_at__gt=key.made_at).exists()


def _chain(key: AccountKey) -> dict[str, Any]:
    return {
        "generation": key.generation,
        "public_key": key.public_key,
        "fingerprint": fingerprint(key.public_key),
        "succession": key.succession,
    }


def _previous(key: AccountKey) -> list[dict[str, Any]]:
    older = AccountKey.objects.filter(account_id=key.account_id, generation__lt=key.generation)
    sealed = {
        wrap.account_key_id: wrap.wrapped
        for wrap in KeyWrap.objects.filter(account_id=key.account_id, holder_kind=KeyWrap.HolderKind.NEXT)
    }
    return [_chain(old) | {"wrap": sealed[old.pk]} for old in older.order_by("-generation")]


def _wraps(key: AccountKey) -> Wraps:
    return {(wrap.holder_kind, wrap.holder_id): wrap.wrapped for wrap in key.wraps.all()}


def _holder(holder: KeyHolder, wraps: Wraps, access: AccountAccess) -> dict[str, Any]:
    mine = holder.person_id in (None, access.person.id)
    return {
        "kind": holder.kind,
        "holder_id": holder.holder_id,
        "public_key": holder.public_key,
        "locked": holder.locked if mine else None,
        "wrap": wraps.get((holder.kind, holder.holder_id)),
    }


def _device(device: Device, wraps: Wraps) -> dict[str, Any]:
    return {
        "id": str(device.id),
        "name": device.name,
        "user_id": device.user.user_id,
        "public_key": device.seal_key,
        "wrap": wraps.get(("device", str(device.id))),
    }


def _row(holder: KeyHolder, name: str, access: AccountAccess) -> HolderRow:
    return HolderRow(
        id=holder.pk,
        kind=holder.kind,
        name=name,
        person_name=holder.person.name if holder.person else "",
        made_at=holder.made_at,
        mine=holder.person_id == access.person.id,
    )
