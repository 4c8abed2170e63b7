"""Reports: what a member says of another, put before people as a case about that other. Nothing else happens by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.casework.kinds import Fact
from allonce.kernel.casework.models import Case
from allonce.kernel.casework.services import opening
from allonce.kernel.messaging.models import Entry
from allonce.products.dating.models import Match, Member, Report
from allonce.products.dating.services import blocking, matching, signs

PER_MEMBER = (20, timedelta(days=1))
LAST_MESSAGES = 20


@dataclass(frozen=True)
class Given:
    """What the reporter says, whether the last messages go along, and whether they want to see the other again."""

    category: str
    words: str
    with_messages: bool
    block: bool


@transaction.atomic
def report(session: SignInSession, member: Member, other_id: UUID, given: Given) -> Case:
    """Put it before the staff. Whoever is reported is not told by whom. Audited. Raises NotFound or TooMany."""
    other = blocking.seen(member, other_id)
    throttle.hit("dating-report", member.id.hex, *PER_MEMBER)
    match = matching.between(member, other)
    facts = _facts(given, other, match)
    Report.objects.create(by=member, about=other, category=given.category)
    case = opening.by_somebody(session, signs.CONDUCT_CASE, signs.subject_of(other), facts)
    signs.weigh(other)
    if given.block:
        blocking.block(member, other_id)
    return case


def _facts(given: Given, other: Member, match: Match | None) -> Sequence[Fact]:
    facts = [Fact(_("Reported for"), str(Report.Category(given.category).label))]
    if given.words.strip():
        facts.append(Fact(_("In the reporter's words"), given.words.strip()))
    if given.with_messages and match is not None:
        facts.append(Fact(_("Last messages of the conversation"), _excerpt(match, other)))
    return facts


def _excerpt(match: Match, other: Member) -> str:
    """The last messages, oldest first, with who wrote each: the one reported by name, the other by their part."""
    rows = Entry.objects.filter(stream_id=match.id, kind="text").order_by("-seq")[:LAST_MESSAGES]
    return "\n".join(_line(entry, other) for entry in reversed(rows)) or _("Nothing was written.")


def _line(entry: Entry, other: Member) -> str:
    who = other.first_name if entry.sender == other.seat else _("Reporter")
    body = entry.body or {}
    return f"{entry.at:%d %b %H:%M} {who}: {body.get('text', '')}"
