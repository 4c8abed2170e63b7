"""What leads hold, whose it is, and how long: as the conversation they came from."""

from allonce.kernel.declarations import PD, declare

TARGET = PD(category="contact", purpose="chat", retention="account_end", source="account", export=False)

declare(
    "chat_leads.Lead",
    subject="account",
    id="none",
    account="none",
    conversation="none",
    consumer="none",
    kind="none",
    state="none",
    state_before="none",
    duplicate_of="none",
    note=PD(category="content", source="account", free_text=True, purpose="chat", retention="chat_period"),
    created_at="none",
    changed_at="none",
)
declare(
    "chat_leads.Delivery",
    subject="account",
    id="none",
    account="none",
    lead="none",
    way="none",
    target=PD(category="contact", purpose="chat", retention="chat_period", source="account"),
    target_hash=PD(
        category="contact",
        purpose="chat",
        retention="chat_period",
        source="account",
        export=False,
        keyed_hash=True,
    ),
    said="none",
    reference="none",
    state="none",
    status="none",
    attempts="none",
    created_at="none",
    settled_at="none",
)
declare(
    "chat_leads.LeadSettings",
    subject="account",
    id="none",
    account="none",
    lead_addresses=TARGET,
    transcript_addresses=TARGET,
    awaiting_addresses=TARGET,
    adf_addresses=TARGET,
    adf_url=("none", "the address of a system of the business"),
    adf_word="none",
    adf_position="none",
    agents_get_transcripts="none",
    awaiting_hour="none",
    awaiting_sent_on="none",
)
declare(
    "chat_leads.NoContact",
    subject="account",
    id="none",
    account="none",
    sort="none",
    mark=PD(category="contact", purpose="choices", retention="account_end", export=False, keyed_hash=True),
    by="none",
    at="none",
)
declare(
    "chat_leads.TextConsent",
    subject="account",
    id="none",
    account="none",
    consumer="none",
    number=PD(category="contact", purpose="chat", retention="chat_period"),
    number_index=PD(category="contact", purpose="chat", retention="chat_period", export=False, keyed_hash=True),
    how="none",
    given_at="none",
    withdrawn_at="none",
)
declare(
    "chat_leads.TextContext",
    subject="account",
    since="at",
    id="none",
    account="none",
    placement_id="none",
    placement_title="none",
    provider_id="none",
    provider_title="none",
    context=PD(category="technical", purpose="chat", retention="hours_48", source="device"),
    at="none",
    used_at="none",
)
declare(
    "chat_leads.CallRecord",
    subject="account",
    id="none",
    account="none",
    consumer="none",
    conversation="none",
    number=PD(category="contact", purpose="chat", retention="chat_period"),
    external_id="none",
    outcome="none",
    started_at="none",
    seconds="none",
    made_by="none",
)
declare("chat_leads.Brand", subject=None, id="none", account="none", logo="none")
