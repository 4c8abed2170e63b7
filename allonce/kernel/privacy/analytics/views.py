"""The Operator's figures: shown, and handed out, only as far as nobody can be found in them."""

import csv
import io
import json
from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.privacy.analytics import plots, queries
from allonce.kernel.privacy.analytics.counting import SUM
from allonce.kernel.privacy.analytics.queries import Row, Span

COLUMNS = ("day", "measure", "dimension", "key", "count")


@console("privacy", "admin")
@require_GET
def figures(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """Visits and events by day, as lines and bars with their tables."""
    over = _span(request)
    about = {
        "over": over,
        "sections": _sections(queries.rows(over), over),
        "minimum": settings.SMALLEST_GROUP,
        "visit_log": settings.VISIT_LOG,
        "query": f"since={over.since.isoformat()}&until={over.until.isoformat()}",
    }
    return render(request, "analytics/figures.html", about)


@console("privacy", "admin")
@require_GET
def as_csv(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """The published figures as a table."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS)
    table.writeheader()
    table.writerows(asdict(row) for row in queries.rows(_span(request)))
    return _file(written.getvalue(), "text/csv; charset=utf-8", "figures.csv")


@console("privacy", "admin")
@require_GET
def as_json(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """The published figures, with the rule by which they were chosen."""
    over = _span(request)
    found = [asdict(row) | {"day": row.day.isoformat()} for row in queries.rows(over)]
    told: dict[str, Any] = {"smallest_group": settings.SMALLEST_GROUP, "figures": found}
    return _file(json.dumps(told, indent=1), "application/json", "figures.json")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(text, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _span(request: HttpRequest) -> Span:
    return queries.span(_day(request.GET.get("since", "")), _day(request.GET.get("until", "")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sections(rows: list[Row], over: Span) -> list[dict[str, Any]]:
    """One section per measure: the days' sums, then each dimension's figures over all days."""
    days: dict[str, dict[date, int]] = defaultdict(dict)
    keys: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for row in rows:
        if row.dimension == SUM:
            days[row.measure][row.day] = row.count
        else:
            keys[row.measure][row.dimension][row.key] += row.count
    return [
        {
            "code": code,
            "label": label,
            "sum": sum(days[code].values()),
            "days": days[code],
            "line": plots.line(over.days(), days[code]),
            "parts": [(queries.DIMENSION_WORDS[each], plots.bars(counts)) for each, counts in keys[code].items()],
        }
        for code, label in queries.labels().items()
    ]
