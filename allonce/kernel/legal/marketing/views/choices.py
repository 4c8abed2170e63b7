"""A person's own choices, each given or withdrawn with one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.audit import Actor
from allonce.kernel.legal.marketing import consents, queries
from allonce.kernel.legal.marketing.purposes import ALL


@signed_in
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """The page of choices; posting it gives or withdraws one of them."""
    if request.method == "POST":
        messages.success(request, _change(request, session))
        return redirect("marketing:consents")
    contact = queries.contact_of(session.person)
    about = {
        "lines": queries.lines_of(contact),
        "history": queries.history_of(contact),
        "objects_to_all": queries.objects_to_all(contact),
    }
    return render(request, "marketing/consents.html", about)


def _change(request: HttpRequest, session: SignInSession) -> str:
    actor = Actor(kind="person", id=session.person_id, via=session.id)
    purpose = request.POST.get("purpose", "")
    if request.POST.get("given") == "yes":
        consents.give(session.person, purpose, actor=actor)
        return _("Thank you. You can take it back here at any time.")
    consents.withdraw(session.person, purpose, actor=actor)
    return _("No more marketing from us, of any kind.") if purpose == ALL else _("Taken back. It holds at once.")
