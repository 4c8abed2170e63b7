"""Words that staff begin an answer with."""

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
from allonce.kernel.desk.forms import ReplyForm
from allonce.kernel.desk.models import SavedReply
from allonce.kernel.desk.services import knowledge
from allonce.kernel.errors import NotFound


@console("support")
@require_GET
def listed(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    return render(request, "desk/replies.html", {"replies": SavedReply.objects.order_by("title")})


@console("support")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, staff: StaffAccess, reply_id: UUID | None = None) -> HttpResponse:
    """New words, or another wording."""
    found = SavedReply.objects.filter(pk=reply_id).first() if reply_id else None
    if reply_id and found is None:
        raise NotFound
    shown = {"title": found.title, "text": found.text, "after": found.after} if found else {}
    form = ReplyForm(request.POST or None, initial=shown)

    def act(given: dict[str, Any]) -> HttpResponse:
        knowledge.save_reply(staff, found, **given)
        messages.success(request, _("Saved."))
        return redirect("desk:replies")

    return try_form(form, act) or form_page(request, "desk/reply_edit.html", form, reply=found)


@console("support")
@require_POST
def remove(request: HttpRequest, staff: StaffAccess, reply_id: UUID) -> HttpResponse:
    """Forget it."""
    knowledge.remove_reply(staff, reply_id)
    messages.success(request, _("Removed."))
    return redirect("desk:replies")
