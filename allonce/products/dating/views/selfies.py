"""Having one's photos checked by a person, with a selfie."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allonce.kernel import uploads
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.products.dating.access import member_page
from allonce.products.dating.forms_safety import SelfieForm
from allonce.products.dating.models import Member
from allonce.products.dating.poses import POSES
from allonce.products.dating.services import photos, selfies


@member_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, member: Member) -> HttpResponse:
    """How it stands; and, once a pose was asked for, the form that takes the picture and the consent."""
    form = SelfieForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        try:
            selfies.send(member, given["selfie"].read(), given["selfie"].name or "")
        except uploads.UploadRefused as refusal:
            raise photos.Unusable(str(refusal.message), fields={"selfie": str(refusal.message)}) from refusal
        messages.success(request, _("Thank you. A person compares it with your photos, and it is destroyed then."))
        return redirect("dating:selfie")

    selfie, shown = selfies.of(member), photos.shown(member)
    about = {
        "selfie": selfie,
        "pose": POSES.get(selfies.pose_of(selfie)),
        "first": shown[0] if shown else None,
        "marked": any(each.checked_at for each in shown),
        "tab": "you",
    }
    return try_form(form, act) or form_page(request, "dating/selfie.html", form, **about)


@member_page
@require_POST
def ask(request: HttpRequest, member: Member) -> HttpResponse:
    try:
        selfies.ask(member)
    except (selfies.NoPhotoYet, selfies.NotNow) as error:
        messages.error(request, str(error.message))
    return redirect("dating:selfie")


@member_page
@require_POST
def withdraw(request: HttpRequest, member: Member) -> HttpResponse:
    """The consent is taken back."""
    selfies.withdraw(member)
    messages.success(request, _("Withdrawn. The selfie and the mark are gone."))
    return redirect("dating:selfie")
