"""Pictures and voice notes of a conversation: handed in by its page, and shown or played there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.errors import UserError
from allonce.kernel.uploads import serving
from allonce.products.dating.access import member_page
from allonce.products.dating.models import Enclosure, Member
from allonce.products.dating.services import enclosing
from allonce.products.dating.services.enclosing import Given


class NothingEnclosed(UserError):
    """No file came, or not what it is for."""

    code = "nothing_enclosed"
    status = 422
    message = gettext_lazy("Choose a picture, or record a voice note. Reload the page if this comes again.")


@member_page
@require_POST
def hand_in(request: HttpRequest, member: Member, match_id: UUID) -> HttpResponse:
    """Take a file for the message that is sent next; its answer is that message's body."""
    row = enclosing.keep(member, match_id, _given(request))
    return JsonResponse(enclosing.body_of(row), headers={"Cache-Control": "private, no-store"})


@member_page
@require_GET
def content(request: HttpRequest, member: Member, match_id: UUID, enclosure_id: UUID) -> HttpResponse:
    row, data = enclosing.read(member, match_id, enclosure_id)
    made = serving.played(request, data, serving.MEDIA[row.kind])
    made["Cache-Control"] = "private, no-store"
    return made


@member_page
@require_POST
def show(_request: HttpRequest, member: Member, match_id: UUID, enclosure_id: UUID) -> HttpResponse:
    """The first picture of somebody is blurred until this is pressed."""
    enclosing.show(member, match_id, enclosure_id)
    return HttpResponse(status=204)


def _given(request: HttpRequest) -> Given:
    sent, sort = request.FILES.get("file"), request.POST.get("sort", "")
    if sent is None or sort not in Enclosure.Sort.values:
        raise NothingEnclosed
    try:
        cid, seconds = UUID(request.POST.get("cid", "")), int(request.POST.get("seconds") or 0)
    except ValueError as error:
        raise NothingEnclosed from error
    return Given(cid, sort, sent.read(), seconds)
