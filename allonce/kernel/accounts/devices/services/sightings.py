"""What a device tells of itself when it synchronises."""

from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.kernel.accounts.models import Device
from allonce.kernel.clock import now


def note_contact(access: DeviceAccess, catalogue_version: int, app_version: str) -> None:
    """Remember when the device was here, which catalogue version it holds (0 for none) and which app it runs."""
    Device.objects.filter(pk=access.device.pk).update(
        last_seen_at=now(), catalogue_version=catalogue_version or None, app_version=app_version
    )
