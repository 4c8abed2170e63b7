"""When an agent works and when a department is open, one page each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.chat.models import Department, Shift
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.portal import services, weeks
from allonce.products.chat.services import placing, set_up


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="merchant")
def agent_hours(request: HttpRequest, by: PortalAccess, agent_profile_id: UUID) -> HttpResponse:
    """When it rings for one agent."""
    profile = services.agent_of(by, agent_profile_id)
    week = weeks.week_of_shifts(profile.shifts.all())
    form = weeks.ShiftsForm(_sent(request), initial=weeks.ShiftsForm.filled(week))

    def act(_given: dict[str, Any]) -> HttpResponse:
        given = form.week()
        shifts = [
            Shift(weekday=day, starts=each.opens, ends=each.closes) for day, spans in given.items() for each in spans
        ]
        set_up.set_shifts(profile, shifts, actor=by.actor)
        said = _("Saved: %s.") % weeks.in_words(given) if given else _("Saved. It rings whenever they are online.")
        messages.success(request, said)
        return redirect("chat_portal:agent", profile.id)

    about = {"profile": profile, "title": _("Weekly hours of %s") % profile.name}
    return try_form(form, act) or _page(request, by, form, week, **about)


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="merchant")
def department_hours(request: HttpRequest, by: PortalAccess, department_id: UUID) -> HttpResponse:
    """When one department is open, where it differs from the business."""
    found: Department = services.one_of(by, Department, department_id)
    week = weeks.week_of(found.hours)
    form = weeks.HoursForm(_sent(request), initial=weeks.HoursForm.filled(week))

    def act(_given: dict[str, Any]) -> HttpResponse:
        given = form.week()
        placing.save_department(by.client, found, found.title, weeks.stored(given), actor=by.actor)
        said = _("Saved: %s.") % weeks.in_words(given) if given else _("Saved. It keeps the business's hours.")
        messages.success(request, said)
        return redirect("chat_portal:agents")

    about = {"department": found, "title": _("Opening hours of %s") % found.title}
    return try_form(form, act) or _page(request, by, form, week, **about)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was filled in, even if it is nothing."""
    return request.POST if request.method == "POST" else None


def _page(
    request: HttpRequest, by: PortalAccess, form: weeks.HoursForm, week: weeks.Week, **about: Any
) -> HttpResponse:
    opening = weeks.week_of(by.client.hours)
    about |= {
        "zone": by.client.zone.replace("_", " "),
        "opening": weeks.in_words(opening),
        "picture": weeks.picture(week or opening),
        "is_own": bool(week),
    }
    return form_page(request, "chat_portal/hours.html", form, **about)
