"""Settings, one form for each matter, so that a fault in one never loses what was typed in another."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.post import webhooks_out
from allonce.products.chat.leads import branding
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.models import ApiKey
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.portal import forms, services, weeks
from allonce.products.chat.services import placing, set_up
from allonce.products.chat.visitor.showing import default_notice

Given = dict[str, Any]
OF_LEADS = {"leads": forms.LeadSettingsForm, "adf": forms.AdfForm}
OF_CLIENT = {
    "business": forms.BusinessForm,
    "hours": weeks.OpeningForm,
    "notice": forms.NoticeForm,
    "keeping": forms.KeepingForm,
}
# A Provider has no visitors of its own.
FOR_PROVIDERS = ("business",)


@require_http_methods(["GET", "POST"])
@portal(*WRITING)
def settings(request: HttpRequest, by: PortalAccess, part: str = "") -> HttpResponse:
    """All forms; `part` is the one that is sent."""
    mine = _parts(by)
    if (request.method == "POST" and part not in mine) or (part and part not in mine):
        raise NotFound
    bound = mine[part](request.POST, prefix=part) if request.method == "POST" else None
    if bound is not None:
        done = try_form(bound, lambda given: _save(request, by, part, bound, given))
        if done is not None:
            return done
    shown = {
        name: bound if bound is not None and name == part else _unbound(by, name, kind) for name, kind in mine.items()
    }
    about = {
        "client": by.client,
        "forms": shown,
        "default_notice": default_notice(by.client.shown_name),
        "has_logo": branding.has_logo(by.account.id),
        "logo_key": by.client.public_id,
    }
    return render(request, "chat_portal/settings.html", about, status=422 if bound is not None else 200)


@require_POST
@portal(*WRITING)
def logo(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Take a new logo, or drop the one there is."""
    given = request.FILES.get("logo")
    try:
        branding.save_logo(
            by.client, given.read() if given else None, given.name or "" if given else "", actor=by.actor
        )
        messages.success(request, _("The logo is in place.") if given else _("The logo is gone."))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("chat_portal:settings")


@require_GET
@portal(*WRITING)
def connections(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    return _connections(request, by)


@require_POST
@portal(*WRITING)
def endpoint_new(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Add an address; its secret is shown on the page that answers, and never again."""
    form = forms.WebhookForm(request.POST)

    def act(given: Given) -> HttpResponse:
        made = services.make_endpoint(by, given["url"])
        return _connections(request, by, secret=made.secret, secret_of=made.endpoint.url)

    return try_form(form, act) or _connections(request, by, webhook_form=form)


@require_POST
@portal(*WRITING)
def endpoint_secret(request: HttpRequest, by: PortalAccess, endpoint_id: UUID) -> HttpResponse:
    made = webhooks_out.rotate_secret(by.account.id, endpoint_id, by.actor)
    return _connections(request, by, secret=made.secret, secret_of=made.endpoint.url)


@require_POST
@portal(*WRITING)
def endpoint_ping(request: HttpRequest, by: PortalAccess, endpoint_id: UUID) -> HttpResponse:
    said = _("A test is on its way. What came of it shows below.")
    return _done(request, lambda: services.ping(by, endpoint_id), said)


@require_POST
@portal(*WRITING)
def endpoint_remove(request: HttpRequest, by: PortalAccess, endpoint_id: UUID) -> HttpResponse:
    return _done(
        request,
        lambda: webhooks_out.remove_endpoint(by.account.id, endpoint_id, by.actor),
        _("The address is removed."),
    )


@require_POST
@portal(*WRITING)
def webhook_replay(request: HttpRequest, by: PortalAccess, delivery_id: UUID) -> HttpResponse:
    return _done(request, lambda: webhooks_out.replay(by.account.id, delivery_id, by.actor), _("On its way again."))


@require_POST
@portal(*WRITING)
def key_new(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    """Make a key; it is shown on the page that answers, and never again."""
    form = forms.KeyForm(request.POST)

    def act(given: Given) -> HttpResponse:
        _row, secret = placing.make_key(by.client, given["label"], actor=by.actor)
        return _connections(request, by, key=secret)

    return try_form(form, act) or _connections(request, by, key_form=form)


@require_POST
@portal(*WRITING)
def key_revoke(request: HttpRequest, by: PortalAccess, api_key_id: UUID) -> HttpResponse:
    return _done(
        request,
        lambda: placing.revoke_key(by.client, api_key_id, actor=by.actor),
        _("The key opens nothing any more."),
    )


def _parts(by: PortalAccess) -> dict[str, type[HouseForm]]:
    every = OF_LEADS | OF_CLIENT
    return every if by.client.is_merchant else {name: every[name] for name in FOR_PROVIDERS}


def _unbound(by: PortalAccess, name: str, kind: type[HouseForm]) -> HouseForm:
    row = settings_of(by.account.id) if name in OF_LEADS else by.client
    initial = {each: getattr(row, each) for each in kind.base_fields}
    if name == "hours":
        initial |= weeks.OpeningForm.filled(weeks.week_of(by.client.hours))
    return kind(initial=initial, prefix=name)


def _save(request: HttpRequest, by: PortalAccess, part: str, form: HouseForm, given: Given) -> HttpResponse:
    if part in OF_LEADS:
        services.save_lead_settings(by, given)
    else:
        changed = given
        if isinstance(form, weeks.OpeningForm):
            changed = {"hours": weeks.stored(form.week()), "open_on_holidays": given["open_on_holidays"]}
        set_up.save_client(by.client, changed, actor=by.actor)
    messages.success(request, _("Saved."))
    return redirect("chat_portal:settings")


def _connections(request: HttpRequest, by: PortalAccess, **more: Any) -> HttpResponse:
    log = Paginator(webhooks_out.deliveries_of(by.account.id), 30).get_page(request.GET.get("page"))
    about = {
        "client": by.client,
        "endpoints": webhooks_out.endpoints_of(by.account.id),
        "log": log,
        "keys": ApiKey.objects.filter(account=by.account, revoked_at=None).order_by("created_at"),
        "webhook_form": forms.WebhookForm(),
        "key_form": forms.KeyForm(),
    }
    wrong = any(name.endswith("_form") for name in more)
    return render(request, "chat_portal/connections.html", about | more, status=422 if wrong else 200)


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except NotFound:
        raise
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("chat_portal:connections")
