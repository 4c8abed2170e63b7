"""What each field of Users and devices is for."""

from allonce.kernel.declarations import PD, declare

SHOWN_IN_QUOTES = "it stands in quote numbers, tells Users apart and says nothing outside the account"
DEVICE = PD(
    category="device",
    purpose="service",
    retention="device_end",
    erase="null",
    plain_because="a public key, or a hash of it",
)

declare(
    "accounts.User",
    subject="account",
    id="none",
    account="none",
    user_id=PD(category="identity", purpose="service", retention="account_end", plain_because=SHOWN_IN_QUOTES),
    name=PD(category="identity", purpose="service", retention="account_end"),
    max_discount_bp="none",
    active="none",
    created_at="none",
)
declare(
    "accounts.Device",
    since="unregistered_at",
    subject="account",
    id="none",
    account="none",
    user="none",
    name=PD(category="device", purpose="service", retention="device_end", erase="null"),
    platform="none",
    mark="none",
    state="none",
    token_hash=PD(
        category="credential",
        purpose="security",
        retention="account_end",
        export=False,
        plain_because="a hash of 256 random bits; by it a phone that comes back late still learns to wipe itself",
    ),
    seal_key=DEVICE,
    fingerprint=DEVICE,
    registered_at="none",
    approved_at="none",
    unregistered_at="none",
    last_seen_at=PD(
        category="technical",
        purpose="service",
        retention="device_end",
        erase="null",
        plain_because="Setup lists devices by it, and it is a bare time",
    ),
    catalogue_version="none",
    app_version="none",
)
declare(
    "accounts.RegistrationCode",
    subject="account",
    id="none",
    account="none",
    user="none",
    code_hash=PD(category="credential", purpose="security", retention="account_end", export=False, keyed_hash=True),
    issued_by="none",
    issued_at="none",
    expires_at="none",
    used_at="none",
)
declare(
    "accounts.RegistrationRequest",
    since="last_at",
    subject="account",
    id="none",
    account="none",
    user="none",
    reason=("none", "one of three codes of our own"),
    device_name=PD(category="device", purpose="security", retention="days_30", source="device"),
    fingerprint=PD(category="device", purpose="security", retention="days_30", plain_because="a hash of a public key"),
    tries="none",
    first_at="none",
    last_at="none",
    told_at="none",
    closed_at="none",
)
