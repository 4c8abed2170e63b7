"""A Merchant's figures, counted anew from its conversations at each look, in its own time zone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import fmean, median, quantiles
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from allonce.products.chat.leads.models import Lead
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, HourlyCount
from allonce.products.chat.reports.spans import Span

DIMENSIONS = ("source", "placement", "page", "agent", "hour")
# What a table shows by name; the rest is one row, so that no page is without end.
MOST_ROWS = 50
NOTHING = "\u2013"  # a dash where there is nothing to count
ENDED = frozenset({Conversation.State.CLOSED, Conversation.State.HAND_OVER})


@dataclass
class Figures:
    """What happened in a span, or in the part of it that one row is about. Durations are in seconds.

    A request is answered once an agent said something, missed if it ended before that; an offline message is a
    request that nobody could have answered at once.
    """

    requests: int = 0
    answered: int = 0
    missed: int = 0
    offline: int = 0
    leads: int = 0
    won: int = 0
    waits: list[float] = field(default_factory=list)
    lengths: list[float] = field(default_factory=list)
    stars: list[int] = field(default_factory=list)

    @property
    def first_response(self) -> float | None:
        """The wait that half of the answered visitors did not exceed."""
        return median(self.waits) if self.waits else None

    @property
    def slow_response(self) -> float | None:
        """The wait that nine of ten did not exceed."""
        return quantiles(self.waits, n=10, method="inclusive")[8] if len(self.waits) > 1 else self.first_response

    @property
    def length(self) -> float | None:
        """How long a conversation lasted from its acceptance to its end, in the middle."""
        return median(self.lengths) if self.lengths else None

    @property
    def satisfaction(self) -> float | None:
        """The mean of the stars."""
        return fmean(self.stars) if self.stars else None

    @property
    def answered_percent(self) -> float | None:
        """Of the requests that somebody could have answered."""
        answerable = self.answered + self.missed
        return 100 * self.answered / answerable if answerable else None

    def add(self, talk: Conversation) -> None:
        """Count one conversation."""
        answer = talk.first_answer_at
        self.requests += 1
        self.leads += bool(talk.has_lead)  # type: ignore[attr-defined]  # annotated by talks()
        self.won += bool(talk.is_won)  # type: ignore[attr-defined]
        if talk.channel == Conversation.Channel.OFFLINE:
            self.offline += 1
        elif answer is not None:
            self.answered += 1
            self.waits.append(max(0.0, (answer - talk.created_at).total_seconds()))
        elif talk.state in ENDED:
            self.missed += 1
        if talk.accepted_at and talk.closed_at and talk.channel != Conversation.Channel.OFFLINE:
            self.lengths.append(max(0.0, (talk.closed_at - talk.accepted_at).total_seconds()))
        if talk.stars:
            self.stars.append(talk.stars)


@dataclass(frozen=True)
class Shown:
    """How often the button was shown, and how often while somebody was there."""

    online: int = 0
    offline: int = 0

    @property
    def percent(self) -> float | None:
        """Presence: impressions while online of all impressions."""
        every = self.online + self.offline
        return 100 * self.online / every if every else None


@dataclass(frozen=True)
class Report:
    """All figures of one Merchant in one span."""

    span: Span
    total: Figures
    shown: Shown
    days: dict[date, Figures]
    tables: dict[str, dict[str, Figures]]
    shown_at: dict[str, Shown]


def report(client: ChatClient, over: Span) -> Report:
    """Count. Some thousands of conversations take a second or two."""
    total, days = Figures(), {day: Figures() for day in over.days()}
    tables: dict[str, dict[str, Figures]] = {each: defaultdict(Figures) for each in DIMENSIONS}
    agents = {each.id: each.name for each in AgentProfile.objects.filter(account_id=client.account_id)}
    for talk in talks(client.account_id, over).iterator(chunk_size=2000):
        total.add(talk)
        days[over.local(talk.created_at).date()].add(talk)
        for dimension, key in _keys(client, talk, over, agents):
            tables[dimension][key].add(talk)
    shown = _shown(client.account_id, over)
    return Report(over, total, _sum(shown.values()), days, {k: _ordered(k, v) for k, v in tables.items()}, shown)


def talks(account_id: UUID, over: Span) -> QuerySet[Conversation]:
    """The conversations that began in the span, each with whether it is a lead and whether that was won."""
    mine = Lead.objects.filter(conversation=OuterRef("pk"))
    rows = Conversation.objects.filter(account_id=account_id, created_at__gte=over.begins, created_at__lt=over.ends)
    return rows.annotate(
        has_lead=Exists(mine.exclude(state=Lead.State.DUPLICATE)), is_won=Exists(mine.filter(state=Lead.State.WON))
    ).order_by("created_at")


def page_of(talk: Conversation) -> str:
    """The page on which a conversation began, without what stands behind ? and #, which may be somebody's."""
    try:
        parts = urlsplit(str(((talk.context or {}).get("page") or {}).get("url") or ""))
    except ValueError:
        return ""
    return f"{parts.hostname or ''}{parts.path}" if parts.hostname else ""


