"""What each field of the marketing room is for."""

from typing import Literal

from allonce.kernel.declarations import PD, declare

_SAID = PD(
    "preference", "choices", "list_end", plain_because="codes and times of ours, beside a key to a sealed address"
)
_EMAIL = PD("contact", "marketing", "list_end")
_INDEX = PD("contact", "marketing", "list_end", export=False, keyed_hash=True)
_OURS: tuple[Literal["none"], str] = ("none", "written by the Operator about a use of data, about nobody")

declare("marketing.Contact", subject="person", id="none", person="none", created_at="none")
declare("marketing.Address", subject="@email", id="none", contact="none", email=_EMAIL, email_index=_INDEX)
declare(
    "marketing.OptInRequest",
    since="created_at",
    subject="@email",
    id="none",
    email=PD("contact", "marketing", "days_7"),
    email_index=PD("contact", "marketing", "days_7", export=False, keyed_hash=True),
    purpose="none",
    wording="none",
    created_at="none",
    used_at="none",
)
declare(
    "marketing.Preference",
    subject="contact",
    id="none",
    contact="none",
    purpose=_SAID,
    basis=_SAID,
    wording=_SAID,
    channel=_SAID,
    source=_SAID,
    source_on=_SAID,
    assessment="none",
    withdrawn_at=_SAID,
    objected_at=_SAID,
    also={"since": _SAID},
)
declare(
    "marketing.Change",
    subject="contact",
    id="none",
    contact="none",
    purpose=_SAID,
    act=_SAID,
    channel=_SAID,
    at=_SAID,
    noted_at="none",
    wording=_SAID,
    source=_SAID,
    source_on=_SAID,
    noted_by="none",
)
declare(
    "marketing.Wording",
    subject=None,
    id="none",
    purpose="none",
    version="none",
    text=("none", "a sentence of ours that people are asked"),
    created_at="none",
)
declare(
    "marketing.Assessment",
    subject=None,
    id="none",
    purpose="none",
    version="none",
    interest=_OURS,
    necessity=_OURS,
    balancing=_OURS,
    outcome="none",
    reviewed_by="none",
    reviewed_on="none",
    review_by="none",
    created_at="none",
)
declare(
    "marketing.Newsletter",
    subject=None,
    id="none",
    purpose="none",
    body=("none", "a letter of the Operator to many, about nobody"),
    state="none",
    written_by="none",
    created_at="none",
    started_by="none",
    started_at="none",
    finished_at="none",
    also={"subject": ("none", "the heading of a letter to many")},
)
declare(
    "marketing.Copy",
    subject="contact",
    id="none",
    contact="none",
    newsletter="none",
    letter_id="none",
    created_at="none",
)
