"""The Operator's pages for legal texts: write, look at the differences, publish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import UserError
from allonce.kernel.legal import queries
from allonce.kernel.legal.documents import document as document_of
from allonce.kernel.legal.documents import documents
from allonce.kernel.legal.filling import filled, placeholders
from allonce.kernel.legal.forms import DraftForm
from allonce.kernel.legal.models import Draft
from allonce.kernel.legal.rendering.comparing import compare
from allonce.kernel.legal.rendering.markdown import as_html
from allonce.kernel.legal.services import publishing

WRITERS = ("admin", "privacy")


@console(*WRITERS)
@require_GET
def console_page(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    drafts, counts = queries.drafts(), queries.agreement_counts()
    rows = [
        {
            "document": each,
            "current": (now_in_force := queries.current(each.slug)),
            "coming": queries.coming(each.slug),
            "draft": drafts.get(each.slug),
            "agreed": counts.get(now_in_force.pk, 0) if now_in_force else 0,
        }
        for each in documents()
    ]
    return render(request, "legal_operator/console.html", {"rows": rows})


@console(*WRITERS)
@require_GET
def document(request: HttpRequest, _staff: StaffAccess, slug: str) -> HttpResponse:
    counts = queries.agreement_counts()
    versions = [(each, counts.get(each.pk, 0)) for each in queries.versions_of(slug)]
    about = {
        "document": document_of(slug),
        "versions": versions,
        "current": queries.current(slug),
        "draft": queries.drafts().get(slug),
    }
    return render(request, "legal_operator/document.html", about)


@console(*WRITERS)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, staff: StaffAccess, slug: str) -> HttpResponse:
    """Write the next version; what is saved is shown as it will read, and against the last version."""
    chosen = document_of(slug)
    kept = queries.drafts().get(slug)
    last = next(iter(queries.versions_of(slug)), None)
    form = DraftForm(request.POST or None, initial=_beginning(kept, last.text if last else chosen.shipped.read_text()))

    def act(given: dict[str, Any]) -> HttpResponse:
        publishing.save_draft(staff, slug, publishing.Text(**given))
        messages.success(request, _("The draft is saved. Look at it below."))
        return redirect("legal:draft", slug)

    about = {
        "document": chosen,
        "draft": kept,
        "last": last,
        "placeholders": placeholders(),
        **_preview(kept, last.text if last else ""),
    }
    return try_form(form, act) or form_page(request, "legal_operator/draft.html", form, **about)


@console(*WRITERS)
@require_POST
def publish(request: HttpRequest, staff: StaffAccess, slug: str) -> HttpResponse:
    try:
        made = publishing.publish_draft(staff, slug)
    except publishing.UnableToPublish as error:
        messages.error(request, str(error.message))
        return redirect("legal:draft", slug)
    said = {"title": made.title, "number": made.number, "day": date_format(made.effective_on, "j M Y")}
    messages.success(request, _("%(title)s, version %(number)s, is published. In force from %(day)s.") % said)
    return redirect("legal:console_document", slug)


@console(*WRITERS)
@require_POST
def discard(request: HttpRequest, staff: StaffAccess, slug: str) -> HttpResponse:
    publishing.discard_draft(staff, slug)
    messages.success(request, _("The draft is gone. What is published stays."))
    return redirect("legal:console_document", slug)


def _beginning(kept: Draft | None, text: str) -> dict[str, Any]:
    if kept is None:
        return {"text": text, "effective_on": publishing.earliest_date(material=True)}
    return {name: getattr(kept, name) for name in DraftForm.base_fields}


def _preview(kept: Draft | None, last: str) -> dict[str, Any]:
    if kept is None:
        return {}
    try:
        text = filled(kept.text)
    except UserError as error:
        # Saved before a placeholder went out of use.
        return {"fault": error.message}
    return {"html": as_html(text), "changes": compare(last, text)}
