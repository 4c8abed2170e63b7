"""What is held of me: the overview, my copy, and corrections."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import sessions
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.clock import today
from allonce.kernel.privacy.naming import field_words, table_words
from allonce.kernel.privacy.rights import overview as reading
from allonce.kernel.privacy.rights import proving, queries
from allonce.kernel.privacy.rights.export import archive
from allonce.kernel.privacy.rights.forms import CorrectForm
from allonce.kernel.privacy.rights.proving import recently_proved
from allonce.kernel.privacy.rights.services import correcting


@signed_in
@require_safe
@tenancy.across_accounts()
def overview(request: HttpRequest, session: SignInSession) -> HttpResponse:
    about = {"held": reading.overview_of(session.person), "looks": queries.who_looked(session.person_id)}
    return render(request, "rights/overview.html", about)


@signed_in
@require_GET
def export(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """What a copy contains; one press makes it for whoever proved themselves lately."""
    return render(request, "rights/export.html", {"proved": proving.is_recent(request, session)})


@signed_in
@recently_proved
@require_http_methods(["GET", "POST"])
def download(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """The archive itself; whoever was sent to prove themselves first comes back to the page with its button."""
    if request.method == "GET":
        return render(request, "rights/export.html", {"proved": True})
    made = archive.take(session.person, actor=sessions.actor_of(session))
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="your-data-{today():%Y-%m-%d}.zip"'
    return answer


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, session: SignInSession, label: str, row: str, field: str) -> HttpResponse:
    place = correcting.Place(label, row, field)
    with tenancy.across_accounts():
        found = correcting.correctable(session.person, place)
    form = CorrectForm(request.POST or None, initial={"value": getattr(found, field)})

    def act(given: dict[str, Any]) -> HttpResponse:
        actor = sessions.actor_of(session)
        correcting.correct(session.person, place, given["value"], actor=actor)
        messages.success(request, _("Corrected, here and wherever it is shown."))
        return redirect("rights:overview")

    about = {"table": table_words(label), "field": field_words(type(found), field)}
    return try_form(form, act) or form_page(request, "rights/correct.html", form, **about)
