"""Approving a device: a person has compared its fingerprint, and seals the account's key to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.keys.services.wraps import keep_device_wrap
from allonce.kernel.accounts.models import Device
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError


class FingerprintDiffers(UserError):
    """The approver compared another key than the one the device registered with."""

    code = "fingerprint_differs"
    status = 409
    message = gettext_lazy("That is not this device's fingerprint. Look at both screens again.")


@dataclass(frozen=True)
class Approval:
    """What the approver compared, and the account's key sealed to it ("" while there is no key yet)."""

    fingerprint: str
    wrap: str
    generation: int | None = None


def pending_device(account_id: UUID, device_id: UUID) -> Device:
    """A device that waits for approval, or NotFound."""
    devices = Device.objects.filter(account_id=account_id, state=Device.State.PENDING)
    device = devices.filter(pk=device_id).select_related("user").first()
    if device is None:
        raise NotFound
    return device


@transaction.atomic
def approve_device(account_id: UUID, device_id: UUID, approval: Approval, *, actor: Actor) -> Device:
    """Approve a waiting device; audited. The caller has let in an owner or an approved device.

    Raises NotFound, FingerprintDiffers, or what `keep_device_wrap` raises.
    """
    device = pending_device(account_id, device_id)
    if approval.fingerprint.split() != (device.fingerprint or "").split():
        raise FingerprintDiffers
    keep_device_wrap(device, approval.wrap, approval.generation)
    device.state = Device.State.APPROVED
    device.approved_at = now()
    device.save(update_fields=["state", "approved_at"])
    target = f"accounts.Device:{device.id}"
    audit.record("device.approved", actor=actor, account_id=account_id, target=target)
    return device
