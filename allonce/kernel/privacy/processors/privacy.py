"""What each field of the list of processors is for: facts about companies, which anybody may read."""

from allonce.kernel.declarations import declare

_COMPANY = "a fact about a company, shown on a public page"

declare("processors.Processor", subject=None, id="none", created_at="none", ended_at="none")
declare(
    "processors.ProcessorVersion",
    subject=None,
    id="none",
    processor="none",
    number="none",
    name=("none", _COMPANY),
    purpose=("none", _COMPANY),
    data=("none", "codes of kinds of data"),
    country="none",
    connectors=("none", "codes of ways on which data leaves"),
    safeguard="none",
    safeguard_date="none",
    safeguard_reference=("none", _COMPANY),
    agreement_date="none",
    agreement_reference=("none", _COMPANY),
    assessed_by="none",
    assessed_on="none",
    outcome="none",
    valid_until="none",
    made_at="none",
)
declare(
    "processors.AccountRegions",
    subject="account",
    account="none",
    regions=("none", "codes of countries"),
    agreed_by="none",
    agreed_at="none",
)
