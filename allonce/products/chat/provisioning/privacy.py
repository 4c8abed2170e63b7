"""Provisioning holds settings and numbers; who is invited lies in the invitation."""

from allonce.kernel.declarations import declare

declare(
    "chat_provisioning.Profile",
    subject=None,
    id="none",
    account="none",
    title="none",
    zone="none",
    retention_days="none",
    ring_seconds="none",
    notice=("none", "the business's own words, shown on its site"),
    notice_url="none",
    adf_word="none",
    adf_position="none",
)
declare(
    "chat_provisioning.ListingOffer",
    subject=None,
    id="none",
    account="none",
    provider_id="none",
    provider_title="none",
    external_id="none",
    created_at="none",
    answered_at="none",
    accepted="none",
)
