"""What each field of the accounts room is for."""

import allonce.kernel.accounts.devices.privacy
import allonce.kernel.accounts.keys.privacy  # noqa: F401  declares the keys
from allonce.kernel.declarations import PD, declare

_PERSON_NAME = PD(category="identity", purpose="account", retention="person_end", rectify=True)
_PERSON_EMAIL = PD(category="contact", purpose="account", retention="person_end")
_PASSWORD = PD(
    category="credential",
    purpose="account",
    retention="person_end",
    export=False,
    plain_because="only a salted Argon2 hash is stored",
)
_DEVICE_NAME = PD(category="technical", purpose="security", retention="session_end")

declare(
    "accounts.Person",
    subject="self",
    id="none",
    password=_PASSWORD,
    email=_PERSON_EMAIL,
    email_index=PD(category="contact", purpose="account", retention="person_end", export=False, keyed_hash=True),
    address_index=PD(category="contact", purpose="account", retention="person_end", export=False, keyed_hash=True),
    name=_PERSON_NAME,
    created_at="none",
    email_verified_at="none",
    password_changed_at="none",
    password_change_required="none",
    second_factor="none",
    suspended_at="none",
)
declare(
    "accounts.RecoveryCode",
    subject="person",
    id="none",
    person="none",
    code_hash=PD(category="credential", purpose="security", retention="person_end", export=False, keyed_hash=True),
    used_at="none",
)
declare(
    "accounts.MailedToken",
    since="expires_at",
    subject="person",
    id="none",
    person="none",
    account="none",
    purpose="none",
    email=PD(category="contact", purpose="account", retention="mailed_link"),
    expires_at="none",
    used_at="none",
)
declare(
    "accounts.SignUpRequest",
    since="expires_at",
    subject="@email",
    id="none",
    email=PD(category="contact", purpose="account", retention="mailed_link"),
    address_index=PD(category="contact", purpose="account", retention="mailed_link", export=False, keyed_hash=True),
    expires_at="none",
    used_at="none",
)
declare(
    "accounts.Account",
    subject="self",
    id="none",
    kind="none",
    name=PD(category="business", purpose="account", retention="account_end"),
    email=PD(category="contact", purpose="account", retention="account_end"),
    email_index=PD(category="contact", purpose="account", retention="account_end", export=False, keyed_hash=True),
    created_at="none",
    ended_at="none",
    closed_at="none",
)
declare(
    "accounts.Membership",
    subject="person",
    id="none",
    account="none",
    person="none",
    role=PD(
        category="identity",
        purpose="account",
        retention="membership_end",
        plain_because="one of three codes, meaningless without the person's sealed name",
    ),
    created_at="none",
)
declare(
    "accounts.Invitation",
    since="created_at",
    subject="@email",
    id="none",
    account="none",
    email=PD(category="contact", purpose="account", retention="days_30", source="colleague"),
    email_index=PD(category="contact", purpose="account", retention="days_30", export=False, keyed_hash=True),
    address_index=PD(category="contact", purpose="account", retention="days_30", export=False, keyed_hash=True),
    role="none",
    invited_by="none",
    created_at="none",
    expires_at="none",
    accepted_at="none",
    withdrawn_at="none",
)
declare(
    "accounts.SignInSession",
    since="last_seen_at",
    subject="person",
    id="none",
    person="none",
    account="none",
    look="none",
    device=_DEVICE_NAME,
    browser=PD(
        category="credential",
        purpose="account",
        retention="session_end",
        export=False,
        plain_because="a hash of the browser's cookie, as the browser sessions themselves keep it",
    ),
    created_at="none",
    last_seen_at="none",
    second_factor_at="none",
    ended_at="none",
)
declare(
    "accounts.UsedBrowser",
    subject="person",
    id="none",
    account="none",
    person="none",
    carrier="none",
    name=PD(category="technical", purpose="security", retention="account_end"),
    begun_at="none",
)
declare(
    "accounts.Passkey",
    subject="person",
    id="none",
    person="none",
    name=PD(category="device", purpose="account", retention="person_end", free_text=True, rectify=True),
    credential_id=PD(
        category="credential",
        purpose="account",
        retention="person_end",
        plain_because="a random number of the passkey's own; sign-in must find its row by it",
    ),
    public_key=PD(
        category="credential",
        purpose="account",
        retention="person_end",
        plain_because="a public key opens nothing",
    ),
    sign_count="none",
    transports=("none", "how a passkey can be reached: usb, nfc, internal"),
    backed_up="none",
    prf="none",
    created_at="none",
    last_used_at="none",
)
declare(
    "accounts.Entitlement",
    subject=None,
    id="none",
    account="none",
    service="none",
    until="none",
    granted_at="none",
    granted_by="none",
    withdrawn_at="none",
)
declare(
    "accounts.StaffDuty",
    subject="person",
    id="none",
    person="none",
    duty=PD(
        category="identity",
        purpose="security",
        retention="person_end",
        source="colleague",
        plain_because="one of five codes, meaningless without the person's sealed name",
    ),
    granted_by="none",
    granted_at="none",
    withdrawn_at="none",
)
declare(
    "accounts.StaffLook",
    subject=None,
    id="none",
    account="none",
    staff="none",
    audit_look_id="none",
    started_at="none",
    until="none",
    ended_at="none",
)
declare(
    "accounts.ThrottleCount",
    subject=None,
    id="none",
    key_hash=("none", "a keyed hash that is gone within the hour or the day it counts for"),
    window_start="none",
    expires_at="none",
    count="none",
)
