"""What the pages of the desk read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from allonce.kernel.accounts.activity import people_names
from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.desk.models import Article, Line, RawMail, Ticket
from allonce.kernel.desk.services.closing import quiet_incidents
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import shared_index
from allonce.kernel.vault.sealed import prefetch_keys

MOST = 200
NUMBER = re.compile(r"\s*(?:T-?)?(\d{1,9})\s*", re.I)
WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Wanted:
    """A view of the queue, as it stands in the address; `staff` is whoever looks."""

    show: str
    staff: UUID
    q: str = ""


def on_the_desk(wanted: Wanted) -> list[Ticket]:
    """The tickets of a view: what waits longest for us first, else what changed last; two hundred at most."""
    rows = _searched(wanted.q) if wanted.q else _views(wanted.staff).get(wanted.show, Ticket.objects.none())
    found = list(rows.order_by(F("answer_due_at").asc(nulls_last=True), "-changed_at")[:MOST])
    prefetch_keys(found)
    return found


def counts(staff: UUID) -> dict[str, int]:
    """How many tickets each view holds."""
    return {name: rows.count() for name, rows in _views(staff).items()} | {"quiet": quiet_incidents().count()}


def _views(staff: UUID) -> "dict[str, QuerySet[Ticket]]":
    living = Ticket.objects.exclude(state__in=[Ticket.State.CLOSED, Ticket.State.SOLVED])
    return {
        "ours": living.exclude(awaits_since=None),
        "mine": living.filter(handler_id=staff),
        "nobodys": living.filter(handler_id=None),
        "late": living.filter(answer_due_at__lt=now()),
        "waiting": living.filter(awaits_since=None),
        "disputes": living.filter(kind=Ticket.Kind.DISPUTE),
        "done": Ticket.objects.filter(state__in=[Ticket.State.CLOSED, Ticket.State.SOLVED]),
    }


def _searched(q: str) -> "QuerySet[Ticket]":
    """By number, or by the sender's address through its index: nothing sealed is opened to search."""
    number = NUMBER.fullmatch(q)
    if number:
        return Ticket.objects.filter(number=int(number[1]))
    return Ticket.objects.filter(email_index=shared_index("address", q))


def ticket_of(ticket_id: UUID) -> Ticket:
    """One ticket. Raises NotFound."""
    found = Ticket.objects.select_related("account", "merged_into").filter(pk=ticket_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Shown:
    """A line with who stands behind it; "" for the sender."""

    line: Line
    who: str


def lines_of(ticket: Ticket, *, staff: bool) -> list[Shown]:
    """What was said, oldest first. Notes and events are for staff."""
    rows = Line.objects.filter(ticket=ticket).prefetch_related("files").order_by("at", "place")
    if not staff:
        rows = rows.filter(kind__in=[Line.Kind.WORD, Line.Kind.ANSWER], by_stranger=False)
    found = list(rows)
    names = people_names({each.by_id for each in found if each.by_id and each.by_kind == "staff"})
    return [Shown(each, names.get(each.by_id, "") if each.by_id else "") for each in found]


def minutes_of(ticket: Ticket) -> int:
    """All time spent on it."""
    return ticket.time.aggregate(sum=Sum("minutes"))["sum"] or 0


def others_of(ticket: Ticket) -> list[Ticket]:
    """Further tickets of the same sender, latest first."""
    rows = Ticket.objects.filter(email_index=ticket.email_index).exclude(pk=ticket.pk)
    found = list(rows.order_by("-changed_at")[:10])
    prefetch_keys(found)
    return found


def tickets_of(person: Person) -> list[Ticket]:
    """A person's own tickets, latest first."""
    found = list(Ticket.objects.filter(person=person, merged_into=None).order_by("-changed_at")[:MOST])
    prefetch_keys(found)
    return found


def own_ticket(person: Person, ticket_id: UUID) -> Ticket:
    """One of a person's own tickets. Raises NotFound."""
    found = Ticket.objects.filter(person=person, pk=ticket_id).first()
    if found is None:
        raise NotFound
    return found


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of staff."""
    return people_names({each for each in ids if each})


def odd_mails() -> "Sequence[RawMail]":
    """Mails that could not be read or were stopped, latest first."""
    found = list(RawMail.objects.exclude(state=RawMail.State.TAKEN).order_by("-received_at")[:MOST])
    prefetch_keys(found)
    return found


def unread_mails() -> int:
    """Mails that nobody could read and nobody of the staff has looked at."""
    return RawMail.objects.filter(state=RawMail.State.UNREAD, seen_at=None).count()


def published() -> "QuerySet[Article]":
    """Answers that everybody may read, by title."""
    return Article.objects.exclude(published_at=None).order_by("title")


def suggested(words: str, most: int = 3) -> list[Article]:
    """Published answers that share the most words with a question, at least two or one that stands in the title."""
    asked = _words(words)
    scored = [(_score(asked, each), each) for each in published()]
    best = sorted((pair for pair in scored if pair[0] >= 2), key=lambda pair: -pair[0])
    return [each for _points, each in best[:most]]


def _score(asked: set[str], article: Article) -> int:
    return 2 * len(asked & _words(article.title)) + len(asked & _words(article.text))


def _words(text: str) -> set[str]:
    return {each.casefold().rstrip("s") for each in WORD.findall(text)}


def waiting_for_us() -> int:
    """Tickets that wait for an answer, for the menu."""
    return Ticket.objects.filter(~Q(awaits_since=None), state=Ticket.State.OPEN).count()
