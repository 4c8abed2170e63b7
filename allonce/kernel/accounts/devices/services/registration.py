"""A phone asks to be registered: with the account's email and a User ID, and perhaps a code from Setup.

Whoever has no code learns nothing from a refusal: wrong email, unknown ID, lapsed subscription and a taken ID
give one and the same answer. The account's people see the try in Setup instead.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts import entitlements, tenancy
from allonce.kernel.accounts.devices.access import hash_token, new_token
from allonce.kernel.accounts.devices.marks import next_mark
from allonce.kernel.accounts.devices.services.asked import note_refusal, was_told
from allonce.kernel.accounts.devices.services.codes import code_of, use_code
from allonce.kernel.accounts.devices.services.unregistering import LIVE
from allonce.kernel.accounts.keys.points import fingerprint, public_jwk
from allonce.kernel.accounts.models import Account, Device, RegistrationCode, RegistrationRequest, User
from allonce.kernel.audit import Actor
from allonce.kernel.errors import UserError

SERVICE = "field"
Reason = RegistrationRequest.Reason


class NotRegistered(UserError):
    """The one answer to everybody who has no code from Setup, whatever was wrong."""

    code = "not_registered"
    status = 403
    message = gettext_lazy("This email and User ID cannot be registered on this device. Ask your office.")


class NoSubscription(NotRegistered):
    """Named only to whoever holds a code, or after the owner was asked."""

    code = "no_subscription"
    message = gettext_lazy("Your firm's subscription is not running. Ask your office.")


class OtherDevice(NotRegistered):
    """Named only to whoever holds a code, or after the owner was asked."""

    code = "other_device"
    message = gettext_lazy("Another device is registered for this User ID. Your office can unregister it.")


NAMED = {Reason.NO_SUBSCRIPTION: NoSubscription, Reason.OTHER_DEVICE: OtherDevice}


@dataclass(frozen=True)
class Asking:
    """What a phone sends to be registered."""

    email: str
    user_id: str
    code: str
    device_name: str
    platform: str
    seal_key: dict[str, Any]


@dataclass(frozen=True)
class Registered:
    """A device, and its token for the only time that anybody sees it."""

    device: Device
    token: str


@dataclass(frozen=True)
class _Found:
    """What an asking matches, and why it cannot be registered, if so."""

    account: Account | None
    user: User | None
    device: Device | None
    reason: Reason | None


def register(asking: Asking) -> Registered:
    """Register the device to the User; audited. Raises NotRegistered, or its named kinds, or NotAPublicKey."""
    print_ = fingerprint(asking.seal_key)
    with tenancy.across_accounts():
        made = _registered(asking, print_)
    tenancy.open_account(made.device.account_id)
    return made


def holds_code(asking: Asking) -> bool:
    """Whether the code that was typed is the standing one of the User that was named."""
    if not asking.code:
        return False
    with tenancy.across_accounts():
        user = _user_of(_account_of(asking.email), asking.user_id)
        return user is not None and code_of(user, asking.code) is not None


def _registered(asking: Asking, print_: str) -> Registered:
    found = _find(asking, print_)
    code = code_of(found.user, asking.code) if found.user and asking.code else None
    if found.account and found.user and not found.reason:
        made = _make_device(found, asking, code)
        if made:
            return made
    raise _refusal(found, asking, print_, code)


def _find(asking: Asking, print_: str) -> _Found:
    account = _account_of(asking.email)
    user = _user_of(account, asking.user_id)
    device = Device.objects.filter(user=user, state__in=LIVE).first() if user else None
    return _Found(account, user, device, _reason(account, user, device, print_))


def _account_of(email: str) -> Account | None:
    account = Account.objects.with_email(email.strip())
    return account if account and account.kind == Account.Kind.SUBSCRIBER else None


def _user_of(account: Account | None, user_id: str) -> User | None:
    if account is None:
        return None
    return User.objects.filter(account=account, user_id=user_id.strip().upper(), active=True).first()


def _reason(account: Account | None, user: User | None, device: Device | None, print_: str) -> Reason | None:
    if account is None or user is None:
        return Reason.UNKNOWN_USER
    if not entitlements.allows(account.id, SERVICE):
        return Reason.NO_SUBSCRIPTION
    if device is not None and not _answer_was_lost(device, print_):
        return Reason.OTHER_DEVICE
    return None


def _answer_was_lost(device: Device, print_: str) -> bool:
    """The same phone again, which never used the token it was given: our answer did not arrive."""
    return device.fingerprint == print_ and device.last_seen_at is None and not device.is_approved


def _make_device(found: _Found, asking: Asking, code: RegistrationCode | None) -> Registered | None:
    """None when another phone of the same User was quicker."""
    assert found.user is not None
    token = new_token()
    try:
        with transaction.atomic():
            device = found.device or _new_device(found.user, asking)
            device.token_hash = hash_token(token)
            device.save()
            if code:
                use_code(code)
            _record(device)
    except IntegrityError:
        return None
    return Registered(device, token)


def _new_device(user: User, asking: Asking) -> Device:
    return Device(
        account_id=user.account_id,
        user=user,
        name=asking.device_name.strip(),
        platform=asking.platform.strip(),
        mark=next_mark(Device.objects.filter(user=user).count()),
        seal_key=public_jwk(asking.seal_key),
        fingerprint=fingerprint(asking.seal_key),
    )


def _record(device: Device) -> None:
    actor = Actor(kind="device", id=device.id)
    target = f"accounts.User:{device.user_id}"
    audit.record("device.registered", actor=actor, account_id=device.account_id, target=target)


def _refusal(found: _Found, asking: Asking, print_: str, code: RegistrationCode | None) -> NotRegistered:
    if found.account is None:
        return NotRegistered()
    reason = found.reason or Reason.OTHER_DEVICE
    may_know = code is not None or was_told(found.account.id, print_)
    note_refusal(found.account.id, found.user, reason, asking.device_name, print_)
    return NAMED.get(reason, NotRegistered)() if may_know else NotRegistered()
