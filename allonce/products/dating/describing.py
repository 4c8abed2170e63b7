"""What people decide about a member's own words: each is looked at, and can be taken away and given back."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.kernel.casework.models import Case, CaseText, PersonCaseText
from allonce.kernel.casework.services import words as case_words
from allonce.products.dating.consoles import evidence_page
from allonce.products.dating.models import Member
from allonce.products.dating.noticing.words import notice
from allonce.products.dating.words import QUESTIONS

WORDS_CASE = "dating.words"
NEW_WORDS = register_detector(
    Detector("dating.new_words", _("the rule that every new description is looked at by a person"))
)
FOUND = {
    "money": _("a request for money"),
    "phone": _("a telephone number"),
    "mail": _("a mail address"),
    "link": _("a link"),
    "address": _("an address"),
    "messenger": _("another messenger"),
}


def ask_about(member: Member) -> None:
    """Put new words before the staff, in the caller's transaction. They stand until somebody decides otherwise."""
    text = "\n".join([member.about, *member.answers.values()]).strip()
    if not text:
        return
    found = [str(FOUND[kind]) for kind in notice(text, settings.REGION)]
    fact = Fact(
        said("What a program noticed, and may have wrong"), ", ".join(found) or said("Nothing that stands out.")
    )
    NEW_WORDS.raise_case(WORDS_CASE, Subject(person_id=member.person_id, target=f"dating.Member:{member.id}"), [fact])


def _take_away(mandate: Mandate, about: Subject) -> None:
    """Nobody sees them any more; they stay with the case, in case an appeal is upheld."""
    mandate.exercise()
    member = Member.objects.select_for_update().filter(pk=about.target_id).first()
    if member is None:
        return
    case = Case.objects.get(pk=mandate.about.partition(":")[2])
    kept = {
        "facts": [[label, text] for label, text in _texts(member)],
        "about": member.about,
        "answers": member.answers,
    }
    case_words.write(case, CaseText.Role.EVIDENCE, kept | {"how": "staff"}, by=None)
    member.about, member.answers = "", {}
    member.save(update_fields=["about", "answers"])


def _give_back(mandate: Mandate, about: Subject) -> None:
    """As they were, unless the member has written others meanwhile."""
    mandate.exercise()
    member = Member.objects.select_for_update().filter(pk=about.target_id).first()
    if member is None or member.about or member.answers:
        return
    kept = PersonCaseText.objects.filter(case_id=mandate.about.partition(":")[2], role=CaseText.Role.EVIDENCE)
    for text in kept.order_by("-at"):
        if "answers" in text.words:
            member.about, member.answers = text.words["about"], text.words["answers"]
            member.save(update_fields=["about", "answers"])
            return


def _possible(about: Subject) -> set[str]:
    member = Member.objects.filter(pk=about.target_id).first()
    return {"hate", "indecent", "contact"} if member is not None and _texts(member) else set()


def _show(about: Subject) -> Sequence[Fact]:
    member = Member.objects.filter(pk=about.target_id).first()
    shown = [Fact(label, text) for label, text in _texts(member)] if member is not None else []
    return shown or [Fact(said("Description"), said("Nothing was written."))]


def _texts(member: Member) -> list[tuple[str, str]]:
    answers = [(str(QUESTIONS.get(code, code)), text) for code, text in member.answers.items()]
    return ([(said("About"), member.about)] if member.about else []) + answers


def _removal(code: str, label: object, says: object) -> Action:
    return Action(code, label, says, _take_away, undo=_give_back)


WORDS_KIND = CaseKind(
    code=WORDS_CASE,
    label=_("New description"),
    duty="moderation",
    rule=_("Rules for descriptions: your own words, nothing hateful, indecent or violent, no contact details"),
    working_days=1,
    outlasts=False,
    more=evidence_page,
    possible=_possible,
    show=_show,
    actions=(
        _removal("hate", _("Hate or violence"), _("Your description was removed: it is hateful. Write another.")),
        _removal("indecent", _("Indecent"), _("Your description was removed: it is indecent. Write another.")),
        _removal(
            "contact", _("Contact details"), _("Your description was removed: it has contact details. Write another.")
        ),
    ),
)
