"""A copy of the whole Catalogue as a file, and back from one."""

import json

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.clock import today
from allonce.products.catalogue.forms.fields import StyledForm
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.transfer import export_draft, import_draft
from allonce.products.catalogue.views.shared import READERS, WRITERS, attempt, tell


class FileForm(StyledForm):
    file = forms.FileField(label=gettext_lazy("Catalogue file"))


@office(*WRITERS)
def transfer(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Offers the file, and takes one."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["file"].read()
        steps = []
        if attempt(form, lambda: steps.append(import_draft(access, body))):
            tell(request, _("The draft is what the file says. Nothing is published yet."), steps[0])
            return redirect("catalogue:home")
    return render(request, "catalogue/transfer.html", {"form": form})


@require_GET
@office(*READERS)
def export(_request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """The draft in the open format."""
    text = json.dumps(export_draft(draft_of(access)), ensure_ascii=False, indent=1)
    name = f"catalogue-{today().isoformat()}.json"
    return HttpResponse(text, "application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'})
