"""Leads: the list with its filters, one of them beside it, and what a Client does with it."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel import audit
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.clock import today
from allonce.kernel.errors import NotFound, TooMany, UserError
from allonce.kernel.post import sms
from allonce.products.chat import ports
from allonce.products.chat.leads import export, queries
from allonce.products.chat.leads.models import CallRecord, Lead
from allonce.products.chat.leads.queries import Filter
from allonce.products.chat.leads.services import calls, contacting, making, settling, texting
from allonce.products.chat.leads.telling import told
from allonce.products.chat.models import Conversation
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.portal.forms import NoteForm, TextForm

ROWS = 50
MOST_EXPORTED = 10_000


@require_GET
@portal(kind="merchant")
def leads(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """The list; the filter stands in the address, so it survives a reload and can be shared."""
    return render(request, "chat_portal/leads.html", _listed(request, by))


@require_GET
@portal(kind="merchant")
def lead(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    """One lead beside the list."""
    return _page(request, by, lead_id)


@require_POST
@portal(*WRITING, kind="merchant")
def leads_csv(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """The leads of the filter as a table. Who took it is recorded."""
    chosen = _filter(request.POST)
    text = export.leads_csv(by.client, queries.leads_of(by.client, chosen)[:MOST_EXPORTED])
    audit.record("chat.leads_exported", actor=by.actor, account_id=by.account.id, target=_target(by), data={})
    name = f"leads-{today(by.client.zone).isoformat()}.csv"
    return HttpResponse(
        text, "text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
@portal(*WRITING, kind="merchant")
def state(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    making.set_state(by.office, lead_id, request.POST.get("state", ""))
    return _back(request, lead_id, _("The state is changed."))


@require_POST
@portal(*WRITING, kind="merchant")
def note(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    form = NoteForm(request.POST)
    return _try(request, by, lead_id, "note", form, lambda given: making.set_note(by.office, lead_id, given["note"]))


@require_POST
@portal(*WRITING, kind="merchant")
def merge(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    try:
        into = UUID(request.POST.get("into", ""))
    except ValueError as error:
        raise NotFound from error
    making.merge(by.office, lead_id, into)
    return _back(request, lead_id, _("Merged. You can part them again here."))


@require_POST
@portal(*WRITING, kind="merchant")
def part(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    making.part(by.office, lead_id)
    return _back(request, lead_id, _("It stands on its own again."))


@require_POST
@portal(*WRITING, kind="merchant")
def write(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    """Mail the visitor, if they may be written to."""
    form = TextForm(request.POST, prefix="mail")
    return _try(request, by, lead_id, "mail", form, lambda given: contacting.write(by.office, lead_id, given["text"]))


@require_POST
@portal(*WRITING, kind="merchant")
def text(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    """Text the visitor, if they agreed to it and may be written to."""
    form = TextForm(request.POST, prefix="sms")
    return _try(request, by, lead_id, "sms", form, lambda given: texting.text(by.office, lead_id, given["text"]))


@require_POST
@portal(*WRITING, kind="merchant")
def consent(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    return _do(request, lead_id, lambda: texting.note_consent(by.office, lead_id), _("Their consent is noted."))


@require_POST
@portal(*WRITING, kind="merchant")
def call(request: HttpRequest, by: PortalAccess, lead_id: UUID) -> HttpResponse:
    """Note that somebody calls; the page then shows the number to press."""
    return _do(request, lead_id, lambda: contacting.call(by.office, lead_id), _("Press the number to call."))


@require_POST
@portal(*WRITING, kind="merchant")
def call_outcome(request: HttpRequest, by: PortalAccess, call_record_id: UUID) -> HttpResponse:
    found = (
        CallRecord.objects.filter(pk=call_record_id, account=by.account).select_related("conversation__lead").first()
    )
    if found is None:
        raise NotFound
    minutes = request.POST.get("minutes", "") or "0"
    number = int(minutes) if minutes.isdigit() and len(minutes) < 5 else -1

    def act() -> object:
        return calls.note_outcome(by.office, call_record_id, request.POST.get("outcome", ""), number)

    return _do(request, found.conversation.lead.id, act, _("Noted."))


@require_GET
@portal(kind="merchant")
def deliveries(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """What did not arrive."""
    page = Paginator(queries.undelivered(by.account.id), ROWS).get_page(request.GET.get("page"))
    return render(request, "chat_portal/deliveries.html", {"page": page, "client": by.client})


@require_POST
@portal(*WRITING, kind="merchant")
def replay(request: HttpRequest, by: PortalAccess, delivery_id: UUID) -> HttpResponse:
    try:
        settling.replay(by.office, delivery_id)
        messages.success(request, _("It is on its way again."))
    except NotFound:
        raise
    except UserError as error:
        messages.error(request, str(error))
    back = request.POST.get("lead", "")
    return redirect("chat_portal:lead", back) if _is_id(back) else redirect("chat_portal:deliveries")


def _page(request: HttpRequest, by: PortalAccess, lead_id: UUID, **bound: HouseForm) -> HttpResponse:
    rows = Lead.objects.filter(account=by.account)
    related = ("conversation__agent", "conversation__disposition", "consumer", "duplicate_of__consumer")
    found = rows.select_related(*related).filter(pk=lead_id).first()
    if found is None:
        raise NotFound
    about = {
        "lead": found,
        "told": told(found),
        "deliveries": queries.deliveries_of(found),
        "calls": found.consumer.calls.order_by("-started_at"),
        "others": _others(found),
        "may_contact": ports.may_contact(by.account.id, found.consumer),
        "consented": found.consumer.text_consents.filter(withdrawn_at=None).exists(),
        "texts_offered": sms.sms_offered(),
        "states": [(each, Lead.State(each).label) for each in making.CHOSEN],
        "note_form": bound.get("note") or NoteForm(initial={"note": found.note or ""}),
        "mail_form": bound.get("mail") or TextForm(prefix="mail"),
        "sms_form": bound.get("sms") or TextForm(prefix="sms"),
        "bound": next(iter(bound), ""),
    }
    return render(request, "chat_portal/leads.html", _listed(request, by) | about, status=422 if bound else 200)


def _listed(request: HttpRequest, by: PortalAccess) -> dict[str, Any]:
    chosen = _filter(request.GET)
    page = Paginator(queries.leads_of(by.client, chosen), ROWS).get_page(request.GET.get("page"))
    query = {name: value for name, value in vars(chosen).items() if value}
    return {
        "client": by.client,
        "page": page,
        "chosen": chosen,
        "query": urlencode(query),
        "states_shown": Lead.State.choices,
        "kinds": Conversation.Channel.choices,
        "placements": queries.placements_named(by.account.id),
    }


def _filter(given: Any) -> Filter:
    return Filter(**{each.name: str(given.get(each.name, ""))[:200] for each in fields(Filter)})


def _others(found: Lead) -> list[Lead]:
    """What it could be merged into: other leads of the same account, latest first."""
    rows = Lead.objects.filter(account_id=found.account_id, duplicate_of=None).exclude(pk=found.pk)
    return list(rows.select_related("consumer", "conversation").order_by("-created_at")[:50])


def _try(  # noqa: PLR0913, PLR0917 - one form of several on one page
    request: HttpRequest, by: PortalAccess, lead_id: UUID, name: str, form: HouseForm, act: Callable[[Any], object]
) -> HttpResponse:
    """Carry out a form beside the list, or show the same page with what is wrong and all that was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except (NotFound, TooMany):
            raise
        except UserError as error:
            form.take(error)
        else:
            return _back(request, lead_id, _("Saved.") if name == "note" else _("On its way."))
    return _page(request, by, lead_id, **{name: form})


def _do(request: HttpRequest, lead_id: UUID, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except (NotFound, TooMany):
        raise
    except UserError as error:
        messages.error(request, str(error))
        return redirect("chat_portal:lead", lead_id)
    return _back(request, lead_id, done)


def _back(request: HttpRequest, lead_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("chat_portal:lead", lead_id)


def _is_id(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True


def _target(by: PortalAccess) -> str:
    return f"chat.ChatClient:{by.client.id}"
