"""What each field of the rights room is for."""

from allonce.kernel.declarations import PD, declare

_CHOICE = PD(
    "preference",
    "legal",
    "person_end",
    plain_because="a code of our own beside an opaque id; every query about the person asks it",
)

declare(
    "rights.Limit",
    subject="person",
    id="none",
    person="none",
    kind=_CHOICE,
    purpose=_CHOICE,
    ground=_CHOICE,
    made_at="none",
    lifted_at="none",
)
declare(
    "rights.Erasure",
    subject=None,
    id="none",
    mark="none",
    subject_id="none",
    state="none",
    actor_kind="none",
    actor_id="none",
    asked_at="none",
    done_at="none",
    counts=("none", "numbers of rows by table"),
    kept=("none", "tables, days and reasons of ours"),
)
