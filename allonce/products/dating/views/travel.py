"""Another town for some days."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating.access import member_page
from allonce.products.dating.forms_safety import TravelForm
from allonce.products.dating.models import Member
from allonce.products.dating.services import travel


@member_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """The trip that stands, or a form for one."""
    form = TravelForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        travel.plan(member, given["place"], travel.Days(given["first"], given["last"]))
        messages.success(request, _("Noted. It begins and ends by itself."))
        return redirect("dating:travel")

    trip = travel.of(member)
    about = {"trip": trip, "days": travel.days_of(trip) if trip else None, "home": travel.home_of(member), "tab": "you"}
    return try_form(form, act) or form_page(request, "dating/travel.html", form, **about)


@member_page
@require_POST
def cancel(request: HttpRequest, member: Member) -> HttpResponse:
    travel.cancel(member)
    messages.success(request, _("Cancelled. Your dates go by where you live again."))
    return redirect("dating:travel")
