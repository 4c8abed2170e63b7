"""Reporting, blocking, and what a suspended member sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import current_session
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating.access import member_page, standing_page
from allonce.products.dating.forms import ExplainForm, ReportForm
from allonce.products.dating.models import Member
from allonce.products.dating.services import blocking, matching, reporting, standing
from allonce.products.dating.services.reporting import Given


@member_page
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, member: Member, member_id: UUID) -> HttpResponse:
    """What for, in what words, with which messages; and whether to see each other again."""
    other = blocking.seen(member, member_id)
    match = matching.between(member, other)
    form = ReportForm(request.POST or None, with_messages=match is not None)

    def act(given: dict[str, Any]) -> HttpResponse:
        with_messages = given.get("with_messages", False)
        told = Given(given["category"], given["words"], with_messages, given["block"])
        reporting.report(current_session(request), member, member_id, told)
        messages.success(request, _("Thank you. A person reads it, and you are told when it is decided."))
        return redirect("dating:matches")

    about = {"name": other.first_name, "other": other, "match": match, "tab": "matches"}
    return try_form(form, act) or form_page(request, "dating/report.html", form, **about)


@member_page
@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, member: Member, member_id: UUID) -> HttpResponse:
    """Asks once, in the other's name."""
    other = blocking.seen(member, member_id)
    if request.method == "GET":
        return render(request, "dating/block.html", {"name": other.first_name, "other": other, "tab": "matches"})
    blocking.block(member, member_id)
    messages.success(request, _("Blocked. You are invisible to each other, and nobody is told."))
    return redirect("dating:blocked")


@member_page
@require_GET
def blocked(request: HttpRequest, member: Member) -> HttpResponse:
    """Whom this member blocked."""
    return render(request, "dating/blocked.html", {"blocks": blocking.of(member), "tab": "you"})


@member_page
@require_POST
def unblock(request: HttpRequest, member: Member, block_id: UUID) -> HttpResponse:
    blocking.unblock(member, block_id)
    messages.success(request, _("No longer blocked."))
    return redirect("dating:blocked")


@standing_page
@require_http_methods(["GET", "POST"])
def standing_of(request: HttpRequest, member: Member) -> HttpResponse:
    """Why nobody sees the member, until when, and the form in which they explain."""
    found = standing.of(member)
    if found is None:
        return redirect("dating:today")
    form = ExplainForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        standing.explain(current_session(request), member, given["text"])
        messages.success(request, _("Thank you. A person reads it before anything else is decided."))
        return redirect("dating:standing")

    about = {"found": found, "tab": "today"}
    return try_form(form, act) or form_page(request, "dating/standing.html", form, **about)
