"""Everything the accounts room stores, one file per concern."""

from allonce.kernel.accounts.models.devices import Device, RegistrationCode, RegistrationRequest, User
from allonce.kernel.accounts.models.entitlements import Entitlement
from allonce.kernel.accounts.models.keys import AccountKey, KeyHolder, KeyWrap
from allonce.kernel.accounts.models.looks import StaffLook
from allonce.kernel.accounts.models.organisations import Account, Invitation, Membership
from allonce.kernel.accounts.models.passkeys import Passkey
from allonce.kernel.accounts.models.people import Person, RecoveryCode
from allonce.kernel.accounts.models.sessions import SignInSession, UsedBrowser
from allonce.kernel.accounts.models.staff import Duty, StaffDuty
from allonce.kernel.accounts.models.throttling import ThrottleCount
from allonce.kernel.accounts.models.tokens import MailedToken, SignUpRequest

__all__ = [
    "Account",
    "AccountKey",
    "Device",
    "Duty",
    "Entitlement",
    "Invitation",
    "KeyHolder",
    "KeyWrap",
    "MailedToken",
    "Membership",
    "Passkey",
    "Person",
    "RecoveryCode",
    "RegistrationCode",
    "RegistrationRequest",
    "SignInSession",
    "SignUpRequest",
    "StaffDuty",
    "StaffLook",
    "ThrottleCount",
    "UsedBrowser",
    "User",
]
