"""Where a Client's people begin: who is there, what waits, today's figures, and the one next thing to do."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.requests.models import Referral
from allonce.products.chat.access import SERVICE
from allonce.products.chat.leads import queries
from allonce.products.chat.leads.services.awaiting import awaiting
from allonce.products.chat.models import ChatClient, Conversation, Placement
from allonce.products.chat.office_doors import PortalAccess, portal
from allonce.products.chat.portal.forms import StartForm
from allonce.products.chat.provisioning.models import ListingOffer
from allonce.products.chat.queries.presence import Crew, crew_of
from allonce.products.chat.reports import figures, providers
from allonce.products.chat.reports.spans import Span
from allonce.products.chat.services import set_up

# What waits is shown up to this; the console shows all of it.
MOST = 8


@dataclass(frozen=True)
class Next:
    """The one thing to do, why, and where."""

    text: str
    action: str
    url_name: str


@office()
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, access: AccountAccess) -> HttpResponseBase:
    """The overview, or for an account that has just got Chat the question what it is."""
    entitlements.require(access.account.id, SERVICE)
    if ChatClient.objects.filter(account=access.account, hidden_at=None).exists():
        return _overview(request)
    if ChatClient.objects.filter(account=access.account).exists():
        raise NotFound
    return _start(request, access)


@require_GET
@portal()
def _overview(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    about = _of_merchant(by) if by.client.is_merchant else _of_provider(by)
    return render(request, "chat_portal/overview.html", about | {"client": by.client})


def _start(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    may = access.role in {Role.OWNER, Role.OFFICE} and access.look is None
    if request.method == "POST" and not may:
        raise NotFound
    form = StartForm(request.POST or None, initial={"shown_name": access.account.name})

    def act(given: dict[str, Any]) -> HttpResponse:
        set_up.open_client(access.account, given["kind"], given["shown_name"], actor=access.actor)
        return redirect("chat_portal:overview")

    return try_form(form, act) or form_page(request, "chat_portal/start.html", form, may=may)


def _of_merchant(by: PortalAccess) -> dict[str, Any]:
    day = today(by.client.zone)
    over = Span(day, day, by.client.zone)
    crew = crew_of(by.client)
    waiting = Conversation.objects.filter(account=by.account, state=Conversation.State.WAITING)
    about: dict[str, Any] = {
        "agents": [(each, crew.presence(each), crew.open_counts.get(each.id, 0)) for each in crew.agents],
        "waiting": waiting.select_related("consumer").order_by("waiting_since")[:MOST],
        "waiting_count": waiting.count(),
        "awaiting": awaiting(by.account.id)[:MOST],
        "today": figures.report(by.client, over),
        "leads": queries.leads_of(by.client)[:5],
        "undelivered": queries.undelivered(by.account.id).count(),
        "offers": ListingOffer.objects.filter(account=by.account, answered_at=None).count(),
        "referrals": Referral.objects.filter(account=by.account, answered_at=None).count(),
    }
    return about | {"next": _next(by, crew, about), "now": now()}


def _of_provider(by: PortalAccess) -> dict[str, Any]:
    listed = providers.listed(by.client)
    placements = Placement.objects.filter(account=by.account, hidden_at=None)
    first = None
    if not placements.exists():
        first = Next(_("Your pages show no chat yet."), _("Make a placement"), "chat_portal:placement_new")
    elif not listed:
        first = Next(_("No business is listed yet."), _("Add businesses"), "chat_provisioning:merchants")
    return {"listed": listed[:20], "months": providers.months(by.client, 3), "next": first}


def _next(by: PortalAccess, crew: Crew, about: dict[str, Any]) -> Next | None:
    """What matters most comes first."""
    count = about["waiting_count"]
    said = ngettext("%d visitor is waiting now.", "%d visitors are waiting now.", count) % count
    placed = Placement.objects.filter(account=by.account, hidden_at=None).exists()
    found = (
        (count, Next(said, _("Open the conversations"), "chat:inbox")),
        (not crew.agents, Next(_("Nobody can answer yet."), _("Add an agent"), "chat_portal:agents")),
        (not placed, Next(_("Your site shows no chat yet."), _("Make a placement"), "chat_portal:placement_new")),
        (about["offers"], Next(_("A listing site asks you."), _("Decide"), "chat_provisioning:providers")),
        (about["referrals"], Next(_("Somebody asks about their data."), _("Answer"), "chat_portal:consumers")),
        (about["undelivered"], Next(_("Leads did not arrive."), _("See which"), "chat_portal:deliveries")),
        (not crew.eligible(), Next(_("Nobody is there for visitors now."), _("Go online"), "chat:inbox")),
    )
    return next((each for holds, each in found if holds), None)
