"""The portal: a signed-in person's own tickets, and an owner's dispute."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office, signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services.sessions import actor_of
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.desk import queries
from allonce.kernel.desk.forms import AskSignedInForm, DisputeForm
from allonce.kernel.desk.models import Ticket
from allonce.kernel.desk.services import disputes, filing, opening
from allonce.kernel.desk.services.disputes import Raised
from allonce.kernel.desk.services.filing import Carried
from allonce.kernel.desk.services.opening import Opened
from allonce.kernel.desk.views.handing_out import as_file
from allonce.kernel.desk.views.public import TokenWay, own_page, rate_on, reach, write_on
from allonce.kernel.desk.views.reaching import across_accounts


class PortalWay(TokenWay):
    """The addresses of one's own ticket in the portal."""

    template = "desk/my_ticket.html"

    def __init__(self, session: SignInSession, ticket_id: UUID) -> None:
        self.args = (ticket_id,)
        pairs = ("page", "my_ticket"), ("write", "my_write"), ("rate", "my_rate"), ("file", "my_file")
        self.names = {name: f"desk:{url}" for name, url in pairs}
        self.actor = actor_of(session)


@signed_in
@across_accounts
@require_GET
def mine(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """What this person asked, latest first."""
    found = queries.tickets_of(session.person)
    return render(request, "desk/mine.html", {"tickets": found, **reach()})


@signed_in
@across_accounts
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """A new ticket of somebody who is known."""
    form = AskSignedInForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        person, access = session.person, getattr(request, "access", None)
        carried = Carried(filing.from_form(given["file"]))
        account = access.account if access else None
        said = (person.name, person.email, given["subject"], given["words"])
        opened = Opened(Ticket.Channel.PORTAL, *said, person=person, account=account, carried=carried)
        ticket = opening.ask_signed_in(session, opened)
        messages.success(request, _("Sent. Its number is %s.") % ticket.reference)
        return redirect("desk:my_ticket", ticket.id)

    return try_form(form, act) or form_page(request, "desk/my_new.html", form, session=session, **reach())


@signed_in
@across_accounts
@require_GET
def one(request: HttpRequest, session: SignInSession, ticket_id: UUID) -> HttpResponse:
    return own_page(request, _own(session, ticket_id), PortalWay(session, ticket_id))


@signed_in
@across_accounts
@require_POST
def write(request: HttpRequest, session: SignInSession, ticket_id: UUID) -> HttpResponse:
    return write_on(request, _own(session, ticket_id), PortalWay(session, ticket_id))


@signed_in
@across_accounts
@require_POST
def rate(request: HttpRequest, session: SignInSession, ticket_id: UUID) -> HttpResponse:
    return rate_on(request, _own(session, ticket_id), PortalWay(session, ticket_id))


@signed_in
@across_accounts
@require_GET
def file(_request: HttpRequest, session: SignInSession, ticket_id: UUID, file_id: UUID) -> HttpResponse:
    return as_file(*filing.read(_own(session, ticket_id), file_id, staff=False))


@office(Role.OWNER, although_ended=True)
@across_accounts
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """An owner raises a dispute for their account, its last days included."""
    form = DisputeForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        ticket = disputes.raise_dispute(access, Raised(**given))
        messages.success(request, _("Raised. The case number is %s.") % ticket.reference)
        return redirect("desk:my_ticket", ticket.id)

    return try_form(form, act) or form_page(request, "desk/dispute.html", form)


def _own(session: SignInSession, ticket_id: UUID) -> Ticket:
    return queries.own_ticket(session.person, ticket_id)
