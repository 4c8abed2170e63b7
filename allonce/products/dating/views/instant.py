"""A date at once: ask, wait a little, meet somebody or have the Crown back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel.billing.errors import NotEnoughCredits
from allonce.kernel.clock import now
from allonce.products.dating import crowns
from allonce.products.dating.access import member_page
from allonce.products.dating.models import InstantWait, Member
from allonce.products.dating.services import choosing, instant
from allonce.products.dating.views.showing import cost_of


@member_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """What it is and what it costs; while a search runs, each look at this page looks again."""
    if request.method == "POST":
        return _ask(request, member)
    if instant.look(member) is not None:
        return redirect("dating:today")
    about = {"tab": "today", "search": instant.waiting(member), "now": now()}
    return render(request, "dating/instant.html", about | {"cost": cost_of(member, crowns.INSTANT)})


@member_page
@require_POST
def stop(request: HttpRequest, member: Member) -> HttpResponse:
    """Look no longer."""
    if instant.stop(member):
        messages.success(request, _("The search has ended, and nothing was taken."))
    return redirect("dating:today")


def _ask(request: HttpRequest, member: Member) -> HttpResponse:
    try:
        found = instant.ask(member)
    except NotEnoughCredits:
        messages.error(request, _("That takes a Crown, and you have none left. No search was begun."))
        return redirect("dating:crowns")
    except (choosing.CannotChoose, instant.EnoughForToday) as error:
        messages.error(request, str(error.message))
        return redirect("dating:instant")
    return redirect("dating:today" if found.state == InstantWait.State.MET else "dating:instant")
