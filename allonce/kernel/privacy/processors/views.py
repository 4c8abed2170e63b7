"""The public list of processors, the console's pages about them, and an owner's page about regions."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.decorators import console, office
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound
from allonce.kernel.post.connectors import LOCAL, mail_connector
from allonce.kernel.post.ports import connectors_in_use
from allonce.kernel.privacy.processors import forms, queries, residency, services
from allonce.kernel.privacy.processors.regions import EEA_COUNTRIES, region_name


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """Who gets data, for anybody to read."""
    about = {
        "entries": queries.in_use(),
        "storage": residency.storage_targets(),
        "regions": [region_name(each) for each in settings.ALLOWED_REGIONS],
        "mail_stays_here": mail_connector() == LOCAL,
    }
    return render(request, "processors/public.html", about)


@console("privacy", "admin")
@require_GET
def overview(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """Every processor, what is configured, and accounts with regions of their own."""
    about = {
        "lines": [{"entry": each, "standing": queries.standing(each)} for each in queries.latest()],
        "connectors": [{"code": each, "entries": queries.current_for(each)} for each in connectors_in_use()],
        "storage": residency.storage_targets(),
        "agreements": queries.agreements(),
    }
    return render(request, "processors/overview.html", about)


@console("privacy", "admin")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = forms.ProcessorForm(request.POST or None, initial=forms.blank())

    def act(given: dict[str, Any]) -> HttpResponse:
        version = services.add(_facts(given, staff), actor=staff.actor)
        messages.success(request, _("The entry stands in the public list."))
        return redirect("processors:detail", version.processor_id)

    return try_form(form, act) or form_page(request, "processors/form.html", form)


@console("privacy", "admin")
@require_GET
def detail(request: HttpRequest, _staff: StaffAccess, processor_id: UUID) -> HttpResponse:
    """One processor with all versions of what was known of it."""
    versions = queries.versions_of(processor_id)
    about = {"versions": versions, "entry": versions[0], "standing": queries.standing(versions[0])}
    return render(request, "processors/detail.html", about)


@console("privacy", "admin")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, staff: StaffAccess, processor_id: UUID) -> HttpResponse:
    entry = queries.versions_of(processor_id)[0]
    if entry.processor.ended_at is not None:
        raise NotFound
    form = forms.ProcessorForm(request.POST or None, initial=forms.initial_of(entry))

    def act(given: dict[str, Any]) -> HttpResponse:
        services.change(processor_id, _facts(given, staff), actor=staff.actor)
        messages.success(request, _("The new version stands. The earlier ones stay on record."))
        return redirect("processors:detail", processor_id)

    return try_form(form, act) or form_page(request, "processors/form.html", form, entry=entry)


@console("privacy", "admin")
@require_POST
def end(request: HttpRequest, staff: StaffAccess, processor_id: UUID) -> HttpResponse:
    services.end(processor_id, actor=staff.actor)
    messages.success(request, _("Ended. Nothing goes there any more."))
    return redirect("processors:overview")


@office("owner")
@require_http_methods(["GET", "POST"])
def regions(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Where the account's data lies, who gets it, and where it may go."""
    agreed = residency.agreed_regions(access.account.id)
    form = forms.RegionsForm(request.POST or None, initial={"regions": agreed})

    def act(given: dict[str, Any]) -> HttpResponse:
        services.agree_to_regions(access, given["regions"])
        messages.success(request, _("Agreed. It holds from now on."))
        return redirect("processors:regions")

    return try_form(form, act) or form_page(request, "processors/regions.html", form, **_lying(access, agreed))


@office("owner")
@require_POST
def follow(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    services.follow_installation(access)
    messages.success(request, _("Your account follows the Operator's regions again."))
    return redirect("processors:regions")


def _lying(access: AccountAccess, agreed: list[str]) -> dict[str, Any]:
    lines = [
        {"entry": each, "allowed": residency.may_lie_in(each.country, [each], agreed)} for each in queries.in_use()
    ]
    return {
        "lines": lines,
        "storage": residency.storage_targets(),
        "own": queries.agreements().filter(account=access.account).first(),
        "eea": ", ".join(region_name(each) for each in sorted(EEA_COUNTRIES)),
        "installation": [region_name(each) for each in settings.ALLOWED_REGIONS],
    }


def _facts(given: dict[str, Any], staff: StaffAccess) -> services.Facts:
    return services.Facts(**given, assessed_by_id=staff.person.id)
