"""Writing to a match. The page shows what is there; the stream carries on from it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allonce.products.dating.access import member_page
from allonce.products.dating.models import Member
from allonce.products.dating.services import enclosing, matching, photos
from allonce.products.dating.warnings import TO_READER


@member_page
@require_GET
def page(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    match = matching.mine(member, match_id)
    other = match.other_than(member)
    shown = photos.shown(other)
    about = {
        "match": match,
        "name": other.first_name,
        "photo": shown[0] if shown else None,
        "seat": member.seat,
        "other_seat": other.seat,
        "other": other,
        "reader_words": {code: str(said) for code, said in TO_READER.items()},
        "tab": "matches",
        "wrote_first": match.waits_for(member),
        "waits": match.was_opened_by(member),
        "shown": enclosing.are_shown(match, other),
    }
    return render(request, "dating/chat.html", about)
