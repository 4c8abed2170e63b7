"""What people decide about a selfie: whether it shows whoever the profile's photos show. No program compares."""

import base64
from collections.abc import Sequence

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.kernel.errors import NotFound
from allonce.products.dating.models import Photo, Selfie
from allonce.products.dating.poses import POSES
from allonce.products.dating.services import photos, selfies

SELFIE_CASE = "dating.selfie"
NEW_SELFIE = register_detector(Detector("dating.new_selfie", _("the rule that every selfie is compared by a person")))


def ask_about(selfie: Selfie) -> None:
    """Put a selfie before the staff, in the caller's transaction."""
    about = Subject(person_id=selfie.person_id, target=f"dating.Selfie:{selfie.id}")
    NEW_SELFIE.raise_case(SELFIE_CASE, about, [Fact(said("Pose asked for"), str(POSES[selfie.pose].says))])


def _accept(mandate: Mandate, about: Subject) -> None:
    selfies.accept(mandate, about.target_id)


def _again(mandate: Mandate, about: Subject) -> None:
    selfies.ask_again(mandate, about.target_id)


def _refuse(mandate: Mandate, about: Subject) -> None:
    selfies.refuse(mandate, about.target_id)


def _allow(mandate: Mandate, about: Subject) -> None:
    selfies.allow_again(mandate, about.target_id)


def _waiting(about: Subject) -> Selfie | None:
    return Selfie.objects.filter(pk=about.target_id, state=Selfie.State.WAITING).select_related("member").first()


def _possible(about: Subject) -> set[str]:
    selfie = _waiting(about)
    if selfie is None:
        return set()
    return {"same", "again", "other"} if selfies.compared_with(selfie) else {"again"}


def _show(about: Subject) -> Sequence[Fact]:
    """The selfie with its pose, and beside it the photos that others see."""
    selfie = _waiting(about)
    if selfie is None:
        return [Fact(said("Selfie"), said("Destroyed: it was decided about, withdrawn, or waited too long"))]
    facts = [Fact(said("Pose asked for"), str(POSES[selfie.pose].says)), *_picture(said("Selfie"), _bytes_of(selfie))]
    for photo in selfies.compared_with(selfie):
        facts += _picture(said("Photo of the profile"), _bytes_of(photo))
    return facts


def _bytes_of(row: Selfie | Photo) -> bytes:
    try:
        return selfies.read(row) if isinstance(row, Selfie) else photos.read(row, "large")
    except NotFound:
        return b""


def _picture(label: str, data: bytes) -> list[Fact]:
    return [Fact(label, "", picture=f"data:image/jpeg;base64,{base64.b64encode(data).decode()}")] if data else []


SELFIE_KIND = CaseKind(
    code=SELFIE_CASE,
    label=_("Selfie to compare"),
    duty="moderation",
    rule=_("The mark says that the photos of a profile show whoever sent the selfie, in the pose asked for"),
    working_days=2,
    outlasts=False,
    possible=_possible,
    show=_show,
    # Looked at and left without an answer, it is destroyed all the same, and the member may take another.
    otherwise=_again,
    actions=(
        Action(
            "same", _("The same person"), _("Your photos are marked as checked by a person."), _accept, against=False
        ),
        Action(
            "again",
            _("Ask for another one"),
            _("We could not tell from this selfie. It is destroyed; please take another in the pose asked for."),
            _again,
            against=False,
        ),
        Action(
            "other",
            _("Not the same person"),
            _("Your photos get no mark: the selfie seems to show somebody else. It is destroyed."),
            _refuse,
            undo=_allow,
        ),
    ),
)
