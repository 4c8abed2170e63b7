"""A member's own space: words, photos, hopes, pause, and what others see."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel import uploads
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating.access import joining_page, member_page, standing_page
from allonce.products.dating.forms import ProfileForm
from allonce.products.dating.models import Member, Photo
from allonce.products.dating.models.members import MOST_PHOTOS
from allonce.products.dating.oauth.provider import provider
from allonce.products.dating.services import dates, photos, providers
from allonce.products.dating.services import profile as services
from allonce.products.dating.views.joining import hopes_step, who_step
from allonce.products.dating.views.showing import profile_of


@member_page
@require_GET
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """Their photos in every state, what others see, and all that can be changed."""
    about = {
        "member": member,
        "photos": list(member.photos.all()),
        "room": member.photos.exclude(state=Photo.State.REFUSED).count() < MOST_PHOTOS,
        "shown": profile_of(member, member),
        "provider": provider(),
        "linked": providers.is_linked(member.person),
        "tab": "you",
    }
    return render(request, "dating/you.html", about)


@member_page
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, member: Member) -> HttpResponse:
    known = {"first_name": member.first_name, "about": member.about, "interests": member.interests}
    known |= {f"answer_{code}": text for code, text in member.answers.items()}
    form = ProfileForm(request.POST or None, initial=known)

    def act(given: dict[str, Any]) -> HttpResponse:
        said = services.Words(given["first_name"], given["about"], given["interests"], given["answers"])
        services.describe(member, said)
        messages.success(request, _("Saved."))
        return redirect("dating:you")

    return try_form(form, act) or form_page(request, "dating/words.html", form, tab="you")


@joining_page
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, member: Member) -> HttpResponse:
    return who_step(request, member, "dating/who.html", "dating:you")


@standing_page
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, member: Member) -> HttpResponse:
    """Says first what it means; then it is deleted at once."""
    if request.method == "GET":
        return render(request, "dating/withdraw.html", {"tab": "you"})
    services.withdraw_consent(member)
    messages.success(request, _("Deleted. Nobody is chosen for you until you say it again."))
    return redirect("dating:you")


@joining_page
@require_http_methods(["GET", "POST"])
def hopes(request: HttpRequest, member: Member) -> HttpResponse:
    return hopes_step(request, member, "dating/hopes.html", "dating:you")


@member_page
@require_POST
def add_photo(request: HttpRequest, member: Member) -> HttpResponse:
    given = request.FILES.get("photo")
    if given is None:
        messages.error(request, _("Choose a photo first."))
        return redirect("dating:you")
    try:
        photos.take(member, given.read(), given.name or "")
        messages.success(request, _("Thank you. Somebody looks at it, usually within a day; then your dates see it."))
    except (uploads.UploadRefused, UserError) as error:
        messages.error(request, str(error.message))
    return redirect("dating:you")


@member_page
@require_POST
def first_photo(_request: HttpRequest, member: Member, photo_id: UUID) -> HttpResponse:
    photos.put_first(member, photo_id)
    return redirect("dating:you")


@member_page
@require_POST
def remove_photo(_request: HttpRequest, member: Member, photo_id: UUID) -> HttpResponse:
    photos.remove(member, photo_id)
    return redirect("dating:you")


@member_page
@require_http_methods(["GET", "POST"])
def incognito(request: HttpRequest, member: Member) -> HttpResponse:
    """What it means, and the button that begins or ends it."""
    if request.method == "GET":
        return render(request, "dating/incognito.html", {"member": member, "tab": "you"})
    on = request.POST.get("incognito") == "on"
    services.go_incognito(member, on=on)
    messages.success(request, _("You are incognito now.") if on else _("You are no longer incognito."))
    return redirect("dating:incognito")


@member_page
@require_POST
def pause(request: HttpRequest, member: Member) -> HttpResponse:
    services.pause(member)
    messages.success(request, _("You are invisible now. Your matches and your profile stay as they are."))
    return redirect("dating:you")


@member_page
@require_POST
def come_back(request: HttpRequest, member: Member) -> HttpResponse:
    services.come_back(member)
    messages.success(request, _("Welcome back. You take part at the next noon."))
    return redirect("dating:you")


@member_page
@require_GET
def photo(_request: HttpRequest, member: Member, photo_id: UUID, size: str) -> HttpResponse:
    """A photo's bytes: one's own, or an accepted one of somebody whom this member may see now."""
    found = Photo.objects.filter(pk=photo_id).first()
    if found is None or not _may_see(member, found):
        raise NotFound
    made = HttpResponse(photos.read(found, size), content_type="image/jpeg")
    made["X-Content-Type-Options"] = "nosniff"
    return made


def _may_see(member: Member, found: Photo) -> bool:
    if found.member_id == member.id:
        return True
    return found.state == Photo.State.SHOWN and dates.sees(member, found.member_id)
