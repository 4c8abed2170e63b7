"""Which conversation a mail belongs to.

The rule is made for the worst case: an id of a mail leaks whenever somebody forwards it, and a ticket number can be
guessed. Neither lets anybody in. A mail joins a conversation only if its sender takes part in it; a stranger who
names a known id or number opens a new conversation, and staff are told by `claimed_parent_of` what it claims to
answer, so that a colleague's answer can be put where it belongs by a person. A sender whose domain disowns the mail
(DMARC failed), or who names several senders, is a stranger. Bounces come from machines: what counts is whether who
was not reached takes part.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from allonce.kernel.desk.mail.values import Mail

# More numbers than that in one subject are somebody trying.
MOST_NUMBERS = 5

T = TypeVar("T")
Known = Callable[[Sequence[str]], Mapping[str, T]]
ByNumber = Callable[[int], T | None]
IsParticipant = Callable[[T, str], bool]


def parent_of(mail: Mail, known: Known[T], by_number: ByNumber[T], is_participant: IsParticipant[T]) -> T | None:
    """The conversation that `mail` joins, or None: then it opens one, if `may_open` says so.

    In-Reply-To decides, then References from the last to the first, then a ticket number in the subject.
    """
    party = _party_of(mail)
    if not party or mail.kind == "loop":
        return None
    for candidate in _candidates(mail, known, by_number):
        if is_participant(candidate, party):
            return candidate
    return None


def claimed_parent_of(mail: Mail, known: Known[T], by_number: ByNumber[T]) -> T | None:
    """The conversation that `mail` names, whoever sent it: a hint for staff, never a reason to join it."""
    return next(iter(_candidates(mail, known, by_number)), None)


def may_open(mail: Mail) -> bool:
    """Whether `mail` may begin a conversation: what a machine answered by itself never does."""
    return mail.kind in ("message", "list")


def _candidates(mail: Mail, known: Known[T], by_number: ByNumber[T]) -> list[T]:
    ids = [each for each in _ids(mail) if each != mail.message_id]
    threads = known(ids) if ids else {}
    named = [threads[each] for each in ids if each in threads]
    # A bounce proves itself by the mail that it brings back, not by a number that can be guessed.
    numbers = () if mail.kind == "bounce" else mail.ticket_numbers[:MOST_NUMBERS]
    numbered = [by_number(number) for number in numbers]
    return named + [each for each in numbered if each is not None]


def _ids(mail: Mail) -> list[str]:
    nearest_first = [mail.in_reply_to, *reversed(mail.references)]
    return [each for each in dict.fromkeys(nearest_first) if each]


def _party_of(mail: Mail) -> str:
    if mail.authentication.get("dmarc") == "fail" or "several_senders" in mail.faults:
        return ""
    if mail.kind == "bounce":
        return mail.bounce.recipient if mail.bounce else ""
    return mail.sender.email
