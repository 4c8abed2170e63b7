"""Whose rows are whose: owners are named by kind and id, not by a foreign key."""

from allonce.kernel.billing.models import (
    Dispute,
    Hold,
    LedgerAccount,
    Movement,
    Posting,
    Purchase,
    Refund,
    StoreToken,
    Subscription,
)
from allonce.kernel.privacy.subjects import Model, Rows
from allonce.kernel.vault import Scope

# How each table leads to the columns that name its owner.
PATHS: dict[Model, str] = {
    LedgerAccount: "",
    Movement: "ledger__",
    Posting: "movement__ledger__",
    Hold: "ledger__",
    Purchase: "",
    Refund: "purchase__",
    Dispute: "purchase__",
    Subscription: "",
    StoreToken: "",
}


def rows_of(model: Model, scope: Scope) -> Rows | None:
    """The rows of this owner."""
    if scope.kind not in ("person", "account"):
        return None
    path = PATHS[model]
    return model._base_manager.filter(**{f"{path}scope_kind": scope.kind, f"{path}scope_id": scope.id})
