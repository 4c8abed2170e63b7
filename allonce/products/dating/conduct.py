"""What people decide about a member's conduct: warn, suspend for a month, end it, or end the membership."""

import base64
from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject, leave_as_it_is
from allonce.kernel.errors import NotFound
from allonce.products.dating.consoles import evidence_page
from allonce.products.dating.models import Member, Photo, Review, Suspension
from allonce.products.dating.reading import in_words
from allonce.products.dating.services import photos, profile, standing
from allonce.products.dating.services.signs import CONDUCT_CASE


def _suspend(mandate: Mandate, about: Subject) -> None:
    standing.suspend(mandate, about.target_id)


def _lift(mandate: Mandate, about: Subject) -> None:
    standing.lift(mandate, about.target_id)


def _close(mandate: Mandate, about: Subject, *, years: int) -> None:
    standing.close(mandate, about.target_id, years)


def _reopen(mandate: Mandate, about: Subject) -> None:
    standing.reopen(mandate, about.target_id)


def _possible(about: Subject) -> set[str]:
    """The steps in their order: nobody is closed who was not suspended and had the time to explain."""
    member = Member.objects.filter(pk=about.target_id).first()
    if member is None:
        return set()
    found = standing.of(member)
    if found is None:
        return {"warn", "suspend"}
    if found.closed_at is not None:
        return set()
    return {"end"} | ({"close", "close_one"} if standing.may_close(member) else set())


def _show(about: Subject) -> Sequence[Fact]:
    """The profile as dates see it, and what was decided before."""
    member = Member.objects.filter(pk=about.target_id).first()
    if member is None:
        return [Fact(said("Member"), said("Has left"))]
    facts = [
        Fact(said("Profile"), f"{member.first_name}, {profile.age_of(member)}, {member.place or ''}"),
        Fact(said("Member since"), f"{member.joined_at:%d %b %Y}"),
        Fact(said("About"), member.about or said("Nothing was written.")),
    ]
    return [
        *facts,
        *_in_confidence(member),
        *_pictures(member),
        *map(_step, Suspension.objects.filter(member=member).order_by("started_at")),
    ]


def _in_confidence(member: Member) -> list[Fact]:
    """What dates said of them and a person accepted: for whoever decides, and in no copy of the case."""
    said_of = Review.objects.filter(about=member, state=Review.State.COUNTED).order_by("at")
    label = said("Said of a real date, in confidence: never to be told to this member")
    return [Fact(label, in_words(each)) for each in said_of if each.warns]


def _pictures(member: Member) -> list[Fact]:
    """Shown closed: whoever decides opens the ones they need."""
    found = []
    for photo in member.photos.exclude(state=Photo.State.REFUSED):
        try:
            data = base64.b64encode(photos.read(photo, "small")).decode()
        except NotFound:
            continue
        found.append(Fact(said("Photo"), "", picture=f"data:image/jpeg;base64,{data}"))
    return found


def _step(each: Suspension) -> Fact:
    times = {
        said("suspended"): each.started_at,
        said("to answer by"): each.answer_by,
        said("explained"): each.explained_at,
        said("closed"): each.closed_at,
        said("ended"): each.ended_at or (None if each.closed_at else each.until),
    }
    return Fact(said("Suspension"), "; ".join(f"{step} {at:%d %b %Y %H:%M}" for step, at in times.items() if at))


CONDUCT_KIND = CaseKind(
    code=CONDUCT_CASE,
    label=_("Conduct of a member"),
    duty="moderation",
    rule=_("The rules of Dating: be who you are, ask nobody for money, threaten and insult nobody, arrange no events"),
    working_days=2,
    acted=_("A person looked at it and acted on it. We tell nobody what that was, nor who reported."),
    more=evidence_page,
    possible=_possible,
    show=_show,
    actions=(
        Action(
            "warn",
            _("Warn"),
            _("This is a warning. Nothing else changes; a repetition can lead to a suspension."),
            leave_as_it_is,
            undo=leave_as_it_is,
        ),
        Action(
            "suspend",
            _("Suspend for one month"),
            _(
                "You are suspended for one month, as a precaution. Nobody sees you and nothing is lost. "
                "Please explain within 14 days, on your page in Dating: it is read before anything else is decided."
            ),
            _suspend,
            undo=_lift,
        ),
        Action("end", _("End the suspension"), _("You are back, with everything as it was."), _lift, against=False),
        Action(
            "close",
            _("End the membership, bar for three years"),
            _(
                "Your membership is ended because of a breach. Crowns are lost, and you cannot join again for "
                "three years. You can still take a copy of your data, and appeal."
            ),
            partial(_close, years=3),
            undo=_reopen,
            four_eyes=True,
        ),
        Action(
            "close_one",
            _("End the membership, bar for one year"),
            _(
                "Your membership is ended because of a breach. Crowns are lost, and you cannot join again for "
                "one year. You can still take a copy of your data, and appeal."
            ),
            partial(_close, years=1),
            undo=_reopen,
            four_eyes=True,
        ),
    ),
)
