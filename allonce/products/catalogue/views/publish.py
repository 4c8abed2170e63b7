"""Publishing, versions, settings."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.products.catalogue.draft import products
from allonce.products.catalogue.figures import percent
from allonce.products.catalogue.forms.settings import SettingsForm, TaxRateForm, settings_values
from allonce.products.catalogue.models import Version
from allonce.products.catalogue.queries.problems import errors_in, problems_of_changes
from allonce.products.catalogue.queries.states import draft_differences, version_differences
from allonce.products.catalogue.services import publish as services
from allonce.products.catalogue.services import settings as setting_services
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.views.shared import READERS, WRITERS, attempt, dialog, tell

VERSIONS_SHOWN = 50


@office(*READERS)
def publish(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """What changed since the last version, in words, what keeps it from being published, and the button."""
    if request.method == "POST":
        version = services.publish(access, _whole(request.POST.get("revision")))
        tell(request, _("Version %(number)s is published. Phones take it at their next look.") % _numbered(version))
        return redirect("catalogue:publish")
    draft = draft_of(access)
    problems = problems_of_changes(draft)
    versions = Version.objects.filter(catalogue=draft.catalogue).order_by("-number")
    sections = draft_differences(draft.catalogue)
    shown = {
        "catalogue": draft.catalogue,
        "sections": sections,
        "changes": sum(section.count for section in sections),
        "problems": problems,
        "blocked": bool(errors_in(problems)),
        "versions": versions[:VERSIONS_SHOWN],
    }
    return render(request, "catalogue/publish.html", shown)


@require_GET
@office(*READERS)
def compare(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Two versions, and what the newer one changed."""
    catalogue = draft_of(access).catalogue
    newer = _whole(request.GET.get("to")) or catalogue.version
    older = _whole(request.GET.get("from"), max(0, newer - 1))
    older, newer = sorted((older, newer))
    numbers = Version.objects.filter(catalogue=catalogue).order_by("-number").values_list("number", flat=True)
    shown = {
        "older": older,
        "newer": newer,
        "numbers": [*numbers[:VERSIONS_SHOWN], 0],
        "sections": version_differences(catalogue, older, newer),
        "version": Version.objects.filter(catalogue=catalogue, number=newer).first(),
    }
    return render(request, "catalogue/compare.html", shown)


@require_POST
@office(*WRITERS)
def roll_back(request: HttpRequest, access: AccountAccess, number: int) -> HttpResponse:
    """Makes an older version stand again."""
    version, step = services.roll_back(access, number)
    said = _("Version %(number)s is published. It is what version %(old)s was.")
    tell(request, said % {"number": version.number, "old": number}, step)
    return redirect("catalogue:publish")


@require_POST
@office(*WRITERS)
def discard(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Makes the draft what is published."""
    step = services.discard_changes(access)
    tell(request, _("The draft is what is published."), step)
    return redirect("catalogue:publish")


@office(*READERS)
def settings(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Deposit, validity, discounts, minimum order, and the taxes with their dates."""
    draft = draft_of(access)
    form = SettingsForm(request.POST or None, initial=settings_values(products.read_settings(draft)))
    if request.method == "POST" and form.is_valid():
        values = form.as_settings()
        if attempt(form, lambda: setting_services.save_settings(access, form.cleaned_data["currency"], values)):
            tell(request, _("Saved in the draft."))
            return redirect("catalogue:settings")
    taxes = sorted(products.read_taxes(draft).items())
    shown = {"form": form, "taxes": [(key, [_with_words(rate) for rate in rates]) for key, rates in taxes]}
    return render(request, "catalogue/settings.html", shown)


@office(*WRITERS)
def tax(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Adds a rate of tax from a date on."""
    form = TaxRateForm(request.POST or None)

    def save() -> None:
        values = form.cleaned_data
        setting_services.add_tax_rate(access, values["key"], values["since"].isoformat(), values["percent"])

    return dialog(request, form, _("Add a rate of tax"), save)


@require_POST
@office(*WRITERS)
def delete_tax(request: HttpRequest, access: AccountAccess, key: str, since: str) -> HttpResponse:
    step = setting_services.delete_tax_rate(access, key, since)
    tell(request, _("The rate is out of the draft."), step)
    return redirect(reverse("catalogue:settings"))


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdigit() and len(text) < 12 else otherwise


def _with_words(rate: dict[str, Any]) -> dict[str, Any]:
    return rate | {"shown": percent(rate["bp"]), "since": date.fromisoformat(rate["from"])}


def _numbered(version: Version) -> dict[str, int]:
    return {"number": version.number}
