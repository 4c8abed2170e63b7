"""The one door for phones: a bearer token, of which only a hash is stored."""

import hashlib
import secrets
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import limits, tenancy
from allonce.kernel.accounts.models import Account, Device, User
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound, UserError

TOKEN_BYTES = 32
SCHEME = "Bearer "


class NotADevice(UserError):
    """No token, or one that this server never issued. The phone keeps what it holds."""

    code = "not_a_device"
    status = 401
    message = gettext_lazy("This device is not known here.")


class DeviceUnregistered(UserError):
    """The token was valid once: the phone locks and wipes its store."""

    code = "device_unregistered"
    status = 401
    message = gettext_lazy("This device was unregistered.")


class AccountEnded(UserError):
    """The account's agreement ended. The phone keeps what it holds and says why nothing goes out."""

    code = "account_ended"
    status = 403
    message = gettext_lazy("The agreement of this account has ended. Ask the office.")


@dataclass(frozen=True)
class DeviceAccess:
    """Which phone, of whom, in which account, for one request."""

    device: Device
    user: User
    account: Account
    actor: Actor


def new_token() -> str:
    """256 random bits, told to the device once."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is stored of a token. It is random enough for a plain hash to give nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


def access_device(request: HttpRequest) -> DeviceAccess:
    """Open the account of the device whose token this request carries.

    Raises NotADevice for a missing or unknown token, DeviceUnregistered for one that is no longer good,
    AccountEnded for one of an account whose agreement ended, TooMany where the account's devices and people
    ask too much together. On success only this account's rows are visible to the rest of the request.
    """
    device = _by_token(request)
    if device.state == Device.State.UNREGISTERED:
        raise DeviceUnregistered
    if device.account.ended_at:
        raise AccountEnded
    limits.count_account(device.account_id)
    tenancy.open_account(device.account_id)
    actor = Actor(kind="device", id=device.id)
    return DeviceAccess(device=device, user=device.user, account=device.account, actor=actor)


def access_approved_device(request: HttpRequest) -> DeviceAccess:
    """As `access_device`; to a device that is not approved yet the place does not exist."""
    access = access_device(request)
    if not access.device.is_approved:
        raise NotFound
    return access


def _by_token(request: HttpRequest) -> Device:
    given = request.headers.get("Authorization", "")
    if not given.startswith(SCHEME):
        raise NotADevice
    with tenancy.across_accounts():
        found = Device.objects.filter(token_hash=hash_token(given.removeprefix(SCHEME).strip()))
        device = found.select_related("user", "account").first()
    if device is None:
        raise NotADevice
    return device
