"""Choosing the next date among a few who suit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.billing.errors import NotEnoughCredits
from allonce.products.dating import crowns
from allonce.products.dating.access import member_page
from allonce.products.dating.models import Member
from allonce.products.dating.services import choosing
from allonce.products.dating.views.showing import cost_of, profile_of


@member_page
@require_GET
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """The few, or whom the member chose already, or why there is nobody."""
    _day, noon = choosing.coming(member)
    about = {"tab": "today", "noon": noon, "cost": cost_of(member, crowns.NEXT)}
    mine = choosing.chosen(member)
    if mine is not None:
        return render(request, "dating/next_chosen.html", about | {"name": mine.other.first_name, "paid": mine.hold_id})
    try:
        found = choosing.suggestions(member)
    except choosing.CannotChoose as error:
        return render(request, "dating/next.html", about | {"why_not": error.message}, status=error.status)
    lines = [{"id": other.id, "shown": profile_of(other, member)} for other in found]
    return render(request, "dating/next.html", about | {"lines": lines})


@member_page
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, member: Member, other_id: UUID) -> HttpResponse:
    """One of the few, larger, with what it costs on the button that chooses them."""
    if request.method == "GET":
        other = choosing.suggested(member, other_id)
        about = {"tab": "today", "other_id": other_id, "cost": cost_of(member, crowns.NEXT)}
        return render(request, "dating/next_one.html", about | {"shown": profile_of(other, member)})
    try:
        choosing.choose(member, other_id)
    except NotEnoughCredits:
        messages.error(request, _("That takes a Crown, and you have none left. Nothing was chosen."))
        return redirect("dating:crowns")
    except (choosing.AlreadyChosen, choosing.NoLongerFree, choosing.CannotChoose) as error:
        messages.error(request, str(error.message))
    return redirect("dating:next")
