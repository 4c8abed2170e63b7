"""A profile as others see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.dating import reasons
from allonce.products.dating.models import Member, Photo
from allonce.products.dating.places import kilometres
from allonce.products.dating.services import paying, photos, travel
from allonce.products.dating.services.profile import age_of
from allonce.products.dating.words import INTERESTS, QUESTIONS


@dataclass(frozen=True)
class Shown:
    """`km` is 0 in the same town, else the distance in steps of five kilometres.

    `checked` is when a person found that the first photo shows them, as far as it was looked at.
    `place` is where they are; with `visiting` that is not where they live, of which nothing is shown.
    """

    name: str
    age: int
    place: str
    visiting: bool
    km: int
    photos: list[Photo]
    checked: datetime | None
    about: str
    interests: list[Any]
    answers: list[tuple[Any, str]]
    why: list[str]


@dataclass(frozen=True)
class Cost:
    """What a use costs this member: in words, and whether their Crowns are enough."""

    crowns: int
    says: str
    enough: bool
    balance: str


def cost_of(member: Member, use: str) -> Cost:
    """For the button that spends it."""
    crowns, there = paying.price(member, use), paying.balance(member)
    says = paying.counted(crowns) if crowns else _("free with VIP")
    return Cost(crowns, says, there >= crowns, paying.counted(there))


def profile_of(member: Member, viewer: Member, codes: list[str] | None = None) -> Shown:
    """What the viewer may see of a member whom `dates.sees` lets them see."""
    seen = photos.shown(member)
    return Shown(
        name=member.first_name,
        age=age_of(member),
        place=member.place or "",
        visiting=travel.is_visiting(member),
        km=_apart(member, viewer),
        photos=seen,
        checked=seen[0].checked_at if seen else None,
        about=member.about,
        interests=[INTERESTS[code] for code in member.interests if code in INTERESTS],
        answers=[(QUESTIONS[code], text) for code, text in member.answers.items() if code in QUESTIONS],
        why=reasons.in_words(codes) if codes is not None else [],
    )


def _apart(member: Member, viewer: Member) -> int:
    if not member.spot or not viewer.spot or member.spot == viewer.spot:
        return 0
    return kilometres(member.spot, viewer.spot)
