"""Entries hold what people write to each other. How long is the product's choice; the account's end is the latest."""

from typing import Literal

from allonce.kernel.declarations import PD, declare
from allonce.kernel.messaging.ports import private_streams
from allonce.kernel.privacy.subjects import Model, Rows, register_resolver
from allonce.kernel.vault import Scope

SEAT: tuple[Literal["none"], str] = ("none", "a seat's name: a word or an id of ours")

declare(
    "messaging.Stream",
    subject=None,
    id="none",
    kind="none",
    account_id="none",
    head="none",
    closed_at="none",
    created_at="none",
    moved_at="none",
)
declare(
    "messaging.Entry",
    subject="@stream",
    id="none",
    stream="none",
    account_id="none",
    seq="none",
    sender=SEAT,
    cid="none",
    kind="none",
    audience=SEAT,
    body=PD("content", "service", "account_end", free_text=True, recipients=("account",)),
    at="none",
)
declare("messaging.ReadMark", subject=None, id="none", stream="none", seat=SEAT, up_to="none")


def _by_stream(model: Model, scope: Scope) -> Rows | None:
    """What is said in an account's streams, or in those that belong to private people."""
    if scope.kind == "account":
        return model._base_manager.filter(account_id=scope.id)
    return model._base_manager.filter(stream_id__in=private_streams(scope.id)) if scope.kind == "person" else None


register_resolver("stream", _by_stream)
