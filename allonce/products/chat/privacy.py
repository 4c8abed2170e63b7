"""What each field of Chat is for. Consumers' data is the Client's; the Operator only handles it."""

from typing import Literal

from allonce.kernel.declarations import PD, declare

OWN_WORDS: tuple[Literal["none"], str] = ("none", "the business's own words, shown on its site")
SETTING: tuple[Literal["none"], str] = ("none", "a setting of the business: hours, sites, words")


def _visitors(
    category: str, *, source: str = "subject", export: bool = True, hashed: bool = False, free_text: bool = False
) -> PD:
    """A fact about a Consumer: kept to answer them, as long as the Client says."""
    return PD(
        category=category,
        purpose="chat",
        retention="chat_period",
        source=source,
        export=export,
        keyed_hash=hashed,
        free_text=free_text,
    )


declare(
    "chat.ChatClient",
    subject=None,
    id="none",
    account="none",
    kind="none",
    public_id="none",
    shown_name=OWN_WORDS,
    zone="none",
    nation="none",
    language="none",
    notice=OWN_WORDS,
    notice_url=OWN_WORDS,
    hours=SETTING,
    open_on_holidays="none",
    ring_seconds="none",
    leave_seconds="none",
    away_minutes="none",
    blocked_words=SETTING,
    retention_days="none",
    white_label="none",
    console_stream="none",
    created_at="none",
    hidden_at="none",
)
declare(
    "chat.ProviderMerchant",
    subject=None,
    id="none",
    account="none",
    merchant_account="none",
    external_id="none",
    created_at="none",
    hidden_at="none",
)
declare(
    "chat.Placement",
    subject=None,
    id="none",
    account="none",
    key="none",
    title="none",
    sites=SETTING,
    label="none",
    offline_label="none",
    greeting="none",
    colour="none",
    theme="none",
    position="none",
    size="none",
    icon="none",
    dropin="none",
    dropin_text="none",
    dropin_delay="none",
    dropin_limit="none",
    dropin_span_minutes="none",
    ask_name="none",
    ask_email="none",
    ask_required="none",
    language="none",
    department="none",
    created_at="none",
    hidden_at="none",
)
declare("chat.Department", subject=None, id="none", account="none", title="none", hours=SETTING, order="none")
declare(
    "chat.AgentProfile",
    subject="person",
    id="none",
    account="none",
    person="none",
    name=PD(category="identity", purpose="service", retention="membership_end", source="account"),
    mobile=PD(category="contact", purpose="service", retention="membership_end", source="account"),
    picture="none",
    routing="none",
    limit="none",
    hot_leads="none",
    departments="none",
    desk_state="none",
    desk_seen_at="none",
    active_at="none",
    mobile_until="none",
    created_at="none",
    hidden_at="none",
)
declare("chat.AgentProfile_departments", subject=None, id="none", agentprofile="none", department="none")
declare("chat.Shift", subject=None, id="none", account="none", agent="none", weekday="none", starts="none", ends="none")
declare(
    "chat.CannedAnswer",
    subject=None,
    id="none",
    account="none",
    department="none",
    shortcut="none",
    title="none",
    text=("none", "answers that the business prepares for everybody"),
)
declare("chat.Tag", subject=None, id="none", account="none", word="none")
declare(
    "chat.Disposition",
    subject=None,
    id="none",
    account="none",
    code="none",
    label="none",
    order="none",
    hidden_at="none",
)
declare(
    "chat.Consumer",
    subject="account",
    id="none",
    account="none",
    name=_visitors("identity"),
    email=_visitors("contact"),
    phone=_visitors("contact"),
    email_index=_visitors("contact", export=False, hashed=True),
    phone_index=_visitors("contact", export=False, hashed=True),
    created_at="none",
    last_at="none",
    blocked_at="none",
)
declare(
    "chat.Conversation",
    subject="account",
    id="none",
    account="none",
    consumer="none",
    channel="none",
    state="none",
    department="none",
    agent="none",
    placement_id="none",
    placement_title="none",
    provider_id="none",
    provider_title="none",
    context=_visitors("technical", source="device"),
    language="none",
    hot="none",
    tags="none",
    disposition="none",
    start_cid="none",
    network_index=_visitors("technical", source="device", export=False, hashed=True),
    created_at="none",
    last_at="none",
    waiting_since="none",
    awaiting_since="none",
    accepted_at="none",
    first_answer_at="none",
    handed_at="none",
    closed_at="none",
    closed_by="none",
    token_used_at="none",
    left_at="none",
    stars="none",
    rating_text=_visitors("content", free_text=True),
)
declare("chat.Conversation_tags", subject=None, id="none", conversation="none", tag="none")
declare(
    "chat.Ring",
    subject=None,
    id="none",
    account="none",
    conversation="none",
    agent="none",
    forwarded_by="none",
    answer="none",
    at="none",
    answered_at="none",
)
declare(
    "chat.ChatFile",
    subject="account",
    id="none",
    account="none",
    conversation="none",
    sender="none",
    name=_visitors("content"),
    kind="none",
    size="none",
    width="none",
    height="none",
    at="none",
)
declare(
    "chat.HourlyCount",
    subject=None,
    id="none",
    account="none",
    hour="none",
    placement_id="none",
    peer_id="none",
    kind="none",
    count="none",
)
declare(
    "chat.ApiKey",
    subject=None,
    id="none",
    account="none",
    label="none",
    secret_hash="none",
    made_by="none",
    created_at="none",
    used_at="none",
    revoked_at="none",
)
