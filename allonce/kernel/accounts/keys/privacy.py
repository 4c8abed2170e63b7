"""What each field of the account's key is for. None of it opens anything here."""

from typing import Literal

from allonce.kernel.declarations import PD, declare

PUBLIC: tuple[Literal["none"], str] = ("none", "a public key of an account or of a random key pair")
CREDENTIAL_ID = PD(
    category="credential",
    purpose="security",
    retention="account_end",
    export=False,
    plain_because="random, and the browser must be told which passkey to ask for",
)
WRAP = PD(category="credential", purpose="security", retention="account_end", export=False)

declare(
    "accounts.AccountKey",
    subject="account",
    id="none",
    account="none",
    generation="none",
    public_key=PUBLIC,
    succession="none",
    made_by="none",
    made_at="none",
)
declare(
    "accounts.KeyHolder",
    subject="account",
    id="none",
    account="none",
    kind="none",
    holder_id=CREDENTIAL_ID,
    person="none",
    public_key=PUBLIC,
    locked=WRAP,
    made_at="none",
    removed_at="none",
)
declare(
    "accounts.KeyWrap",
    subject="account",
    id="none",
    account="none",
    account_key="none",
    holder_kind="none",
    holder_id=CREDENTIAL_ID,
    wrapped=WRAP,
    made_at="none",
)
