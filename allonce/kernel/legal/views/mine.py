"""A person's own agreements, and the page where they agree."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.views.pages import form_page, safe_next, try_form
from allonce.kernel.legal import durable, queries
from allonce.kernel.legal.forms import AgreeForm
from allonce.kernel.legal.ports import ways_out
from allonce.kernel.legal.services.accepting import accept


@signed_in
@require_GET
@tenancy.across_accounts()
def agreements(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """What I agreed to and when, what binds me, and what waits for my decision."""
    about = {"agreements": queries.agreements_of(session.person), "standings": queries.standings(session)}
    return render(request, "legal_me/agreements.html", about)


@signed_in
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def agree(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """The gate: every text that this person has to agree to, or ways to leave."""
    standings = queries.standings(session)
    asked = [each.asked for each in standings if each.asked]
    further = safe_next(request, "/")
    if not asked:
        return redirect(further)
    form = AgreeForm(asked, _sent(request))

    def act(_given: dict[str, Any]) -> HttpResponse:
        accept(session, asked)
        messages.success(request, _("Thank you. A copy is on its way to your mailbox."))
        return redirect(further)

    about = {"standings": standings, "next": further, "ways_out": ways_out()}
    return try_form(form, act) or form_page(request, "legal_me/agree.html", form, **about)


@signed_in
@require_http_methods(["GET", "POST"])
@tenancy.across_accounts()
def agree_to_one(request: HttpRequest, session: SignInSession, slug: str, number: int) -> HttpResponse:
    """Agree freely to one version: one that reduces rights, or one that is yet to come."""
    version = queries.version(slug, number)
    form = AgreeForm([version], _sent(request))

    def act(_given: dict[str, Any]) -> HttpResponse:
        accept(session, [version])
        messages.success(request, _("Thank you. A copy is on its way to your mailbox."))
        return redirect("legal:agreements")

    return try_form(form, act) or form_page(request, "legal_me/agree_to_one.html", form, version=version)


@signed_in
@require_GET
def copy(_request: HttpRequest, _session: SignInSession, slug: str, number: int) -> HttpResponse:
    """The durable copy of one version."""
    version = queries.version(slug, number)
    name = durable.file_name(version)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(durable.pdf(version), content_type="application/pdf", headers=headers)


def _sent(request: HttpRequest) -> Any:
    """What was posted; a form of nothing but unticked boxes posts nothing, and is wrong all the same."""
    return request.POST if request.method == "POST" else None
