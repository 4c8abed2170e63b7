"""Disclosures that the law demanded: the list, the form, one record, and the second pair of eyes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.privacy.requests import queries
from allonce.kernel.privacy.requests.files import ENDINGS
from allonce.kernel.privacy.requests.forms import DisclosureForm
from allonce.kernel.privacy.requests.services import disclosures as services
from allonce.kernel.privacy.requests.services.disclosures import Facts


@console("privacy", "admin")
@require_GET
def listed(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    rows = queries.disclosures()
    names = queries.names_of([each.staff_id for each in rows])
    lines = [(each, names.get(each.staff_id, _("Somebody who has left"))) for each in rows]
    return render(request, "requests/disclosures.html", {"lines": lines})


@console("privacy", "admin")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = DisclosureForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        upload = given.pop("file")
        made = services.record(staff, Facts(**given, file=upload.read() if upload else b""))
        messages.success(request, _("Recorded under your name."))
        return redirect("requests:disclosure", made.id)

    return try_form(form, act) or form_page(request, "requests/disclosure_new.html", form)


@console("privacy", "admin")
@require_GET
def shown(request: HttpRequest, staff: StaffAccess, disclosure_id: UUID) -> HttpResponse:
    services.note_reading(staff, disclosure_id)
    found = queries.disclosure_of(disclosure_id)
    about = {
        "found": found,
        "names": queries.names_of([found.staff_id, found.second_id]),
        "own": found.staff_id == staff.person.id,
    }
    return render(request, "requests/disclosure.html", about)


@console("privacy", "admin")
@require_POST
def agree(request: HttpRequest, staff: StaffAccess, disclosure_id: UUID) -> HttpResponse:
    services.agree(staff, disclosure_id)
    messages.success(request, _("You have agreed. The disclosure counts as given."))
    return redirect("requests:disclosure", disclosure_id)


@console("privacy", "admin")
@require_POST
def drop(request: HttpRequest, staff: StaffAccess, disclosure_id: UUID) -> HttpResponse:
    services.drop(staff, disclosure_id)
    messages.success(request, _("Nothing is given."))
    return redirect("requests:disclosure", disclosure_id)


@console("privacy", "admin")
@require_POST
def attachment(_request: HttpRequest, staff: StaffAccess, disclosure_id: UUID) -> HttpResponse:
    kind, data = services.copy_of_what_was_given(staff, disclosure_id)
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="disclosed.{ENDINGS[kind]}"'
    answer["Cache-Control"] = "no-store"
    return answer
