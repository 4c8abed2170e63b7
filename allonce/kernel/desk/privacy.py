"""What each field of the desk is for. A ticket goes two years after its end, or with its sender."""

from typing import Any, Literal

from allonce.kernel.declarations import PD, declare


def _said(category: str, **more: Any) -> PD:
    return PD(category, "support", "ticket_end", recipients=("operator", "mail_relay"), **more)


WRITTEN: tuple[Literal["none"], str] = ("none", "the Operator's own published words")

declare(
    "desk.Ticket",
    subject="@asker",
    since="closed_at",
    also={"subject": _said("content", free_text=True)},
    id="none",
    number="none",
    kind="none",
    channel="none",
    state="none",
    priority="none",
    name=_said("identity"),
    email=_said("contact"),
    email_index=_said("contact", export=False, keyed_hash=True),
    person="none",
    account="none",
    handler_id="none",
    opened_at="none",
    changed_at="none",
    awaits_since="none",
    answer_due_at="none",
    answered_at="none",
    reported_at="none",
    not_reproduced_at="none",
    closed_at="none",
    closed_by="none",
    merged_into="none",
    revision="none",
    stars="none",
    stars_words=_said("content", free_text=True),
)
declare(
    "desk.Line",
    subject="@asker",
    since="ticket__closed_at",
    id="none",
    ticket="none",
    kind="none",
    event=("none", "a code of the desk's own"),
    at="none",
    place="none",
    by_kind="none",
    by_id="none",
    words=_said("content", free_text=True),
    whole=_said("content", free_text=True),
    mail_id=_said("technical"),
    mail_key=_said("technical", export=False, keyed_hash=True),
    proof=("none", "what the receiving server found: dkim=pass and the like"),
    by_stranger="none",
)
declare(
    "desk.File",
    subject="@asker",
    since="ticket__closed_at",
    id="none",
    ticket="none",
    line="none",
    name=_said("content"),
    media_type=("none", "a media type; the content lies in the vault under the ticket's key"),
    size="none",
    inline="none",
)
declare("desk.TimeEntry", subject=None, id="none", ticket="none", staff_id="none", minutes="none", at="none")
declare(
    "desk.Dispute",
    subject="@asker",
    since="ticket__closed_at",
    id="none",
    ticket="none",
    happened_on="none",
    raised_on="none",
    due_on="none",
    late="none",
    taken_by="none",
    access="none",
    access_ended_at="none",
    outcome="none",
    reasons=_said("content", free_text=True, source="staff"),
)
declare("desk.DisputeLook", subject=None, id="none", dispute="none", look="none")
declare(
    "desk.RawMail",
    subject="@asker",
    since="received_at",
    id="none",
    digest=("none", "recognises the same mail; a hash of all its bytes"),
    received_at="none",
    size="none",
    state="none",
    why=("none", "a code of the desk's own"),
    sender=PD("contact", "support", "days_30"),
    sender_index=PD("contact", "support", "days_30", export=False, keyed_hash=True),
    ticket="none",
    seen_at="none",
    seen_by="none",
)
declare("desk.SavedReply", subject=None, id="none", title=WRITTEN, text=WRITTEN, after="none", changed_at="none")
declare(
    "desk.Article",
    subject=None,
    id="none",
    slug="none",
    title=WRITTEN,
    text=WRITTEN,
    published_at="none",
    changed_at="none",
)
