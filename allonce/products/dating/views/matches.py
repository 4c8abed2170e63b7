"""Matches: the list, a match's profile, and an end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.products.dating.access import member_page
from allonce.products.dating.models import Member
from allonce.products.dating.services import first_words, matching, photos, reviewing
from allonce.products.dating.views.showing import profile_of


@member_page
@require_GET
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """Everybody who may be written to, those last written to first; and who wrote first and waits for an answer."""
    lines, to_answer = [], reviewing.to_answer(member)
    for match in matching.of(member):
        other = match.other_than(member)
        shown = photos.shown(other)
        line = {"match": match, "name": other.first_name, "photo": shown[0] if shown else None}
        line["wrote_first"] = match.waits_for(member)
        line["waits"] = match.was_opened_by(member)
        line["to_answer"] = match.pk in to_answer
        lines.append(line)
    return render(request, "dating/matches.html", {"lines": lines, "tab": "matches"})


@member_page
@require_GET
def profile(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    match = matching.mine(member, match_id)
    other = match.other_than(member)
    about = {"match": match, "other": other, "shown": profile_of(other, member), "tab": "matches"}
    return render(request, "dating/match_profile.html", about)


@member_page
@require_http_methods(["GET", "POST"])
def unmatch(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    """Asks once, in the other's name; what was written goes with it."""
    match = matching.mine(member, match_id)
    if request.method == "GET":
        name = match.other_than(member).first_name
        return render(request, "dating/unmatch.html", {"match": match, "name": name, "tab": "matches"})
    matching.unmatch(member, match_id)
    messages.success(request, _("The match is over, and what was written is destroyed."))
    return redirect("dating:matches")


@member_page
@require_POST
def decline(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    """Leave a first message unanswered for good; its writer sees no difference."""
    try:
        first_words.decline(member, match_id)
    except first_words.NotYours as error:
        messages.error(request, str(error.message))
        return redirect("dating:chat", match_id)
    messages.success(request, _("Declined, and nobody is told."))
    return redirect("dating:matches")
