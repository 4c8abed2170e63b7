"""What happened in the account, and who of the Operator's staff looked into it."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allonce.kernel import audit
from allonce.kernel.accounts import activity, queries, tenancy
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office, signed_in
from allonce.kernel.accounts.models import SignInSession, StaffLook

PER_PAGE = 50


@office("owner")
@require_GET
def record(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    wanted = _filter(request)
    page = Paginator(activity.entries(access.account.id, wanted), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    about = {
        "page": page,
        "lines": activity.in_words(page.object_list),
        "wanted": wanted,
        "members": queries.members(access.account.id),
        "devices": activity.devices_in(access.account.id),
        "actions": activity.actions_in(access.account.id),
        "query": query.urlencode(),
    }
    return render(request, "accounts/activity.html", about)


@office("owner")
@require_GET
def export(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    rows = activity.entries(access.account.id, _filter(request))
    answer = HttpResponse("".join(activity.as_csv(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="activity.csv"'
    return answer


@office("owner", "office")
@require_GET
def looks(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Every look the Operator's staff took: who, when, until when, and why."""
    seen = list(audit.looks(access.account.id))
    names = activity.people_names({look.staff_id for look in seen})
    timed = {each.audit_look_id: each for each in StaffLook.objects.filter(account=access.account)}
    lines = [
        {"look": look, "who": names.get(look.staff_id, _("Somebody who has left")), "timed": timed.get(look.id)}
        for look in seen
    ]
    return render(request, "accounts/looks.html", {"lines": lines})


@signed_in
@require_GET
def my_looks(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """Every look at the person signed in: at them alone, and into the accounts they belong to."""
    with tenancy.across_accounts():
        seen = queries.looks_at(session.person)
        names = activity.people_names({line.staff_id for line in seen})
        lines = [{"seen": line, "who": names.get(line.staff_id, _("Somebody who has left"))} for line in seen]
        return render(request, "me/looks.html", {"lines": lines})


def _filter(request: HttpRequest) -> activity.Filter:
    """From the address, so that it survives a reload; what makes no sense is ignored."""
    given = request.GET
    return activity.Filter(
        person=_uuid(given.get("person", "")),
        device=_uuid(given.get("device", "")),
        action=given.get("action", "")[:64],
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
