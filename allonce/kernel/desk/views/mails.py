"""Mails that came and became no ticket: nothing is lost, and a person sees why."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.desk import queries
from allonce.kernel.desk.services import intake
from allonce.kernel.desk.views.handing_out import as_attachment


@console("support")
@require_GET
def listed(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    """What could not be read, and what was stopped."""
    return render(request, "desk/mails.html", {"mails": queries.odd_mails()})


@console("support")
@require_POST
def raw(_request: HttpRequest, staff: StaffAccess, mail_id: UUID) -> HttpResponse:
    """The mail byte for byte, to be saved; that somebody looked is kept."""
    return as_attachment(intake.look(staff, mail_id), f"{mail_id}.eml", "message/rfc822")
