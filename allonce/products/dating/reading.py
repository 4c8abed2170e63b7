"""What people decide about a review of a real date: whether it counts. The case is its writer's, not the other's."""

from collections.abc import Sequence

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.products.dating.models import Review
from allonce.products.dating.services import reviewing

REVIEW_CASE = "dating.review"
NEW_REVIEW = register_detector(
    Detector("dating.new_review", _("the rule that everything said of a date is read by a person"))
)
ASKED = {
    "met": _("Did you meet?"),
    "photos": _("Were the photos true?"),
    "safe": _("Did you feel safe?"),
    "again": _("Would you meet again?"),
}
SAID = {"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")}


def ask_about(review: Review) -> None:
    """Put it before the staff, in the caller's transaction. What it says stays in its own row."""
    about = Subject(person_id=review.owner_id, target=f"dating.Review:{review.id}")
    NEW_REVIEW.raise_case(REVIEW_CASE, about, [])


def in_words(review: Review) -> str:
    """Questions with their answers, a line each, and the writer's own words."""
    lines = [f"{text} {SAID.get(review.answers.get(name, ''), '')}" for name, text in ASKED.items()]
    return "\n".join([*lines, review.words or said("Nothing else was written.")])


def _count(mandate: Mandate, about: Subject) -> None:
    reviewing.count(mandate, about.target_id)


def _leave(mandate: Mandate, about: Subject) -> None:
    reviewing.leave(mandate, about.target_id)


def _waiting(about: Subject) -> Review | None:
    found = Review.objects.filter(pk=about.target_id, state=Review.State.WAITING)
    return found.select_related("by", "about").first()


def _possible(about: Subject) -> set[str]:
    return {"count", "leave"} if _waiting(about) is not None else set()


def _show(about: Subject) -> Sequence[Fact]:
    review = _waiting(about)
    if review is None:
        return [Fact(said("Review"), said("Decided about, or taken back"))]
    facts = [Fact(said("Who says it, and of whom"), f"{review.by.first_name} → {review.about.first_name}")]
    return [*facts, Fact(said("What they say"), in_words(review))]


REVIEW_KIND = CaseKind(
    code=REVIEW_CASE,
    label=_("Said of a real date"),
    duty="moderation",
    rule=_("Only what is about the date itself and can be true counts; whom it is about is never told"),
    working_days=3,
    outlasts=False,
    possible=_possible,
    show=_show,
    otherwise=_leave,
    actions=(
        Action("count", _("Let it count"), _("What you said counts."), _count, against=False, told=False),
        Action("leave", _("Let it not count"), _("What you said does not count."), _leave, against=False, told=False),
    ),
)
