"""The stream of a match: two seats, words and what is enclosed, a key of its own."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import tenancy
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging import Credential, Draft, Seat
from allonce.kernel.messaging.models import Entry
from allonce.products.dating.access import member_of
from allonce.products.dating.models import Match, Member
from allonce.products.dating.noticing.words import notice
from allonce.products.dating.services import enclosing, sight, speaking
from allonce.products.dating.services.matching import KIND
from allonce.products.dating.services.writing import follow
from allonce.products.dating.warnings import TO_WRITER

LONGEST = 2000
ENCLOSED = ("picture", "voice")


class Unsendable(UserError):
    """No words, or too many."""

    code = "unsendable"
    status = 422
    message = gettext_lazy("Write up to 2,000 characters.")


class ThinkAgain(UserError):
    """Something in it had better wait; sent again with "sure", it goes out."""

    code = "think_again"
    status = 422


class MatchKind:
    """Two members who like each other, or one of whom wrote first."""

    name = KIND

    def seat(self, who: Credential, stream_id: UUID) -> Seat:
        """A seat for either of the two while the match stands and they may see each other; NotFound otherwise."""
        if who.session is None:
            raise NotFound
        with tenancy.across_accounts():
            member = member_of(who.session)
            found = Match.objects.filter(pk=stream_id).select_related("low", "high").first()
            if found is None or member.id not in {found.low_id, found.high_id}:
                raise NotFound
            if found.held or sight.is_hidden(member, found.other_than(member).id) or sight.is_closed(member):
                raise NotFound
        return Seat(stream_id, member.seat, staff=False)

    def prepare(self, seat: Seat, draft: Draft) -> Draft:
        """Words, or what this seat handed in under the same cid.

        What had better wait goes out only when its writer is sure, with a mark of its kind. Nothing of the words is
        kept here: the marks are codes. Whoever wrote first writes no more before the answer.
        """
        if draft.kind in ENCLOSED:
            return self._enclosed(seat, draft)
        text = draft.body.get("text")
        if draft.kind != "text" or not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
            raise Unsendable
        with tenancy.across_accounts():
            speaking.require_writer(*_writer(seat))
        found = notice(text, settings.REGION)
        if found and draft.body.get("sure") is not True:
            raise ThinkAgain(" ".join(str(TO_WRITER[kind]) for kind in found))
        marks = {"marks": list(found)} if found else {}
        return Draft(draft.cid, "text", {"text": text.strip(), **marks}, "all")

    def _enclosed(self, seat: Seat, draft: Draft) -> Draft:
        with tenancy.across_accounts():
            match, writer = _writer(seat)
            speaking.require_mutual(match, writer)
            return Draft(draft.cid, draft.kind, enclosing.said_by(match, writer, draft.cid, draft.kind), "all")

    def committing(self, entries: Sequence[Entry]) -> None:
        """The match moves up in both lists, and whoever is not there is told once."""
        follow(entries)

    def presence_changed(self, stream_id: UUID, seat: str, online: bool) -> None:
        """Whether somebody is there is nobody's business."""


def _writer(seat: Seat) -> tuple[Match, Member]:
    """Seats are trusted for a while, so a block and a suspension are looked up for every message. Raises NotFound."""
    found = Match.objects.filter(pk=seat.stream_id).select_related("low", "high").first()
    if found is None:
        raise NotFound
    return found, found.writer(seat.name)
