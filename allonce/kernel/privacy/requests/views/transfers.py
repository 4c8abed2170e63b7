"""A change of ownership: staff prepare, announce and hand over; people object with one click."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console, signed_in
from allonce.kernel.accounts.models import Person, SignInSession
from allonce.kernel.accounts.services.tokens import LinkNotValid
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.audit import Actor
from allonce.kernel.clock import today
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.requests import queries, references
from allonce.kernel.privacy.requests.forms import TransferForm
from allonce.kernel.privacy.requests.models import Transfer, TransferObjection
from allonce.kernel.privacy.requests.services import handing_over
from allonce.kernel.privacy.requests.services import transfers as services
from allonce.kernel.privacy.requests.services.transfers import Plan

Channel = TransferObjection.Channel


@console("admin")
@require_GET
def listed(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    return render(request, "requests/transfers.html", {"lines": queries.transfers()})


@console("admin")
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = TransferForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = services.prepare(staff, Plan(**given))
        messages.success(request, _("Prepared. Nobody is told until you announce it."))
        return redirect("requests:transfer", made.id)

    return try_form(form, act) or form_page(request, "requests/transfer_new.html", form)


@console("admin")
@require_GET
def shown(request: HttpRequest, _staff: StaffAccess, transfer_id: UUID) -> HttpResponse:
    transfer = queries.transfer_of(transfer_id)
    people = Person.objects.count()
    told, objected = transfer.told.count(), transfer.objections.count()
    about = {
        "transfer": transfer,
        "people": people,
        "told": told,
        "told_part": round(100 * told / people) if people else 0,
        "objected": objected,
        "going": handing_over.who_goes(transfer).count(),
        "accounts": handing_over.what_goes(transfer).count(),
        "day_has_come": today() >= transfer.transfer_on,
    }
    return render(request, "requests/transfer.html", about)


@console("admin")
@require_POST
def announce(request: HttpRequest, staff: StaffAccess, transfer_id: UUID) -> HttpResponse:
    services.announce(staff, transfer_id)
    messages.success(request, _("Announced. Everybody is being told; you can leave this page."))
    return redirect("requests:transfer", transfer_id)


@console("admin")
@require_POST
def call_off(request: HttpRequest, staff: StaffAccess, transfer_id: UUID) -> HttpResponse:
    services.call_off(staff, transfer_id)
    messages.success(request, _("Called off. The business stays where it is."))
    return redirect("requests:transfer", transfer_id)


@console("admin")
@require_POST
def hand_over(_request: HttpRequest, staff: StaffAccess, transfer_id: UUID) -> HttpResponse:
    archive = b"".join(handing_over.hand_over(staff, transfer_id))
    answer = HttpResponse(archive, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="hand-over.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """The announced change of ownership, and one click to stay out of it or to take that back."""
    transfer = queries.announced_transfer()
    if request.method == "POST" and transfer is not None:
        _decide(request, transfer, session.person, Actor("person", session.person_id, session.id), Channel.PAGE)
        return redirect("requests:my_transfer")
    objected = transfer is not None and transfer.objections.filter(person=session.person).exists()
    return render(request, "requests/my_transfer.html", {"transfer": transfer, "objected": objected})


@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link in the letter, without signing in; opening it decides nothing."""
    transfer, person = _linked(token)
    if request.method == "POST":
        _decide(request, transfer, person, Actor("person", person.id), Channel.LINK)
        return redirect("requests:transfer_by_link", token)
    about = {"transfer": transfer, "objected": transfer.objections.filter(person=person).exists()}
    return render(request, "requests/transfer_by_link.html", about)


def _decide(request: HttpRequest, transfer: Transfer, person: Person, actor: Actor, channel: str) -> None:
    if request.POST.get("objects") == "no":
        services.take_back(transfer.id, person, actor)
    else:
        services.object_to(transfer.id, person, actor, channel)


def _linked(token: str) -> tuple[Transfer, Person]:
    ids = references.opened("transfer", token)
    person = Person.objects.filter(pk=ids[-1]).first() if len(ids) == 2 else None
    if person is None:
        raise LinkNotValid
    try:
        return queries.transfer_of(ids[0]), person
    except NotFound as error:
        raise LinkNotValid from error
