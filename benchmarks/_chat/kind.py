"""A kind of stream that does for each message what a chat does, and no more: check it and leave an outbox row."""

import hmac
from collections.abc import Sequence
from uuid import UUID

from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.jobs import job
from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.messaging.ports import Credential, Draft, Seat
from benchmarks._chat.tokens import token_for


@job("bench.tell")
def tell(entry_id: UUID) -> None:
    """What an outbox row is for; no worker runs while messages are measured."""


class BenchStreams:
    """Two seats, "visitor" and "agent"."""

    name = "bench"

    def seat(self, who: Credential, stream_id: UUID) -> Seat:
        name = (who.token or "").partition(".")[0]
        known = hmac.compare_digest(who.token or "", token_for(stream_id, name))
        if not known or not Stream.objects.filter(id=stream_id).exists():
            raise NotFound
        return Seat(stream_id, name, name == "agent")

    def prepare(self, seat: Seat, draft: Draft) -> Draft:  # noqa: ARG002 (both seats may send)
        text = draft.body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise UserError(code="no_text")
        return Draft(draft.cid, draft.kind, {"text": text.strip()}, draft.audience)

    def committing(self, entries: Sequence[Entry]) -> None:
        tell.later_many([(each.id,) for each in entries])

    def presence_changed(self, stream_id: UUID, seat: str, online: bool) -> None:
        """Nobody is told."""
