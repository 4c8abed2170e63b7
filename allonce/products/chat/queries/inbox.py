"""What the console reads: conversations as it shows them, in few statements however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from allonce.kernel import messaging
from allonce.kernel.messaging.models import Entry, ReadMark
from allonce.kernel.messaging.wire import moment
from allonce.kernel.vault.sealed import prefetch_keys
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.models import (
    AgentProfile,
    CannedAnswer,
    Consumer,
    Conversation,
    Department,
    Disposition,
    Ring,
    Tag,
)
from allonce.products.chat.queries.presence import OPEN, Crew, crew_of

State = Conversation.State
RECENT = 50
MOST_OPEN = 500
PREVIEW = 120
EARLIER = 20

Shape = dict[str, Any]


def snapshot(by: AgentAccess) -> Shape:
    """All that a console needs to begin; what comes after it stands in the console's log from `head` on.

    The log's head is read first: what happens meanwhile comes twice rather than never.
    """
    stream = by.client.console_stream
    head = messaging.heads([stream]).get(stream, 0) if stream else 0
    crew = crew_of(by.client)
    rows = _rows(by)
    unended = rows.filter(state__in=OPEN).order_by("-last_at")[:MOST_OPEN]
    # Each by itself: only then the index gives the latest without sorting all that ever ended.
    ended = (State.HAND_OVER, State.CLOSED)
    by_mail, closed = (rows.filter(state=each).order_by("-last_at")[:RECENT] for each in ended)
    return {
        "me": me(by, crew),
        "business": by.client.shown_name,
        "zone": by.client.zone,
        "colleagues": [colleague(each, crew) for each in crew.agents if each.id != by.profile.id],
        "departments": [{"id": str(each.id), "title": each.title} for each in departments(by)],
        "canned": canned(by),
        "tags": list(Tag.objects.filter(account=by.account).values_list("word", flat=True)),
        "dispositions": [{"code": each.code, "label": each.label} for each in dispositions(by)],
        "counts": counts(by),
        "ringing": ringing(by),
        "conversations": shapes(by, [*unended, *by_mail, *closed]),
        "console": {"s": str(stream), "head": head},
    }


def me(by: AgentAccess, crew: Crew) -> Shape:
    """The agent who looks."""
    own = next((each for each in crew.agents if each.id == by.profile.id), by.profile)
    shown = colleague(own, crew)
    return shown | {
        "until": _at(own.mobile_until) if own.on_mobile(crew.moment) else None,
        "limit": own.limit,
        "routing": own.routing,
        "desk": own.desk_state,
        "may_manage": by.role in {"owner", "office"},
        "off_shift": [str(each.id) for each in crew.off_shift()],
        "closed": crew.is_closed_to(own, departments(by)),
    }


def colleague(agent: AgentProfile, crew: Crew) -> Shape:
    """An agent as colleagues see them."""
    return {
        "id": str(agent.id),
        "seat": agent.seat,
        "name": agent.name,
        "picture": f"/chat/api/agents/{agent.id}/picture?v={agent.picture.hex[:8]}" if agent.picture else None,
        "presence": crew.presence(agent),
        "routing": agent.routing,
        "open": crew.open_counts.get(agent.id, 0),
        "limit": agent.limit,
        "departments": [str(each) for each in crew.departments.get(agent.id, ())],
    }


# Where a page of a list ended: many conversations may have the same moment.
Place = tuple[datetime, UUID]


def listed(by: AgentAccess, *, state: str, mine: bool, before: Place | None, limit: int) -> QuerySet[Conversation]:
    """Conversations, the latest first; those behind a place if one is given."""
    rows = _rows(by)
    if state:
        rows = rows.filter(state__in=state.split(","))
    if mine:
        rows = rows.filter(agent=by.profile)
    if before is not None:
        at, row_id = before
        rows = rows.filter(Q(last_at__lt=at) | Q(last_at=at, id__lt=row_id))
    return rows.order_by("-last_at", "-id")[:limit]


def found(by: AgentAccess, words: str, limit: int) -> list[Conversation]:
    """Whose visitor has exactly this email or telephone number, or whose name or listing holds these words.

    What is sealed can only be searched by opening it, so words are looked for in the latest thousand.
    """
    wanted = words.strip()
    index_of = _indexes(by, wanted)
    by_contact = list(_rows(by).filter(index_of).order_by("-last_at")[:limit]) if index_of else []
    small = wanted.casefold()
    by_words = [each for each in _rows(by).order_by("-last_at")[:1000] if small in _searched(each)]
    return list({each.id: each for each in [*by_contact, *by_words]}.values())[:limit]


def shapes(by: AgentAccess, rows: Sequence[Conversation]) -> list[Shape]:
    """Conversations as the console shows them."""
    prefetch_keys(rows)
    ids = [each.id for each in rows]
    heads = messaging.heads(ids)
    last = {each.stream_id: each for each in _last_entries(ids)}
    marks = _marks(ids)
    return [
        shape(each, heads.get(each.id, 0), last.get(each.id), marks.get(each.id, {}), by.profile.seat) for each in rows
    ]


def shape(row: Conversation, head: int, last: Entry | None, marks: dict[str, int], seat: str) -> Shape:
    """One conversation."""
    consumer, context = row.consumer, row.context
    return {
        "id": str(row.id),
        "s": str(row.id),
        "state": row.state,
        "channel": row.channel,
        "consumer": {
            "id": str(consumer.id),
            "name": consumer.name,
            "email": consumer.email,
            "phone": consumer.phone,
            "blocked": consumer.blocked_at is not None,
        },
        "listing": context.get("listing") or None,
        "page": context.get("page") or None,
        "placement": row.placement_title,
        "provider": row.provider_title or None,
        "department": str(row.department_id) if row.department_id else None,
        "agent": str(row.agent_id) if row.agent_id else None,
        "created": _at(row.created_at),
        "last_at": _at(row.last_at),
        "waiting_since": _at(row.waiting_since),
        "awaiting_since": _at(row.awaiting_since),
        "left_at": _at(row.left_at),
        "last": _preview(last),
        "head": head,
        "read": marks,
        "unread": max(0, head - marks.get(seat, 0)),
        "tags": [each.word for each in row.tags.all()],
        "hot": row.hot,
        "disposition": row.disposition.code if row.disposition else None,
        "stars": row.stars,
        "language": row.language,
    }


def detail(by: AgentAccess, row: Conversation) -> Shape:
    """One conversation with what came before it: of the same visitor at this business alone."""
    same = _rows(by).filter(consumer_id=row.consumer_id).exclude(pk=row.pk).order_by("-created_at")[:EARLIER]
    entries = Entry.objects.filter(stream_id=row.pk, kind__in=["system", "note", "whisper", "rating"]).order_by("seq")
    lines = [_line(each) for each in entries if each.body is not None]
    return shapes(by, [row])[0] | {
        "earlier": [
            {
                "id": str(each.id),
                "at": _at(each.created_at),
                "listing": each.context.get("listing") or None,
                "state": each.state,
            }
            for each in same
        ],
        "notes": [each for each in lines if each["kind"] == "note"],
        "timeline": [each for each in lines if each["kind"] != "note"],
    }


def counts(by: AgentAccess) -> dict[str, int]:
    """How many conversations are in each state that is not over."""
    states = Conversation.objects.filter(account=by.account).exclude(state=State.CLOSED)
    counted = dict(states.order_by().values_list("state").annotate(Count("id")))
    mine = Conversation.objects.filter(agent=by.profile, state__in=OPEN).count()
    return {each: counted.get(each, 0) for each in (State.WAITING, State.ACTIVE, State.HAND_OVER)} | {"mine": mine}


def ringing(by: AgentAccess) -> list[str]:
    """The conversations that ring for this agent now."""
    rows = Ring.objects.filter(agent=by.profile, answer=Ring.Answer.OPEN)
    return [str(each) for each in rows.values_list("conversation_id", flat=True)]


def canned(by: AgentAccess) -> list[Shape]:
    """Prepared answers with their fields."""
    return [
        {
            "id": str(each.id),
            "shortcut": each.shortcut,
            "title": each.title,
            "text": each.text,
            "fields": each.fields,
            "department": str(each.department_id) if each.department_id else None,
        }
        for each in CannedAnswer.objects.filter(account=by.account)
    ]


def departments(by: AgentAccess) -> QuerySet[Department]:
    """The Merchant's parts."""
    return Department.objects.filter(account=by.account)


