"""What outlives its owner, and for how long."""

from typing import Literal

from allonce.kernel.declarations import PD, declare

COPY = PD("content", "legal", "records_end", erase="keep", free_text=True, source="account")
HOLD_WORDS = PD("content", "legal", "years_6", erase="keep", free_text=True, source="staff")
OURS: tuple[Literal["none"], str] = ("none", "words and codes of our own")

declare(
    "retention.LegalHold",
    subject="@scope",
    since="released_at",
    id="none",
    scope_kind="none",
    scope_id="none",
    table="none",
    row=("none", "an id"),
    reason=HOLD_WORDS,
    authority=HOLD_WORDS,
    placed_by="none",
    placed_at="none",
    until="none",
    released_by="none",
    released_at="none",
)
declare(
    "retention.Shelf",
    subject=None,
    id="none",
    scope_kind="none",
    scope_id="none",
    reason=OURS,
    until="none",
    made_at="none",
    emptied_at="none",
)
declare(
    "retention.KeptRecord",
    subject="@scope",
    since="shelf__until",
    id="none",
    scope_kind="none",
    scope_id="none",
    source="none",
    row=("none", "an id"),
    facts=COPY,
    made_at="none",
    shelf="none",
)
declare(
    "retention.HeldRecord",
    subject="@scope",
    since="hold__released_at",
    id="none",
    scope_kind="none",
    scope_id="none",
    source="none",
    row=("none", "an id"),
    facts=PD("content", "legal", "hold_end", erase="keep", free_text=True, source="account"),
    made_at="none",
    hold="none",
)
declare(
    "retention.AccountEnding",
    subject=None,
    id="none",
    ended_id="none",
    asked_by="none",
    started_at="none",
    withdrawn=("none", "ids of entitlements"),
    warned_at="none",
    closed_at="none",
    key_destroyed_at="none",
    finished_at="none",
    undone_at="none",
)
declare(
    "retention.Farewell",
    subject="person",
    since="made_at",
    id="none",
    ending="none",
    person="none",
    words=PD("delivery", "account", "days_30", export=False, source="us"),
    made_at="none",
)
declare("retention.SweepRun", subject=None, id="none", as_of="none", finished_at="none")
declare(
    "retention.SweepCount",
    subject=None,
    id="none",
    run="none",
    table=("none", "a name in our source"),
    rule=("none", "a name in our source"),
    action="none",
    rows="none",
    held="none",
)
declare("retention.LedgerMark", subject=None, id="none", lines="none", seal=("none", "the seal of a ledger line"))
