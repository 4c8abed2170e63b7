"""Placements: how the button looks and where it may stand, changed at once and without touching the site."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.chat.models import Department, Placement
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.portal import services
from allonce.products.chat.portal.forms import PlacementForm
from allonce.products.chat.services import placing

FIELDS = tuple(PlacementForm.base_fields)
LOOKS = ("label", "offline_label", "icon", "colour", "size", "position", "theme", "dropin", "dropin_text")


@require_GET
@portal()
def placements(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    rows = Placement.objects.filter(account=by.account).order_by("created_at")
    about = {
        "client": by.client,
        "shown": [(each, line_for(each, by)) for each in rows if each.hidden_at is None],
        "hidden": [each for each in rows if each.hidden_at is not None],
    }
    return render(request, "chat_portal/placements.html", about)


@require_http_methods(["GET", "POST"])
@portal(*WRITING)
def new(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    return _edit(request, by, None)


@require_http_methods(["GET", "POST"])
@portal(*WRITING)
def edit(request: HttpRequest, by: PortalAccess, placement_id: UUID) -> HttpResponse:
    return _edit(request, by, services.one_of(by, Placement, placement_id))


@require_POST
@portal(*WRITING)
def preview(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """The button as the unsaved form would make it; while the form is wrong, the last good one stands."""
    form = PlacementForm(request.POST, departments=_departments(by))
    if not form.is_valid():
        return HttpResponse(status=204)
    return render(request, "chat_portal/parts/button.html", _look(form.cleaned_data, by))


@require_POST
@portal(*WRITING)
def hide(request: HttpRequest, by: PortalAccess, placement_id: UUID) -> HttpResponse:
    placing.hide_placement(services.one_of(by, Placement, placement_id), actor=by.actor)
    messages.success(request, _("Taken off its site. You can put it back below."))
    return redirect("chat_portal:placements")


@require_POST
@portal(*WRITING)
def show(request: HttpRequest, by: PortalAccess, placement_id: UUID) -> HttpResponse:
    services.show_placement(by, placement_id)
    messages.success(request, _("It is back on its site."))
    return redirect("chat_portal:placements")


def line_for(placement: Placement, by: PortalAccess) -> str:
    """The one line that a page needs. A Provider's page puts its own number of the business in place of NUMBER."""
    of = "" if by.client.is_merchant else "?m=NUMBER"
    return f'<script async src="{settings.PUBLIC_URL}/w/{placement.key}.js{of}"></script>'


def _edit(request: HttpRequest, by: PortalAccess, placement: Placement | None) -> HttpResponse:
    known = placement or Placement(account=by.account)
    initial = {name: getattr(known, name) for name in FIELDS}
    form = PlacementForm(request.POST or None, initial=initial, departments=_departments(by))

    def act(given: dict[str, Any]) -> HttpResponse:
        placing.save_placement(by.client, placement, given, actor=by.actor)
        messages.success(request, _("Saved. It shows on the site within half a minute."))
        return redirect("chat_portal:placements")

    about = {"placement": placement, "client": by.client, **_look(initial, by)}
    if placement is not None:
        about["line"] = line_for(placement, by)
    return try_form(form, act) or form_page(request, "chat_portal/placement.html", form, **about)


def _look(given: dict[str, Any], by: PortalAccess) -> dict[str, Any]:
    look = {name: given.get(name) for name in LOOKS}
    return {"look": look, "name": by.client.shown_name}


def _departments(by: PortalAccess) -> Any:
    return Department.objects.filter(account=by.account)
