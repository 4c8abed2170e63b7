"""Restricting and objecting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import sessions
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.privacy.rights import overview, processing
from allonce.kernel.privacy.rights.forms import RestrictForm
from allonce.kernel.privacy.rights.services import limits


@signed_in
@require_safe
def page(request: HttpRequest, session: SignInSession) -> HttpResponse:
    return _page(request, session, RestrictForm())


@signed_in
@require_POST
def restrict(request: HttpRequest, session: SignInSession) -> HttpResponse:
    form = RestrictForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        limits.restrict(session.person, ground=given["ground"], actor=sessions.actor_of(session))
        messages.success(request, _("Restricted. Your data is stored, and used only for claims and duties of law."))
        return redirect("rights:limits")

    return try_form(form, act) or _page(request, session, form)


@signed_in
@require_POST
def lift(request: HttpRequest, session: SignInSession) -> HttpResponse:
    limits.lift_restriction(session.person, actor=sessions.actor_of(session))
    messages.success(request, _("The restriction is ended."))
    return redirect("rights:limits")


@signed_in
@require_POST
def object_to(request: HttpRequest, session: SignInSession) -> HttpResponse:
    limits.object_to(session.person, request.POST.get("purpose", ""), actor=sessions.actor_of(session))
    messages.success(request, _("Noted. From now on your data is not used for that."))
    return redirect("rights:limits")


@signed_in
@require_POST
def withdraw(request: HttpRequest, session: SignInSession) -> HttpResponse:
    limits.withdraw_objection(session.person, request.POST.get("purpose", ""), actor=sessions.actor_of(session))
    messages.success(request, _("Your objection is withdrawn."))
    return redirect("rights:limits")


def _page(request: HttpRequest, session: SignInSession, form: RestrictForm) -> HttpResponse:
    standing = list(processing.limits_of(session.person_id))
    about = {
        "form": form,
        "restriction": next((each for each in standing if each.kind == "restriction"), None),
        "purposes": overview.objections(standing),
    }
    return render(request, "rights/limits.html", about, status=422 if form.is_bound else 200)
