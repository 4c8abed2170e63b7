"""The date of the day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.billing.errors import NotEnoughCredits
from allonce.kernel.clock import now
from allonce.kernel.privacy.rights.processing import may_process
from allonce.products.dating import crowns
from allonce.products.dating.access import member_page
from allonce.products.dating.models import Member
from allonce.products.dating.noon import PURPOSE, next_noon
from allonce.products.dating.queries import is_choosing, nobody_today
from allonce.products.dating.services import dates, first_words, rating, standing, warming
from allonce.products.dating.views.showing import cost_of, profile_of


@member_page
@require_GET
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """Who it is and why, until when; or how long there is to wait, and why there is nobody.

    There may be a date at once beside that of the day: `?date=` names the one to see, else it is the latest.
    """
    if standing.of(member) is not None:
        return redirect("dating:standing")
    warming.soon(member.zone)
    running = dates.running(member) if member.state == Member.State.ACTIVE else []
    if not running:
        return render(request, "dating/waiting.html", _waiting(member))
    asked = request.GET.get("date", "")
    card = dates.open_card(member, next((each for each in running if str(each.pk) == asked), running[0]))
    about = {
        "member": member,
        "now": now(),
        "tab": "today",
        "card": card,
        "shown": profile_of(card.other, member, card.date.reasons),
        "others": [each for each in running if each.pk != card.date.pk],
        "cost": cost_of(member, crowns.MESSAGE),
        "stars": rating.given(member, card.other.pk),
    }
    return render(request, "dating/today.html", about)


def _waiting(member: Member) -> dict[str, Any]:
    moment = now()
    return {
        "member": member,
        "next_noon": next_noon(member.zone, moment),
        "now": moment,
        "tab": "today",
        "may_choose": may_process(member.person_id, PURPOSE),
        "has_photo": member.photos.exclude(state="refused").exists(),
        "choosing": is_choosing(member.zone, moment),
        "nobody": nobody_today(member, moment),
    }


@member_page
@require_POST
def like(request: HttpRequest, member: Member, date_id: UUID) -> HttpResponse:
    try:
        made = dates.like(member, date_id)
    except (dates.DateOver, dates.AlreadyAnswered) as error:
        messages.error(request, str(error.message))
        return redirect("dating:today")
    if made is not None:
        messages.success(request, _("It is a match. You can write to each other now."))
        return redirect("dating:chat", made.id)
    return redirect("dating:today")


@member_page
@require_POST
def pass_by(request: HttpRequest, member: Member, date_id: UUID) -> HttpResponse:
    try:
        dates.pass_by(member, date_id)
    except (dates.DateOver, dates.AlreadyAnswered) as error:
        messages.error(request, str(error.message))
    return redirect("dating:today")


@member_page
@require_POST
def write(request: HttpRequest, member: Member, date_id: UUID) -> HttpResponse:
    """Write first, for a Crown; what had better wait is asked about once."""
    text = request.POST.get("text", "")
    try:
        made = first_words.write(member, date_id, text, sure="sure" in request.POST)
    except first_words.ThinkAgain as error:
        about = {"tab": "today", "date_id": date_id, "text": text, "warning": error.message}
        return render(request, "dating/first_again.html", about, status=error.status)
    except NotEnoughCredits:
        messages.error(request, _("Writing first takes a Crown, and you have none left. Nothing was sent."))
        return redirect("dating:crowns")
    except (dates.DateOver, first_words.NothingWritten) as error:
        messages.error(request, str(error.message))
        return redirect("dating:today")
    return redirect("dating:chat", made.id)


@member_page
@require_POST
def rate(request: HttpRequest, member: Member, other_id: UUID) -> HttpResponse:
    """Give stars, or take them back."""
    stars = request.POST.get("stars", "")
    try:
        if stars == "0":
            rating.take_back(member, other_id)
            messages.success(request, _("Taken back."))
        else:
            rating.rate(member, other_id, int(stars) if stars.isdecimal() else 0)
            messages.success(request, _("Kept, and nobody is told."))
    except rating.NotStars as error:
        messages.error(request, str(error.message))
    return redirect("dating:today")
