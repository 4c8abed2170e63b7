"""Text messages hold contents only until they are settled; a number that was stopped is kept as a keyed hash."""

from allonce.kernel.declarations import PD, declare

CARRIED = ("account", "sms_gateway")

declare(
    "post_sms.Sms",
    subject="account_id",
    since="created_at",
    id="none",
    account_id="none",
    key=("none", "an id that the caller made"),
    consent=("none", "names the row of a consent"),
    number_hash=PD("contact", "delivery", "days_90", export=False, keyed_hash=True, source="account"),
    shared_sender="none",
    content=PD(
        category="content",
        purpose="delivery",
        retention="days_7",
        erase="null",
        export=False,
        free_text=True,
        source="account",
        recipients=CARRIED,
    ),
    parts="none",
    state="none",
    reason=("none", "a code from our own list"),
    attempts="none",
    gateway_hash=("none", "a keyed hash of the gateway's own number for it"),
    reported_at="none",
    created_at="none",
    settled_at="none",
)
declare(
    "post_sms.Number",
    subject="account_id",
    id="none",
    account_id="none",
    number=PD("business", "service", "account_end", source="staff"),
    number_index=PD("business", "service", "account_end", export=False, source="staff"),
    created_at="none",
)
declare(
    "post_sms.Stop",
    subject="@account_id",
    id="none",
    account_id="none",
    number_hash=PD("contact", "choices", "account_end", export=False, keyed_hash=True),
    stopped_at="none",
    started_at="none",
)
declare(
    "post_sms.StopForAll",
    subject=None,
    number_hash=("none", "a keyed hash of a number that nobody here has texted, kept so that nobody will"),
    stopped_at="none",
    started_at="none",
)
declare("post_sms.Heard", subject=None, event_hash=("none", "a keyed hash of a gateway's own id"), at="none")
declare(
    "post_sms.Incoming",
    subject="@texted_account",
    since="created_at",
    id="none",
    kind="none",
    gateway=("none", "a name from the settings"),
    told=PD("content", "delivery", "hours_48", export=False, free_text=True, recipients=CARRIED),
    created_at="none",
)
