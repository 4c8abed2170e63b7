"""Taking a device out of service: it wipes itself at its next contact, and its User may register another."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Device, KeyWrap, User
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound

LIVE = (Device.State.PENDING, Device.State.APPROVED)


def device_of(access: AccountAccess, device_id: UUID) -> Device:
    """A device of this account that is in service, or NotFound."""
    devices = Device.objects.filter(account_id=access.account.id, pk=device_id, state__in=LIVE)
    device = devices.select_related("user").first()
    if device is None:
        raise NotFound
    return device


@transaction.atomic
def unregister_device(access: AccountAccess, device: Device) -> None:
    """End a device's service and take its wraps of the account's key away; audited."""
    if not access.may_write:
        raise NotFound
    _unregister(device, access.actor)


def unregister_devices_of(user: User, *, actor: Actor) -> None:
    """As `unregister_device`, for whatever this User works on; for callers that have checked permission."""
    for device in Device.objects.filter(user=user, state__in=LIVE):
        _unregister(device, actor)


def _unregister(device: Device, actor: Actor) -> None:
    device.state = Device.State.UNREGISTERED
    device.unregistered_at = now()
    device.save(update_fields=["state", "unregistered_at"])
    KeyWrap.objects.filter(
        account_id=device.account_id, holder_kind=KeyWrap.HolderKind.DEVICE, holder_id=str(device.id)
    ).delete()
    target = f"accounts.Device:{device.id}"
    audit.record("device.unregistered", actor=actor, account_id=device.account_id, target=target)
