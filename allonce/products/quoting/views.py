"""The office's list of what was sent."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.quoting import queries, wording
from allonce.products.quoting.models import Delivery

ROWS_ON_A_PAGE = 50
# What became of a mail is told with a time of its own where it was not at once.
A_WHILE = timedelta(minutes=1)


@office()
@require_GET
def sent(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Every mail of every job: what became of it, and what to do where it failed."""
    chosen = {name: request.GET.get(name, "") for name in ("only", "user")}
    found = queries.sent(access.account.id, only=chosen["only"], user_id=chosen["user"])
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "rows": [_row(delivery) for delivery in page],
        "page": page,
        "chosen": chosen,
        "users": queries.users_who_sent(access.account.id),
        "failed": queries.count_failed(access.account.id),
        "sealed": any(delivery.label for delivery in page),
    }
    return render(request, "quoting/sent.html", shown)


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "delivery": delivery,
        "mark": wording.MARKS[delivery.state],
        "role": wording.ROLES[delivery.role],
        "reason": wording.REASONS.get(delivery.reason, ""),
        "sent": wording.said_at(delivery.created_at),
        "since": wording.said_at(delivery.at) if delivery.at - delivery.created_at >= A_WHILE else "",
        "short": delivery.job_ref.hex[:8],
    }
