"""The matchmakers' pages at the Operator's console."""

import base64
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
from allonce.products.dating import places
from allonce.products.dating.forms_staff import LookForm
from allonce.products.dating.models import Member, Shortlist
from allonce.products.dating.services import choosing, matchmaking, photos, travel
from allonce.products.dating.services.profile import age_of
from allonce.products.dating.words import INTERESTS


@console(matchmaking.DUTY)
@require_GET
def page(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    """How long people wait around one town. Who they are opens with a reason alone."""
    typed = request.GET.get("town", "").strip()[:120]
    town = places.named(typed) if typed else None
    lines = matchmaking.waiting(staff, town) if town else []
    about = {"typed": typed, "town": town, "km": matchmaking.AROUND_KM, "lines": lines}
    return render(request, "dating/matchmaking.html", about)


@console(matchmaking.DUTY)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, staff: StaffAccess, member_id: UUID) -> HttpResponse:
    """The reason first; then the member and the shortlist, for an hour."""
    found = matchmaking.opened(staff, member_id)
    if found is not None and request.method == "GET":
        return render(request, "dating/shortlist.html", _shown(found))
    form = LookForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        matchmaking.open_list(staff, member_id, given["reason"])
        return redirect("dating:shortlist", member_id)

    return try_form(form, act) or form_page(request, "dating/shortlist_open.html", form, member_id=member_id)


@console(matchmaking.DUTY)
@require_POST
def pick(request: HttpRequest, staff: StaffAccess, member_id: UUID, other_id: UUID) -> HttpResponse:
    try:
        matchmaking.pick(staff, member_id, other_id)
        messages.success(request, _("Picked. They are each other's date at noon, unless one chooses somebody before."))
    except matchmaking.PickGone as error:
        messages.error(request, str(error.message))
    return redirect("dating:shortlist", member_id)


@console(matchmaking.DUTY)
@require_POST
def take_back(request: HttpRequest, staff: StaffAccess, member_id: UUID) -> HttpResponse:
    matchmaking.take_back(staff, member_id)
    messages.success(request, _("Taken back. The choice of the day is made as ever."))
    return redirect("dating:shortlist", member_id)


def _shown(found: Shortlist) -> dict[str, Any]:
    made = matchmaking.picked(found.member)
    _day, noon = choosing.coming(found.member)
    return {
        "shortlist": found,
        "who": _profile(found.member),
        "noon": noon,
        "picked": made is not None,
        "lines": [] if made else [{"who": _profile(each.other), "why": each.why} for each in matchmaking.lines(found)],
    }


def _profile(member: Member) -> dict[str, Any]:
    """What dates see of them, and nothing of whom they hope to meet."""
    return {
        "id": member.id,
        "name": member.first_name,
        "age": age_of(member),
        "place": member.place,
        "visiting": travel.is_visiting(member),
        "about": member.about,
        "interests": [INTERESTS[code] for code in member.interests if code in INTERESTS],
        "photo": _picture(member),
    }


def _picture(member: Member) -> str:
    """The first photo as a data address; members' own addresses open for members alone."""
    for photo in photos.shown(member)[:1]:
        try:
            return f"data:image/jpeg;base64,{base64.b64encode(photos.read(photo, 'large')).decode()}"
        except NotFound:
            break
    return ""
