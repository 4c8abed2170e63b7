"""What phones and the office are told of Users and devices."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.kernel.accounts.devices.ports import latest_catalogue, sync_parts
from allonce.kernel.accounts.devices.services.registration import SERVICE, Registered
from allonce.kernel.accounts.devices.services.unregistering import LIVE
from allonce.kernel.accounts.keys.queries import keys_for_device
from allonce.kernel.accounts.models import Account, Device, RegistrationRequest, User
from allonce.kernel.clock import now


@dataclass(frozen=True)
class UserRow:
    """One line of the list of Users: the User and the device they work on, if any."""

    user: User
    device: Device | None
    latest: int

    @property
    def state(self) -> str:
        """The device's state, "none" without one, "inactive" for a User switched off."""
        if not self.user.active:
            return "inactive"
        return self.device.state if self.device else "none"

    @property
    def behind(self) -> bool:
        """Whether the phone holds an older Catalogue than the one published."""
        return self.device is not None and (self.device.catalogue_version or 0) < self.latest


def registered_answer(made: Registered) -> dict[str, Any]:
    """The answer to a registration, with the token for the only time."""
    device = made.device
    return {
        "device_id": device.id,
        "token": made.token,
        "state": device.state,
        "mark": device.mark,
        "account": _account(device.account),
        "user": _user(device.user),
    }


def sync_answer(access: DeviceAccess) -> dict[str, Any]:
    """The answer to a synchronisation; raises NotSubscribed while the account may not use Mobile."""
    entitlements.require(access.account.id, SERVICE)
    device = access.device
    return {
        "state": "active",
        "server_time": now(),
        "device": {
            "id": device.id,
            "state": device.state,
            "fingerprint": device.fingerprint,
            "mark": device.mark,
        },
        "account": _account(access.account) | {"email": access.account.email},
        "user": _user(access.user),
        "keys": keys_for_device(device),
        **sync_parts(access),
    }


def pending_devices(account_id: UUID) -> list[dict[str, Any]]:
    """Devices that wait for approval, with what an approver needs."""
    waiting = Device.objects.filter(account_id=account_id, state=Device.State.PENDING)
    return [_pending(device) for device in waiting.select_related("user").order_by("registered_at")]


def user_rows(account_id: UUID) -> list[UserRow]:
    """All Users of the account by User ID, those switched off last."""
    live = Prefetch("devices", Device.objects.filter(state__in=LIVE), to_attr="live_devices")
    users = User.objects.filter(account_id=account_id).prefetch_related(live)
    latest = latest_catalogue(account_id)
    return [UserRow(user, next(iter(_live(user)), None), latest) for user in users.order_by("-active", "user_id")]


def open_requests(account_id: UUID) -> QuerySet[RegistrationRequest]:
    """Refused tries that nobody has dealt with, newest first."""
    requests = RegistrationRequest.objects.filter(account_id=account_id, closed_at=None)
    return requests.select_related("user").order_by("-last_at")


def _live(user: User) -> list[Device]:
    found: list[Device] = user.live_devices  # type: ignore[attr-defined]  # set by the prefetch
    return found


def _pending(device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "user_id": device.user.user_id,
        "user_name": device.user.name,
        "fingerprint": device.fingerprint,
        "seal_key": device.seal_key,
        "registered_at": device.registered_at,
    }


def _account(account: Account) -> dict[str, Any]:
    return {"id": account.id, "name": account.name}


def _user(user: User) -> dict[str, Any]:
    return {"user_id": user.user_id, "name": user.name, "max_discount_bp": user.max_discount_bp}
