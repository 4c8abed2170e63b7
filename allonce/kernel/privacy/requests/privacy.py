"""What each field of the request desk is for. Requests outlive an erasure: they prove that it was asked for."""

from typing import Any

from allonce.kernel.declarations import PD, declare


def _request(category: str, **more: Any) -> PD:
    return PD(category, "legal", "request_end", erase="keep", **more)


def _disclosure(**more: Any) -> PD:
    return PD("activity", "legal", "disclosure_end", erase="keep", export=False, source="us", **more)


declare(
    "requests.RightsRequest",
    subject="@sender",
    since="closed_at",
    id="none",
    reference="none",
    right="none",
    channel="none",
    name=_request("identity"),
    email=_request("contact"),
    email_index=_request("contact", export=False, keyed_hash=True),
    words=_request("content", free_text=True),
    about=_request("content", free_text=True),
    person="none",
    received_on="none",
    created_at="none",
    acknowledged_at="none",
    identity="none",
    handler_id="none",
    extra_months="none",
    fee_pence="none",
    state="none",
    closed_at="none",
    closed_by="none",
    deed="none",
    deed_done_at="none",
    download_until="none",
)
declare(
    "requests.Step",
    subject="@sender",
    since="request__closed_at",
    id="none",
    request="none",
    kind="none",
    at="none",
    by_kind="none",
    by_id="none",
    words=_request("content", free_text=True),
)
declare("requests.Pause", subject=None, id="none", request="none", why="none", start="none", end="none")
declare("requests.Reminder", subject=None, id="none", request="none", days_before="none", due_on="none")
declare(
    "requests.IdentityDocument",
    subject=None,
    id="none",
    request="none",
    media_type=("none", "one of three media types; the copy itself lies in the vault, at most fourteen days"),
    size="none",
    uploaded_at="none",
    expires_at="none",
    decided="none",
    destroyed_at="none",
)
declare(
    "requests.Referral",
    subject="account",
    id="none",
    account="none",
    request="none",
    reference="none",
    name=PD("identity", "legal", "account_end", source="staff"),
    email=PD("contact", "legal", "account_end", source="staff"),
    words=PD("content", "legal", "account_end", source="staff", free_text=True),
    passed_at="none",
    passed_by="none",
    answer_by="none",
    answer=PD("content", "legal", "account_end", free_text=True),
    answered_at="none",
    answered_by="none",
)
declare(
    "requests.Disclosure",
    subject="person",
    since="recorded_at",
    id="none",
    authority=_disclosure(),
    legal_basis=_disclosure(),
    reference=_disclosure(),
    scope_asked=_disclosure(free_text=True),
    scope_given=_disclosure(free_text=True),
    left_out=_disclosure(free_text=True),
    person="none",
    account="none",
    staff_id="none",
    four_eyes="none",
    second_id="none",
    state="none",
    recorded_at="none",
    given_at="none",
    file_type=("none", "one of three media types"),
    file_size="none",
    file_digest="none",
    withheld_because=_disclosure(free_text=True),
    withheld_until="none",
    told_at="none",
)
declare(
    "requests.Transfer",
    subject=None,
    id="none",
    new_owner="none",
    transfer_on="none",
    text=("none", "what everybody is told; it names no customer"),
    state="none",
    created_at="none",
    created_by="none",
    announced_at="none",
    announced_by="none",
    handed_over_at="none",
)
declare("requests.TransferNotice", subject="person", id="none", transfer="none", person="none", told_at="none")
declare(
    "requests.TransferObjection",
    subject="person",
    id="none",
    transfer="none",
    person="none",
    channel="none",
    objected_at="none",
)