def dispositions(by: AgentAccess) -> QuerySet[Disposition]:
    """How a conversation may end."""
    return Disposition.objects.filter(account=by.account, hidden_at=None)


def _rows(by: AgentAccess) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(account=by.account)
    return rows.select_related("consumer", "disposition").prefetch_related("tags")


def _last_entries(ids: Iterable[UUID]) -> QuerySet[Entry]:
    return Entry.objects.filter(stream_id__in=list(ids), seq=F("stream__head")).select_related(None)


def _marks(ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for stream, seat, up_to in ReadMark.objects.filter(stream_id__in=list(ids)).values_list("stream", "seat", "up_to"):
        found[stream][seat] = up_to
    return dict(found)


def _preview(last: Entry | None) -> Shape | None:
    if last is None:
        return None
    body = last.body or {}
    said = str(body.get("text") or body.get("alt") or body.get("code") or "")
    return {
        "seq": last.seq,
        "from": last.sender,
        "kind": last.kind,
        "preview": " ".join(said.split())[:PREVIEW],
        "at": moment(last.at),
    }


def _line(entry: Entry) -> Shape:
    return {
        "seq": entry.seq,
        "from": entry.sender,
        "kind": entry.kind,
        "body": entry.body,
        "audience": entry.audience,
        "at": moment(entry.at),
    }


def _indexes(by: AgentAccess, wanted: str) -> Q:
    if "@" in wanted:
        field: Any = Consumer._meta.get_field("email_index")
        return Q(consumer__email_index=field.index(by.account.id, wanted))
    if sum(letter.isdigit() for letter in wanted) >= 6:
        field = Consumer._meta.get_field("phone_index")
        return Q(consumer__phone_index=field.index(by.account.id, wanted))
    return Q()


def _searched(row: Conversation) -> str:
    listing, consumer = row.context.get("listing") or {}, row.consumer
    parts = (consumer.name, consumer.email, listing.get("title"), row.placement_title, row.provider_title)
    return " ".join(each for each in parts if each).casefold()


def _at(at: datetime | None) -> str | None:
    return moment(at) if at is not None else None
