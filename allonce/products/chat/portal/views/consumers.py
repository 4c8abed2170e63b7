"""Visitors as this Client knows them: corrected, amended, deleted, left in peace, and handed out as a copy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.requests.models import Referral
from allonce.products.chat.leads import export, queries
from allonce.products.chat.leads.models import Lead, NoContact
from allonce.products.chat.leads.services import contacting, correcting, keeping
from allonce.products.chat.models import Consumer
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.portal.forms import ConsumerForm
from allonce.products.chat.services.consumers import Contact

ROWS = 50


@require_GET
@portal(kind="merchant")
def consumers(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Everybody who wrote, with requests about data that wait for an answer above them."""
    q = request.GET.get("q", "")[:200]
    page = Paginator(queries.consumers_of(by.client, q), ROWS).get_page(request.GET.get("page"))
    asked = Referral.objects.filter(account=by.account, answered_at=None).order_by("answer_by")
    matched = [(each, list(queries.consumers_of(by.client, each.email)[:5])) for each in asked]
    return render(
        request, "chat_portal/consumers.html", {"client": by.client, "page": page, "q": q, "referrals": matched}
    )


@require_http_methods(["GET", "POST"])
@portal(kind="merchant")
def consumer(request: HttpRequest, by: PortalAccess, consumer_id: UUID) -> HttpResponse:
    """One of them; whoever may write corrects and amends here."""
    found = Consumer.objects.filter(pk=consumer_id, account=by.account).first()
    if found is None or (request.method == "POST" and by.office.role not in WRITING):
        raise NotFound
    known = {name: getattr(found, name) or "" for name in ("name", "email", "phone")}
    form = ConsumerForm(request.POST or None, initial=known)

    def act(given: dict[str, Any]) -> HttpResponse:
        correcting.correct(by.office, consumer_id, Contact(given["name"], given["email"], given["phone"]))
        messages.success(request, _("Corrected."))
        return redirect("chat_portal:consumer", consumer_id)

    lines = contacting.lines_about(found)
    about = {
        "consumer": found,
        "client": by.client,
        "conversations": found.conversations.select_related("lead").order_by("-created_at"),
        "leads": Lead.objects.filter(consumer=found).count(),
        "stopped": lines,
        "may_undo": bool(lines) and all(each.by == NoContact.By.CLIENT for each in lines),
        "may_write": by.office.role in WRITING and by.office.look is None,
    }
    return try_form(form, act) or form_page(request, "chat_portal/consumer.html", form, **about)


@require_POST
@portal(*WRITING, kind="merchant")
def delete(request: HttpRequest, by: PortalAccess, consumer_id: UUID) -> HttpResponse:
    try:
        keeping.erase(by.office, consumer_id)
    except NotFound:
        raise
    except UserError as error:
        messages.error(request, str(error))
        return redirect("chat_portal:consumer", consumer_id)
    messages.success(request, _("Deleted, with all that was said."))
    return redirect("chat_portal:consumers")


@require_POST
@portal(*WRITING, kind="merchant")
def stop(request: HttpRequest, by: PortalAccess, consumer_id: UUID) -> HttpResponse:
    contacting.put_on_list(by.office, consumer_id)
    messages.success(request, _("They will not be contacted any more. If that was a mistake, take it back here."))
    return redirect("chat_portal:consumer", consumer_id)


@require_POST
@portal(*WRITING, kind="merchant")
def allow(request: HttpRequest, by: PortalAccess, consumer_id: UUID) -> HttpResponse:
    try:
        contacting.take_off_list(by.office, consumer_id)
        messages.success(request, _("Taken back."))
    except NotFound:
        raise
    except UserError as error:
        messages.error(request, str(error))
    return redirect("chat_portal:consumer", consumer_id)


@require_POST
@portal(*WRITING, kind="merchant")
def copy(_request: HttpRequest, by: PortalAccess, consumer_id: UUID) -> HttpResponse:
    """Everything that is held of them, to answer their request. Who took it is recorded."""
    found = Consumer.objects.filter(pk=consumer_id, account=by.account).first()
    if found is None:
        raise NotFound
    text = export.consumer_json(by.client, found)
    contacting.record("chat.consumer_exported", by.actor, found)
    name = f"visitor-{found.id.hex[:8]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, "application/json; charset=utf-8", headers=headers)
