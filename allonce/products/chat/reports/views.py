"""Reports: a Merchant's own in full, a Provider's in numbers by month."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allonce.kernel.privacy.analytics import plots
from allonce.products.chat.leads.spreadsheets import table
from allonce.products.chat.models import Conversation, Placement
from allonce.products.chat.office_doors import PortalAccess, portal
from allonce.products.chat.reports import figures, providers
from allonce.products.chat.reports.figures import DIMENSIONS, Figures, Report
from allonce.products.chat.reports.spans import Span, span

COLUMNS = (
    *("dimension", "key", "requests", "answered", "missed", "offline", "leads", "won"),
    *("first_response_seconds", "slow_response_seconds", "length_seconds", "satisfaction", "rated"),
)
TALK_COLUMNS = (
    *("conversation", "began", "kind", "source", "placement", "page", "agent", "accepted", "first_answer", "ended"),
    *("wait_seconds", "stars", "lead", "won"),
)


@require_GET
@portal()
def report(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Lines, bars and tables of the span that the address names."""
    if not by.client.is_merchant:
        return _of_provider(request, by)
    over = _span(request, by)
    found = figures.report(by.client, over)
    about = {
        "client": by.client,
        "over": over,
        "report": found,
        "plots": _plots(found),
        "tables": [
            (_words()[each], list(found.tables[each].items()), _most(found.tables[each])) for each in DIMENSIONS
        ],
        "shown": _placements(by, found),
        "query": f"since={over.since.isoformat()}&until={over.until.isoformat()}",
    }
    return render(request, "chat_reports/report.html", about)


@require_GET
@portal()
def report_csv(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """The same figures as a table, by every dimension and by day; for a Provider what its page shows."""
    if not by.client.is_merchant:
        return _file(table(("month", "business", *providers.COLUMNS), _provider_rows(by)), "businesses")
    found = figures.report(by.client, _span(request, by))
    return _file(table(COLUMNS, _rows(found)), "report")


@require_GET
@portal(kind="merchant")
def talks_csv(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Conversation by conversation: times and what came of it, and nothing of what was said or by whom."""
    over = _span(request, by)
    return _file(table(TALK_COLUMNS, _talks(by, over)), "conversations")


def _of_provider(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    about = {
        "client": by.client,
        "months": providers.months(by.client),
        "listed": providers.listed(by.client),
        "minimum": providers.minimum(),
    }
    return render(request, "chat_reports/provider.html", about)


def _span(request: HttpRequest, by: PortalAccess) -> Span:
    return span(by.client.zone, request.GET.get("since", ""), request.GET.get("until", ""))


def _plots(found: Report) -> list[tuple[str, str, plots.Line, int]]:
    """(code, label, line, sum) of what is drawn by day."""
    days = found.span.days()
    drawn = (("requests", _("Requests")), ("missed", _("Missed")), ("leads", _("Leads")))
    return [
        (
            code,
            label,
            plots.line(days, {day: getattr(found.days[day], code) for day in days}),
            getattr(found.total, code),
        )
        for code, label in drawn
    ]


def _most(rows: dict[str, Figures]) -> int:
    return max((each.requests for each in rows.values()), default=0) or 1


def _placements(by: PortalAccess, found: Report) -> list[tuple[str, figures.Shown]]:
    titles = {str(each.id): each.title for each in Placement.objects.filter(account=by.account)}
    named = [(titles.get(key, _("On listing sites")), each) for key, each in found.shown_at.items()]
    whole: dict[str, figures.Shown] = {}
    for title, each in named:
        before = whole.get(title, figures.Shown())
        whole[title] = figures.Shown(before.online + each.online, before.offline + each.offline)
    return sorted(whole.items())


def _words() -> dict[str, str]:
    return {
        "source": _("Source"),
        "placement": _("Placement"),
        "page": _("Page"),
        "agent": _("Agent"),
        "hour": _("Hour of the day"),
    }


def _rows(found: Report) -> Iterator[list[object]]:
    yield _row("total", "", found.total)
    yield ["presence", "percent", "" if found.shown.percent is None else round(found.shown.percent, 1)]
    yield from (_row("day", day.isoformat(), each) for day, each in found.days.items())
    for dimension, rows in found.tables.items():
        yield from (_row(dimension, key, each) for key, each in rows.items())


def _row(dimension: str, key: str, each: Figures) -> list[object]:
    means = (each.first_response, each.slow_response, each.length, each.satisfaction)
    plain = [each.requests, each.answered, each.missed, each.offline, each.leads, each.won]
    return [dimension, key, *plain, *("" if mean is None else round(mean, 1) for mean in means), len(each.stars)]


def _talks(by: PortalAccess, over: Span) -> Iterator[list[object]]:
    rows = figures.talks(by.account.id, over).select_related("agent")
    for talk in rows.iterator(chunk_size=2000):
        yield [str(talk.id), *(figures.when(each, over) for each in [talk.created_at]), *_about(by, talk, over)]


def _about(by: PortalAccess, talk: Conversation, over: Span) -> Iterator[Any]:
    yield from (talk.channel, figures.source_of(by.client, talk), talk.placement_title, figures.page_of(talk))
    yield talk.agent.name if talk.agent else ""
    ended = talk.closed_at or talk.handed_at
    yield from (figures.when(each, over) for each in (talk.accepted_at, talk.first_answer_at, ended))
    yield _wait(talk.created_at, talk.first_answer_at)
    yield from (talk.stars or "", int(bool(talk.has_lead)), int(bool(talk.is_won)))  # type: ignore[attr-defined]


def _wait(began: datetime, answered: datetime | None) -> float | str:
    return round((answered - began).total_seconds(), 1) if answered else ""


def _provider_rows(by: PortalAccess) -> Iterator[list[object]]:
    for month in providers.months(by.client):
        for number, row in month.rows.items():
            yield [month.first.isoformat(), number, *providers.cells(row)]
        if month.rest is not None:
            yield [month.first.isoformat(), _("All others"), *providers.cells(month.rest)]


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "private, no-store"}
    return HttpResponse(text, "text/csv; charset=utf-8", headers=headers)
