"""Reports: what a member says of another, put before people as a case about that other. Nothing else happens by it."""

from base64 import b64encode
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
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging.models import Entry
from allonce.kernel.uploads import serving
from allonce.products.dating.models import Enclosure, Match, Member, Report
from allonce.products.dating.services import blocking, enclosing, matching, signs
from allonce.products.dating.services.writing import SPOKEN

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
        last = _last(match)
        facts.append(Fact(_("Last messages of the conversation"), _excerpt(last, other)))
        facts += [fact for entry in last if entry.sender == other.seat for fact in _enclosed(match, other, entry)]
    return facts


def _last(match: Match) -> list[Entry]:
    """The last messages, oldest first."""
    rows = Entry.objects.filter(stream_id=match.id, kind__in=SPOKEN).order_by("-seq")[:LAST_MESSAGES]
    return list(reversed(rows))


def _excerpt(last: Sequence[Entry], other: Member) -> str:
    """With who wrote each: the one reported by name, the other by their part."""
    return "\n".join(_line(entry, other) for entry in last) or _("Nothing was written.")


def _line(entry: Entry, other: Member) -> str:
    who = other.first_name if entry.sender == other.seat else _("Reporter")
    return f"{entry.at:%d %b %H:%M} {who}: {_said(entry)}"


def _said(entry: Entry) -> str:
    body = entry.body or {}
    if entry.kind == "picture":
        return _("(a picture)")
    if entry.kind == "voice":
        return _("(a voice note of %(seconds)s seconds)") % {"seconds": body.get("seconds", "?")}
    return str(body.get("text", ""))


def _enclosed(match: Match, writer: Member, entry: Entry) -> list[Fact]:
    """A picture or voice note of the one who is reported, copied: the case outlasts the conversation."""
    found = Enclosure.objects.filter(match=match, member=writer, cid=entry.cid, sort=entry.kind).first()
    if found is None:
        return []
    try:
        data = b64encode(enclosing.content(found)).decode()
    except NotFound:
        return []
    address = f"data:{serving.MEDIA[found.kind]};base64,{data}"
    label = f"{found.get_sort_display()}, {entry.at:%d %b %H:%M}"
    return [Fact(label, picture=address) if found.sort == enclosing.PICTURE else Fact(label, sound=address)]
