"""What quoting stores. Orders are not here: the server never keeps one."""

from allonce.kernel.declarations import NONE, PD, declare

declare(
    "quoting.DocumentSettings",
    subject="account",
    id=NONE,
    account=NONE,
    brand=PD("business", "service", "account_end", free_text=True),
    logo=PD("business", "service", "account_end"),
    changed_at=NONE,
)
declare(
    "quoting.Delivery",
    since="at",
    subject="account",
    id=NONE,
    account=NONE,
    device=NONE,
    user=NONE,
    job_ref=NONE,
    revision=NONE,
    role=NONE,
    state=NONE,
    reason=("none", "a code from our own list"),
    at=NONE,
    created_at=NONE,
    recipient_hash=PD("delivery", "delivery", "days_90", export=False, keyed_hash=True),
    message_hash=("none", "a keyed hash of an id that we made"),
    label=PD("delivery", "delivery", "days_90"),
    sends=NONE,
    attempts=NONE,
    claim=NONE,
    claimed_until=NONE,
)
