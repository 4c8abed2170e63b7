"""Safety: what to know before meeting, and a date shared with somebody whom the member trusts."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.access import current_session
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating import complaints
from allonce.products.dating.access import member_page, standing_page
from allonce.products.dating.forms import ComplainForm, PlanForm
from allonce.products.dating.models import DatePlan, Member
from allonce.products.dating.services import matching, plans


@member_page
@require_GET
def safety(request: HttpRequest, member: Member) -> HttpResponse:  # noqa: ARG001 (the door's signature)
    return render(request, "dating/safety.html", {"tab": "you"})


@member_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """The member's plans with their links, and a form for another."""
    known = list(matching.of(member))
    form = PlanForm(
        request.POST or None, matches=[(str(each.pk), each.other_than(member).first_name) for each in known]
    )

    def act(given: dict[str, Any]) -> HttpResponse:
        meets = given["meets"].replace(tzinfo=ZoneInfo(member.zone or "UTC"))
        match = next((each for each in known if str(each.pk) == given.get("match")), None)
        plans.make(member, plans.Plan(given["where"], meets, given["with_name"], match))
        messages.success(request, _("Here is the link. Send it to somebody you trust."))
        return redirect("dating:plans")

    lines = [{"plan": each, "link": plans.link_to(each), "meets": _moment(each)} for each in plans.of(member)]
    return try_form(form, act) or form_page(request, "dating/plans.html", form, lines=lines, tab="you")


@member_page
@require_POST
def remove(request: HttpRequest, member: Member, plan_id: UUID) -> HttpResponse:
    plans.remove(member, plan_id)
    messages.success(request, _("Removed. Its link opens nothing any more."))
    return redirect("dating:plans")


@never_cache
@require_GET
@tenancy.across_accounts()
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What the trusted person reads: where, when, with whom, and nothing else."""
    plan = plans.by_link(token)
    about = {"plan": plan, "name": plan.member.first_name, "meets": _moment(plan)}
    response = render(request, "dating/plan.html", about)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@standing_page
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, member: Member) -> HttpResponse:
    """A complaint, by when it is answered, and those made before."""
    form = ComplainForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        complaints.complain(current_session(request), member, given["text"])
        messages.success(request, _("Thank you. It waits for a person now, who answers by the day below."))
        return redirect("dating:complain")

    about = {"cases": complaints.of(member), "mediator": complaints.mediator(), "tab": "you"}
    return try_form(form, act) or form_page(request, "dating/complain.html", form, **about)


def _moment(plan: DatePlan) -> datetime:
    """When the two meet, by the clock of that place: without a zone, so that no page turns it into its own."""
    return datetime.fromisoformat(plan.meets).replace(tzinfo=None)
