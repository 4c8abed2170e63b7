"""Webhooks hold what they tell only until it has arrived, or until nobody replayed it for a month."""

from allonce.kernel.declarations import PD, declare

declare(
    "post_webhooks.Endpoint",
    subject="account_id",
    id="none",
    account_id="none",
    url=PD("business", "service", "account_end", source="account"),
    secret=PD("credential", "service", "account_end", export=False, source="us"),
    old_secret=PD("credential", "service", "account_end", export=False, source="us"),
    old_until="none",
    events=("none", "codes of our own"),
    enabled="none",
    created_at="none",
    rotated_at="none",
)
declare(
    "post_webhooks.Delivery",
    subject="account_id",
    since="created_at",
    id="none",
    account_id="none",
    endpoint="none",
    event=("none", "a code of our own"),
    event_id="none",
    target_hash=("none", "a keyed hash of an id that we made, or of a business's web address"),
    content=PD(
        category="content",
        purpose="delivery",
        retention="days_30",
        erase="null",
        export=False,
        free_text=True,
        source="account",
        recipients=("account",),
    ),
    state="none",
    status=("none", "an HTTP status or a code from our own list"),
    attempts="none",
    created_at="none",
    next_try_at="none",
    settled_at="none",
)
