"""Marketing choices at the Operator's console: what somebody said by telephone, post or email, and assessments."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.marketing import queries
from allonce.kernel.legal.marketing.forms import AllowForm, AssessmentForm, FindContactForm, StopForm
from allonce.kernel.legal.marketing.models import Contact
from allonce.kernel.legal.marketing.purposes import marketing_purposes
from allonce.kernel.legal.marketing.services import assessments, by_staff
from allonce.kernel.legal.marketing.services.preferences import Said


@console("support", "privacy")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """Look an address up; it is posted, so that it stands in no address bar and no log."""
    form = FindContactForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        contact = by_staff.look_up(staff, given["email"], make="make" in request.POST)
        if contact is None:
            return render(request, "marketing/choices_find.html", {"form": form, "unknown": given["email"]})
        return redirect("marketing:contact", contact.id)

    return try_form(form, act) or form_page(request, "marketing/choices_find.html", form)


@console("support", "privacy")
@require_http_methods(["GET"])
def contact(request: HttpRequest, _staff: StaffAccess, contact_id: UUID) -> HttpResponse:
    return _contact_page(request, _contact(contact_id))


@console("support", "privacy")
@require_POST
def stop(request: HttpRequest, staff: StaffAccess, contact_id: UUID) -> HttpResponse:
    row, form = _contact(contact_id), StopForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        by_staff.stop(row, given["purpose"], _said(staff, given))
        messages.success(request, _("Noted. It holds at once."))
        return redirect("marketing:contact", contact_id)

    return try_form(form, act) or _contact_page(request, row, stop_form=form)


@console("support", "privacy")
@require_POST
def allow(request: HttpRequest, staff: StaffAccess, contact_id: UUID) -> HttpResponse:
    row, form = _contact(contact_id), AllowForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        if by_staff.allow(row, given, _said(staff, given)):
            messages.success(request, _("Noted."))
        else:
            messages.error(request, _("Nothing was changed: an objection or an agreement stands already."))
        return redirect("marketing:contact", contact_id)

    return try_form(form, act) or _contact_page(request, row, allow_form=form)


@console("privacy")
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """Every version of the assessments, and a new one."""
    form = AssessmentForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        assessments.assess(staff, given["purpose"], given)
        messages.success(request, _("Kept as a new version."))
        return redirect("marketing:assessments")

    about = {"lines": queries.assessment_lines()}
    return try_form(form, act) or form_page(request, "marketing/assessments.html", form, **about)


def _contact(contact_id: UUID) -> Contact:
    row = queries.contact(contact_id)
    if row is None:
        raise NotFound
    return row


def _said(staff: StaffAccess, given: dict[str, Any]) -> Said:
    return Said(given["channel"], staff.actor, at=_moment(given["on"]), staff=staff.person)


def _moment(day: date) -> datetime:
    """The end of a day gone by, or now: what was said that day came after what stood in its morning."""
    return min(now(), datetime.combine(day, time(23, 59, 59), UTC))


def _contact_page(
    request: HttpRequest, row: Contact, stop_form: StopForm | None = None, allow_form: AllowForm | None = None
) -> HttpResponse:
    about = {
        "contact": row,
        "lines": queries.lines_of(row, marketing_purposes()),
        "history": queries.history_of(row),
        "objects_to_all": queries.objects_to_all(row),
        "stop_form": stop_form or StopForm(),
        "allow_form": allow_form or AllowForm(),
    }
    refused = stop_form is not None or allow_form is not None
    return render(request, "marketing/choices_contact.html", about, status=422 if refused else 200)
