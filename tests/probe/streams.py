"""A kind of stream that only tests open: visitors by signed tokens, the account's own people by their sessions."""

from collections.abc import Sequence
from uuid import UUID

from django.core import signing

from allonce.kernel.accounts.models import Membership
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging import Credential, Draft, Seat
from allonce.kernel.messaging.models import Entry, Stream
from tests.probe.models import Effect

PROBE = "probe"
SALT = "probe.stream"
LONGEST = 60_000


def token_for(stream_id: UUID, name: str, *, staff: bool = False) -> str:
    """What opens that seat."""
    return signing.dumps([str(stream_id), name, staff], salt=SALT)


class ProbeStreams:
    """Text and whispers; each entry leaves an Effect, as an outbox row would be left."""

    name = PROBE

    def __init__(self) -> None:
        self.came_and_went: list[tuple[UUID, str, bool]] = []

    def seat(self, who: Credential, stream_id: UUID) -> Seat:
        if who.token is not None:
            return self._by_token(who.token, stream_id)
        assert who.session is not None
        account = Stream.objects.filter(id=stream_id).values_list("account_id", flat=True).first()
        if (
            account is None
            or not Membership.objects.filter(person_id=who.session.person_id, account_id=account).exists()
        ):
            raise NotFound
        return Seat(stream_id, f"agent:{who.session.person_id}", staff=True)

    def prepare(self, seat: Seat, draft: Draft) -> Draft:
        text = draft.body.get("text")
        if draft.kind == "whisper" and not seat.staff:
            raise UserError("Only colleagues whisper.", code="not_yours")
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
            raise UserError("Write something.", code="no_text")
        audience = "staff" if draft.kind == "whisper" else draft.audience
        return Draft(draft.cid, draft.kind, {"text": text.strip()}, audience)

    def committing(self, entries: Sequence[Entry]) -> None:
        if any((each.body or {}).get("text") == "break the outbox" for each in entries):
            raise ValueError("the outbox is broken")
        Effect.objects.bulk_create(Effect(mark=f"entry-{each.cid}") for each in entries)

    def presence_changed(self, stream_id: UUID, seat: str, online: bool) -> None:
        self.came_and_went.append((stream_id, seat, online))

    def _by_token(self, token: str, stream_id: UUID) -> Seat:
        try:
            stream, name, staff = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            raise NotFound from None
        if stream != str(stream_id) or not Stream.objects.filter(id=stream_id).exists():
            raise NotFound
        return Seat(stream_id, name, staff)


probe_streams = ProbeStreams()
