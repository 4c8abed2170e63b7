"""What each field of the legal room is for."""

from allonce.kernel.declarations import PD, declare
from allonce.kernel.declarations.register import Fact

_OURS: Fact = ("none", "a text of the Operator's own, published to everybody")

declare(
    "legal.Version",
    subject=None,
    id="none",
    document="none",
    number="none",
    title="none",
    text=_OURS,
    digest="none",
    changes=_OURS,
    effective_on="none",
    material="none",
    reduces_rights="none",
    published_at="none",
    published_by="none",
)
declare(
    "legal.Draft",
    subject=None,
    document="none",
    text=_OURS,
    changes=_OURS,
    effective_on="none",
    material="none",
    reduces_rights="none",
    updated_at="none",
    updated_by="none",
)
declare(
    "legal.Acceptance",
    since="at",
    subject="person",
    id="none",
    person="none",
    version="none",
    account="none",
    at=PD(
        category="activity",
        purpose="legal",
        retention="years_6",
        erase="keep",
        plain_because="a time beside opaque ids; it proves the contract after the person has gone",
    ),
    copy_sent_at="none",
)
declare(
    "legal.ChangeTold",
    subject="person",
    id="none",
    person="none",
    version="none",
    at=PD(category="activity", purpose="legal", retention="person_end", plain_because="a time beside opaque ids"),
)
