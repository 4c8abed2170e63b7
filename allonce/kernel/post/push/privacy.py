"""A browser's push address is its person's; what is sent there is held only until it has been taken."""

from allonce.kernel.declarations import PD, declare

CARRIED = ("push_service",)

declare(
    "post_push.Subscription",
    subject="person_id",
    id="none",
    person_id="none",
    account_id="none",
    use=("none", "a code of our own"),
    info=PD("device", "delivery", "person_end", export=False, source="device", recipients=CARRIED),
    endpoint_hash=PD("device", "delivery", "person_end", export=False, keyed_hash=True, source="device"),
    service=("none", "the name of a push service"),
    created_at="none",
    reached_at="none",
)
declare(
    "post_push.Push",
    subject="person_id",
    since="created_at",
    id="none",
    person_id="none",
    subscription="none",
    key=("none", "an id that the caller made"),
    topic=("none", "a code that the caller made"),
    ttl="none",
    payload=PD("content", "delivery", "days_7", export=False, free_text=True, source="us", recipients=CARRIED),
    state="none",
    reason=("none", "an HTTP status or a code from our own list"),
    attempts="none",
    created_at="none",
    settled_at="none",
)
