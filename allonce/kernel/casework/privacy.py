"""What each field of the casework room is for."""

from typing import Any

from allonce.kernel.declarations import PD, declare

_WORDS: dict[str, Any] = {
    "id": "none",
    "case": "none",
    "role": "none",
    "decision": "none",
    "by": "none",
    "at": "none",
    "words": PD("content", "moderation", "case_end", free_text=True, source="us"),
}

declare(
    "casework.Case",
    subject="@casework_subject",
    id="none",
    kind="none",
    person="none",
    account="none",
    target=("none", "names a row by its id"),
    opened_by="none",
    detector="none",
    opener="none",
    opened_at="none",
    due_on="none",
    state="none",
    revision="none",
    assigned="none",
    held="none",
    reminded_on="none",
    closed_at="none",
)
declare(
    "casework.Decision",
    subject=None,
    id="none",
    case="none",
    action="none",
    state="none",
    decided_by="none",
    decided_at="none",
    confirmed_by="none",
    confirmed_at="none",
    told_at="none",
    appeal_until="none",
)
declare(
    "casework.Appeal",
    subject=None,
    id="none",
    decision="none",
    filed_by="none",
    filed_at="none",
    outcome="none",
    decided_by="none",
    decided_at="none",
)
declare(
    "casework.CaseOpening",
    subject=None,
    id="none",
    case="none",
    staff="none",
    audit_look_id="none",
    started_at="none",
    until="none",
)
declare("casework.PersonCaseText", subject="person", since="case__closed_at", person="none", **_WORDS)
declare("casework.AccountCaseText", subject="account", since="case__closed_at", account="none", **_WORDS)
declare(
    "casework.RemovedContent",
    subject="account",
    since="removed_at",
    id="none",
    account="none",
    target=("none", "names a row by its id"),
    kept=PD("content", "moderation", "case_end", free_text=True),
    removed_at="none",
)
