"""Letters hold contents only until they are settled; what stays is their fate."""

from allonce.kernel.declarations import PD, declare

LETTER = PD(category="delivery", purpose="delivery", retention="days_7", export=False, free_text=True, source="account")

declare(
    "post.OutboxMail",
    subject="@scope",
    id="none",
    kind="none",
    scope_kind="none",
    scope_id="none",
    state="none",
    reason=("none", "a code from our own list"),
    attempts="none",
    message_hash=("none", "a keyed hash of an id that we made"),
    created_at="none",
    settled_at="none",
)
declare(
    "post.AccountContent",
    subject="@owner",
    since="created_at",
    id="none",
    owner_id="none",
    mail=LETTER,
    created_at="none",
)
declare(
    "post.PersonContent",
    subject="@owner",
    since="created_at",
    id="none",
    owner_id="none",
    mail=LETTER,
    created_at="none",
)
declare(
    "post.InstallContent",
    subject="@addressee",
    since="created_at",
    id="none",
    owner_id="none",
    mail=LETTER,
    address_hash=PD("contact", "delivery", "days_7", export=False, keyed_hash=True),
    created_at="none",
)
declare(
    "post.RelayName",
    subject=None,
    relay_hash="none",
    message_hash=("none", "a keyed hash of an id that we made"),
    created_at="none",
)
declare(
    "post.DeliveryEvent",
    subject=None,
    id="none",
    event_hash="none",
    message_hash=("none", "a keyed hash of an id that we made"),
    state="none",
    reason=("none", "a code from our own list"),
    at="none",
)
