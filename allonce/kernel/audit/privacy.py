"""The record holds ids; identities are found through the rows they name, while those exist."""

from allonce.kernel.declarations import PD, declare

declare(
    "audit.Entry",
    subject=None,
    number="none",
    at="none",
    action="none",
    actor_kind="none",
    actor_id="none",
    actor_via="none",
    account_id="none",
    target="none",
    data=("none", "ids, numbers, dates and codes, checked when written"),
    previous="none",
    digest="none",
)
declare(
    "audit.PersonLook",
    subject="person_id",
    id="none",
    person_id="none",
    staff_id="none",
    at="none",
    reason=PD(category="activity", purpose="security", retention="person_end", free_text=True, source="staff"),
    entry="none",
)
declare("audit.ChainHead", subject=None, id="none", number="none", digest="none")
declare(
    "audit.Look",
    subject="@account_id",
    id="none",
    account_id="none",
    staff_id="none",
    at="none",
    reason=PD(category="activity", purpose="security", retention="account_end", free_text=True, source="staff"),
    entry="none",
)
