"""Complaints about the service: a case with a person and a due day, and an answer that names the mediator."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject, leave_as_it_is
from allonce.kernel.casework.models import Case
from allonce.kernel.casework.services import opening
from allonce.kernel.legal.authority import Authority, authority
from allonce.products.dating.models import Member
from allonce.products.dating.services.reporting import PER_MEMBER

COMPLAINT_CASE = "dating.complaint"
ANSWER_WITHIN = 15


class UnknownMediator(ValueError):
    """The setting does not read "Name; address; web address"."""


class _Mediator:
    """The mediator's name as it is when the answer is written."""

    def __str__(self) -> str:
        known = mediator()
        return f"{known.name}, {known.address} ({known.website})"


def mediator() -> Authority:
    """Who settles what we could not (ALLONCE_MEDIATOR), else the supervisory authority. Raises UnknownMediator."""
    given = settings.MEDIATOR.strip()
    if not given:
        return authority()
    parts = [part.strip() for part in given.split(";")]
    if len(parts) != 3 or not all(parts):
        raise UnknownMediator('ALLONCE_MEDIATOR is "Name; address; web address", or empty')
    return Authority(*parts)


def complain(session: SignInSession, member: Member, text: str) -> Case:
    """Put a complaint before the staff; further words go into the one that waits. Audited. Raises TooMany."""
    throttle.hit("dating-complaint", member.id.hex, *PER_MEMBER)
    about = Subject(person_id=member.person_id, target=f"dating.Member:{member.id}")
    return opening.by_somebody(session, COMPLAINT_CASE, about, [Fact(said("Complaint"), text.strip())])


def of(member: Member) -> QuerySet[Case]:
    """The member's complaints, the latest first."""
    mine = Case.objects.filter(kind=COMPLAINT_CASE, person_id=member.person_id)
    return mine.select_related("assigned").order_by("-pk")


def _show(about: Subject) -> Sequence[Fact]:
    member = Member.objects.filter(pk=about.target_id).first()
    return [Fact(said("Member"), member.first_name if member else said("Has left"))]


def _says(opening_words: Any) -> Any:
    further = _("If you are not content with the answer, you may turn to a mediator, free of charge:")
    return format_lazy("{} {} {}", opening_words, further, lazystr(_Mediator()))


COMPLAINT_KIND = CaseKind(
    code=COMPLAINT_CASE,
    label=_("Complaint of a member"),
    duty="moderation",
    rule=_("Our terms: a dispute is settled amicably with us first; then a consumer may turn to a mediator."),
    working_days=ANSWER_WITHIN,
    outlasts=False,
    show=_show,
    actions=(
        Action(
            "right",
            _("Answer: the complaint is right"),
            _says(_("Your complaint is right.")),
            leave_as_it_is,
            against=False,
        ),
        Action(
            "wrong",
            _("Answer: it stays as it is"),
            _says(_("Your complaint was looked into.")),
            leave_as_it_is,
            against=False,
        ),
    ),
)
