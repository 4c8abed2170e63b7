"""What follows from a message: order in the lists, and a word to whoever is not there."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.clock import now
from allonce.kernel.messaging.models import Entry
from allonce.kernel.notices import notify
from allonce.products.dating.models import Match, Member, Signal
from allonce.products.dating.noticing.words import MONEY
from allonce.products.dating.services import matching, signs, telling
from allonce.products.dating.services.telling import NEW_MESSAGE

# Words, and what is enclosed.
SPOKEN = ("text", "picture", "voice")
# A conversation that goes back and forth is told of once, not at every line.
QUIET = timedelta(minutes=30)


def follow(entries: Sequence[Entry]) -> None:
    """In the entries' own transaction."""
    spoken = [entry for entry in entries if entry.kind in SPOKEN]
    with tenancy.across_accounts():
        for entry in spoken:
            _follow(entry)


def _follow(entry: Entry) -> None:
    found = Match.objects.select_related("low__person", "high__person").filter(pk=entry.stream_id).first()
    if found is None:
        return
    moment, before = now(), found.last_at
    Match.objects.filter(pk=found.pk).update(last_at=moment)
    writer = found.writer(entry.sender)
    reader = found.other_than(writer)
    if MONEY in (entry.body or {}).get("marks", ()):
        # The match's id tells how many were asked; of what was written nothing is kept.
        signs.note(writer, Signal.Kind.MONEY, {"match": str(found.id)})
    if not found.is_mutual and reader.id != found.opened_by_id:
        telling.first_words(reader, found.id)
        return
    if not found.is_mutual:
        matching.answer(found)
    if entry.seq == 1 or moment - before > QUIET:
        _tell(reader, found)


def _tell(reader: Member, found: Match) -> None:
    words = post.Words(
        subject=_("A message for you"),
        paragraphs=[_("One of your matches has written to you.")],
        action=post.Action(_("Read it"), link("dating:chat", found.id)),
    )
    notify(reader.person, NEW_MESSAGE, words)
