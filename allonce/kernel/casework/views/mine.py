"""Decisions as those read them whom they concern: signed in, or through the mailed link, since the suspended cannot."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts import tenancy, throttle
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import sessions, sign_in
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.casework import queries
from allonce.kernel.casework.exempt import MECHANICAL
from allonce.kernel.casework.forms import AppealForm
from allonce.kernel.casework.models import Decision
from allonce.kernel.casework.reports import reportable
from allonce.kernel.casework.services import appealing, statements
from allonce.kernel.errors import NotFound


@signed_in
@require_GET
def decisions(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """Everything that was decided about the person, or about a business they answer for."""
    with tenancy.across_accounts():
        rows = [(each, queries.action_label(each)) for each in queries.decisions_about(session.person)]
        return render(request, "decisions/mine.html", {"rows": rows})


@signed_in
@require_http_methods(["GET", "POST"])
def my_decision(request: HttpRequest, session: SignInSession, decision_id: int) -> HttpResponse:
    """One of them, with its statement of reasons, and the appeal."""
    with tenancy.across_accounts():
        decision = queries.decisions_about(session.person).filter(pk=decision_id).first()
        if decision is None:
            raise NotFound
        form = AppealForm(request.POST or None)

        def act(given: dict[str, Any]) -> HttpResponse:
            appealing.file(decision, given["text"], by=session.person, actor=sessions.actor_of(session))
            messages.success(request, _("Your appeal is filed. Somebody else decides it."))
            return redirect("casework:my_decision", decision_id)

        shown = _shown(decision, "me/shell.html")
        return try_form(form, act) or form_page(request, "decisions/one.html", form, **shown)


@never_cache
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def decision(request: HttpRequest, token: str) -> HttpResponse:
    """The same through the mailed link, which names one decision and nothing else."""
    throttle.hit("decision-link", sign_in.client_address(request), *sign_in.PER_ADDRESS)
    rows = Decision.objects.filter(pk=statements.by_link(token) or 0, told_at__isnull=False)
    found = rows.select_related("case", "decided_by", "appeal").first()
    if found is None:
        raise NotFound
    form = AppealForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        appealing.file(found, given["text"], by=None)
        messages.success(request, _("Your appeal is filed. Somebody else decides it."))
        return redirect("casework:decision", token)

    return try_form(form, act) or form_page(request, "decisions/one.html", form, **_shown(found, "base.html"))


@require_GET
def how_we_decide(request: HttpRequest) -> HttpResponse:
    """Who decides, how to appeal, and which answers a machine gives by itself."""
    return render(request, "decisions/how.html", {"mechanical": MECHANICAL, "labels": reportable.labels()})


def _shown(found: Decision, frame: str) -> dict[str, Any]:
    return {
        "told": queries.told(found),
        "decision": found,
        "label": queries.action_label(found),
        "may_appeal": appealing.may_appeal(found),
        "frame": frame,
    }
