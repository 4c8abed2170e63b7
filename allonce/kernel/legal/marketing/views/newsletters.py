"""The Operator's newsletters: writing, trying, starting."""

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
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.marketing import letters, queries
from allonce.kernel.legal.marketing.forms import NewsletterForm
from allonce.kernel.legal.marketing.models import Newsletter
from allonce.kernel.legal.marketing.purposes import purpose_of
from allonce.kernel.legal.marketing.services import newsletters as services


@console("admin")
@require_GET
def everything(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    return render(request, "marketing/newsletters.html", {"lines": queries.newsletter_lines()})


@console("admin")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = NewsletterForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        return redirect("marketing:newsletter_edit", services.write(staff, **_written(given)))

    return try_form(form, act) or form_page(request, "marketing/newsletter_edit.html", form)


@console("admin")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, staff: StaffAccess, newsletter_id: UUID) -> HttpResponse:
    """A draft with its preview; once started, what became of it."""
    row = _newsletter(newsletter_id)
    form = NewsletterForm(request.POST or None, initial=_fields(row))

    def act(given: dict[str, Any]) -> HttpResponse:
        services.write(staff, **_written(given), newsletter_id=newsletter_id)
        messages.success(request, _("Kept."))
        return redirect("marketing:newsletter_edit", newsletter_id)

    about = {
        "newsletter": row,
        "list": purpose_of(row.purpose),
        "preview": letters.rendered(row.body),
        "audience": queries.audience(row.purpose).count(),
        "written": queries.written_copies(row),
    }
    return try_form(form, act) or form_page(request, "marketing/newsletter_edit.html", form, **about)


@console("admin")
@require_POST
def try_it(request: HttpRequest, staff: StaffAccess, newsletter_id: UUID) -> HttpResponse:
    services.send_to_self(staff, newsletter_id)
    messages.success(request, _("It is on its way to your own mailbox, as everybody would get it."))
    return redirect("marketing:newsletter_edit", newsletter_id)


@console("admin")
@require_POST
def start(request: HttpRequest, staff: StaffAccess, newsletter_id: UUID) -> HttpResponse:
    try:
        services.start(staff, newsletter_id)
        messages.success(request, _("It is being sent. You can leave this page, and stop it here."))
    except (services.NotADraft, services.NotReady) as error:
        messages.error(request, str(error))
    return redirect("marketing:newsletter_edit", newsletter_id)


@console("admin")
@require_POST
def halt(request: HttpRequest, staff: StaffAccess, newsletter_id: UUID) -> HttpResponse:
    services.halt(staff, newsletter_id)
    messages.success(request, _("Stopped. What had not left yet stays here."))
    return redirect("marketing:newsletter_edit", newsletter_id)


@console("admin")
@require_POST
def discard(request: HttpRequest, staff: StaffAccess, newsletter_id: UUID) -> HttpResponse:
    try:
        services.discard(staff, newsletter_id)
    except services.NotADraft as error:
        messages.error(request, str(error))
        return redirect("marketing:newsletter_edit", newsletter_id)
    messages.success(request, _("The draft is gone."))
    return redirect("marketing:newsletters")


def _newsletter(newsletter_id: UUID) -> Newsletter:
    row = queries.newsletter(newsletter_id)
    if row is None:
        raise NotFound
    return row


def _fields(row: Newsletter) -> dict[str, Any]:
    return {"purpose": row.purpose, "subject": row.subject, "body": row.body}


def _written(given: dict[str, Any]) -> dict[str, Any]:
    return {"purpose_code": given["purpose"], "subject": given["subject"], "body": given["body"]}