def source_of(client: ChatClient, talk: Conversation) -> str:
    """The site that brought the visitor, or the way on which they came without one."""
    if talk.channel in {Conversation.Channel.CALL, Conversation.Channel.TEXT} and not talk.placement_title:
        return str(talk.get_channel_display())
    return talk.provider_title or client.shown_name


def _keys(client: ChatClient, talk: Conversation, over: Span, agents: dict[UUID, str]) -> Iterator[tuple[str, str]]:
    yield "source", source_of(client, talk)
    yield "placement", talk.placement_title or _("No placement")
    yield "page", page_of(talk) or _("Unknown page")
    yield "hour", f"{over.local(talk.created_at).hour:02d}:00"
    if talk.agent_id:
        yield "agent", agents.get(talk.agent_id, _("Former agent"))


def _ordered(dimension: str, rows: dict[str, Figures]) -> dict[str, Figures]:
    """Hours by the clock, everything else by requests; what comes after the first fifty is summed up."""
    if dimension == "hour":
        return {f"{hour:02d}:00": rows.get(f"{hour:02d}:00", Figures()) for hour in range(24)} if rows else {}
    order = sorted(rows, key=lambda key: (-rows[key].requests, key))
    found = {key: rows[key] for key in order[:MOST_ROWS]}
    if order[MOST_ROWS:]:
        found[_("All others")] = _added(rows[key] for key in order[MOST_ROWS:])
    return found


def _added(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        for name in ("requests", "answered", "missed", "offline", "leads", "won"):
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        whole.waits += part.waits
        whole.lengths += part.lengths
        whole.stars += part.stars
    return whole


def _shown(account_id: UUID, over: Span) -> dict[str, Shown]:
    """Impressions by placement. Counts are by hour in UTC; zones that differ by half hours are cut at the hour."""
    rows = HourlyCount.objects.filter(account_id=account_id, hour__gte=over.begins, hour__lt=over.ends)
    on, off = (Sum("count", filter=Q(kind=kind)) for kind in ("shown_online", "shown_offline"))
    counted: Any = rows.values("placement_id").order_by("placement_id").annotate(on=on, off=off)
    return {str(each["placement_id"]): Shown(each["on"] or 0, each["off"] or 0) for each in counted}


def _sum(parts: Iterable[Shown]) -> Shown:
    every = list(parts)
    return Shown(sum(each.online for each in every), sum(each.offline for each in every))


def so_long(seconds: float | None) -> str:
    """A duration as people say it."""
    if seconds is None:
        return NOTHING
    if seconds < 60:
        return _("%d s") % round(seconds)
    if seconds < 3600:
        return _("%(min)d min %(sec)02d s") % {"min": seconds // 60, "sec": seconds % 60}
    return _("%(hours)d h %(min)02d min") % {"hours": seconds // 3600, "min": seconds % 3600 // 60}


def when(moment: datetime | None, over: Span) -> str:
    """A moment in the span's zone, for tables."""
    return over.local(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
