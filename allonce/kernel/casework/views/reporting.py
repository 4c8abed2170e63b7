"""The form with which anybody reports content."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.casework.forms import ReportForm
from allonce.kernel.casework.reports import cases


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The address names the content; who reports it need not say who they are."""
    content, _row = cases.find(reference)
    form = ReportForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        cases.report(request, reference, given["ground"], given["words"])
        return redirect("casework:reported")

    return try_form(form, act) or form_page(request, "casework/report.html", form, label=content.label)


@require_GET
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "casework/reported.html")
