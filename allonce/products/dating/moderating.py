"""What people decide about photos. A photo is put before the staff as a case; nothing else can show or refuse one."""

import base64
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs import job
from allonce.products.dating.consoles import evidence_page
from allonce.products.dating.models import Photo
from allonce.products.dating.services import looking, photos

PHOTO_CASE = "dating.photo"
NEW_PHOTO = register_detector(Detector("dating.new_photo", _("the rule that every new photo is looked at by a person")))


@job("dating.look_at_photo")
def look_at(photo_id: UUID) -> None:
    """Let the program look, too: what it finds stands beside the photo for whoever decides."""
    looking.check(photo_id)


def ask_about(photo: Photo) -> None:
    """Put a new photo before the staff, in the caller's transaction."""
    subject = Subject(person_id=photo.person_id, target=f"dating.Photo:{photo.id}")
    look_at.later(photo.id)
    NEW_PHOTO.raise_case(PHOTO_CASE, subject, [Fact(said("New photo"), f"{photo.width} x {photo.height}")])


def _accept(mandate: Mandate, about: Subject) -> None:
    photos.accept(mandate, about.target_id)


def _refuse(mandate: Mandate, about: Subject) -> None:
    photos.refuse(mandate, about.target_id)


def _welcome_back(mandate: Mandate, about: Subject) -> None:
    photos.welcome_back(mandate, about.target_id)


def _possible(about: Subject) -> set[str]:
    photo = Photo.objects.filter(pk=about.target_id).first()
    if photo is None or photo.state == Photo.State.REFUSED:
        return set()
    refusals = {"nobody", "nudity", "violence", "drawing", "contact", "somebody_else"}
    return refusals | ({"show"} if photo.state in {Photo.State.WAITING, Photo.State.HELD} else set())


def _show(about: Subject) -> Sequence[Fact]:
    """The picture and what a program noticed in it, for whoever opened the case with a reason."""
    photo = Photo.objects.filter(pk=about.target_id).first()
    if photo is None:
        return [Fact(said("Photo"), said("Removed by its member"))]
    try:
        data = photos.read(photo, "large")
    except NotFound:
        return [Fact(said("Photo"), said("Destroyed when it was refused, or kept as evidence"))]
    shown = Fact(said("Photo"), "", picture=f"data:image/jpeg;base64,{base64.b64encode(data).decode()}")
    return [*looking.findings_of(photo), shown]


def _refusal(code: str, label: object, says: object) -> Action:
    return Action(code, label, says, _refuse, undo=_welcome_back)


PHOTO_KIND = CaseKind(
    code=PHOTO_CASE,
    label=_("New photo"),
    duty="moderation",
    rule=_("Rules for photos: you can be recognised, alone or clearly you; no drawing, nudity, violence or contacts"),
    working_days=1,
    outlasts=False,
    more=evidence_page,
    possible=_possible,
    show=_show,
    actions=(
        Action("show", _("Show it"), _("Your photo is shown to your dates."), _accept, against=False, told=False),
        _refusal("nobody", _("Not recognisable"), _("Your photo was removed: you cannot be recognised on it.")),
        _refusal("nudity", _("Nudity"), _("Your photo was removed: it shows nudity.")),
        _refusal("violence", _("Violence or hate"), _("Your photo was removed: it shows violence or hate.")),
        _refusal("drawing", _("Drawing or object"), _("Your photo was removed: it does not show a person.")),
        _refusal("contact", _("Contact details"), _("Your photo was removed: contact details can be read on it.")),
        _refusal("somebody_else", _("Somebody else"), _("Your photo was removed: it seems to show somebody else.")),
    ),
)
