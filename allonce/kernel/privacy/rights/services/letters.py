"""What people are told about their rights being carried out."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.privacy.naming import table_words
from allonce.kernel.privacy.ports import Hold


def postponed(holds: Sequence[Hold]) -> post.Words:
    """A legal hold stands in the way: which, since when, until when, and that nothing more need be done."""
    return post.Words(
        subject=_("Your erasure waits for a legal hold to end"),
        paragraphs=[
            _("You asked to be erased. The law keeps us from doing it yet:"),
            *(hold_words(hold) for hold in holds),
            _("When the hold ends, you are erased without asking again. Until then your sign-in works as before."),
        ],
    )


def hold_words(hold: Hold) -> str:
    """A hold in one sentence."""
    since = date_format(hold.since, "j M Y")
    if hold.until is None:
        return _("%(reason)s (since %(since)s, until it is released)") % {"reason": hold.reason, "since": since}
    until = date_format(hold.until, "j M Y")
    return _("%(reason)s (since %(since)s, until %(until)s at the latest)") % {
        "reason": hold.reason,
        "since": since,
        "until": until,
    }


def erased(kept: Sequence[str]) -> post.Words:
    """The last letter, written before the address itself goes."""
    stays = [_("By law we keep, without your name where that can be: %s.") % ", ".join(map(table_words, kept))]
    return post.Words(
        subject=_("You are erased"),
        paragraphs=[
            _("What we held of you in all services is deleted, and the key that could read copies of it is destroyed."),
            *(stays if kept else []),
            _("Backups keep unreadable copies until they run out; a restored backup erases you again by itself."),
        ],
        closing=[_("This letter is the last. Its copy here is wiped as soon as it is delivered.")],
    )
