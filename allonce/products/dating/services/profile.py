"""What members say of themselves and of whom they hope to meet."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import UserError
from allonce.products.dating import index
from allonce.products.dating.ages import age_on
from allonce.products.dating.models import Date, Member, PairingEntry
from allonce.products.dating.places import Town
from allonce.products.dating.services import paying, travel
from allonce.products.dating.words import INTERESTS, MOST_ANSWERS, MOST_INTERESTS, QUESTIONS

State = Member.State
YOUNGEST, OLDEST = 18, 99
NEAREST_KM, FURTHEST_KM = 5, 500


class UnfitProfile(UserError):
    """Something given cannot stand in a profile; `fields` says what and why."""

    code = "unfit_profile"
    status = 422


@dataclass(frozen=True)
class Hopes:
    """Whom a member hopes to meet. Ages in years, both included; `km` is the greatest distance.

    `further` lets somebody from further away be chosen on days when there is nobody near.
    """

    youngest: int
    oldest: int
    km: int
    further: bool


@dataclass(frozen=True)
class Words:
    first_name: str
    about: str
    interests: list[str]
    answers: dict[str, str]


def age_of(member: Member) -> int:
    """Completed years today."""
    return age_on(date.fromisoformat(member.birth_date), today())


@transaction.atomic
def consent(member: Member, sex: str, seeks: list[str]) -> None:
    """Who somebody is and whom they hope to meet, with their explicit consent to its use. Audited.

    The consent is the caller's form's own tick; without it this must not be called. Raises UnfitProfile.
    """
    if sex not in Member.Sex.values or not seeks or not set(seeks) <= set(Member.Sex.values):
        raise UnfitProfile(fields={"seeks": _("Choose at least one.")})
    member.sex, member.seeks = sex, sorted(set(seeks))
    member.consented_at = member.consented_at or now()
    member.save(update_fields=["sex", "seeks", "consented_at"])
    _record("dating.consented", member)
    _settle(member)


@transaction.atomic
def withdraw_consent(member: Member) -> None:
    """Take the consent back: what it let us hold is deleted, and nobody is chosen any more. Audited.

    The rest of the account stands; saying it again with a new consent is all it takes to come back.
    """
    member.sex = member.seeks = member.consented_at = None
    member.save(update_fields=["sex", "seeks", "consented_at"])
    PairingEntry.objects.filter(member=member).delete()
    hide_today(member)
    _record("dating.consent_withdrawn", member)


@transaction.atomic
def live_in(member: Member, town: Town) -> None:
    """Where they are: of the town its middle alone. Audited without saying which."""
    _record("dating.moved", member)
    if travel.move_home(member, town):
        return
    member.place, member.spot, member.zone = town.name, {"lat": town.lat, "lon": town.lon}, town.zone
    member.save(update_fields=["place", "spot", "zone"])
    _settle(member)


@transaction.atomic
def hope(member: Member, hopes: Hopes) -> None:
    """Whom they hope to meet, by age and distance. Raises UnfitProfile. Audited."""
    if not YOUNGEST <= hopes.youngest <= hopes.oldest <= OLDEST:
        raise UnfitProfile(fields={"oldest": _("The ages must go from 18 up, the younger first.")})
    if not NEAREST_KM <= hopes.km <= FURTHEST_KM:
        raise UnfitProfile(fields={"km": _("Choose between 5 and 500 kilometres.")})
    member.wishes = {"from": hopes.youngest, "to": hopes.oldest, "km": hopes.km, "further": hopes.further}
    member.save(update_fields=["wishes"])
    _record("dating.wishes_changed", member)
    _settle(member)


@transaction.atomic
def describe(member: Member, words: Words) -> None:
    """Name, description, interests and answers. Raises UnfitProfile. Audited."""
    chosen = [code for code in INTERESTS if code in words.interests]
    answers = {code: text.strip() for code, text in words.answers.items() if code in QUESTIONS and text.strip()}
    if len(chosen) > MOST_INTERESTS:
        raise UnfitProfile(fields={"interests": _("Choose eight at most: those you would talk about on a first date.")})
    if len(answers) > MOST_ANSWERS:
        raise UnfitProfile(fields={"answers": _("Answer three at most.")})
    before = (member.about, member.answers)
    member.first_name, member.about = " ".join(words.first_name.split()), words.about.strip()
    member.interests, member.answers = chosen, answers
    member.save(update_fields=["first_name", "about", "interests", "answers"])
    _record("dating.described", member)
    _settle(member)
    if (member.about, member.answers) != before:
        from allonce.products.dating.describing import ask_about

        ask_about(member)


@transaction.atomic
def pause(member: Member) -> None:
    """Invisible at once: nobody's date from now on, and today's is over for both. Matches stay. Audited."""
    if member.state != State.ACTIVE:
        return
    member.state, member.paused_at = State.PAUSED, now()
    member.save(update_fields=["state", "paused_at"])
    hide_today(member)
    _record("dating.paused", member)


@transaction.atomic
def come_back(member: Member) -> None:
    """Visible again, as before. Audited."""
    if member.state != State.PAUSED:
        return
    member.state, member.paused_at = State.ACTIVE, None
    member.save(update_fields=["state", "paused_at"])
    _record("dating.came_back", member)
    _settle(member)


@transaction.atomic
def go_incognito(member: Member, *, on: bool) -> None:
    """Whether strangers may come upon them beside the date of the day. Audited; again it changes nothing."""
    if Member.objects.filter(pk=member.pk, incognito=not on).update(incognito=on):
        _record("dating.incognito_on" if on else "dating.incognito_off", member)


def hide_today(member: Member) -> None:
    """End what others see of them as today's date. Their own side ends too: a date is for two."""
    moment = now()
    Date.objects.filter(other=member, ends_at__gt=moment).update(ends_at=moment)
    Date.objects.filter(member=member, ends_at__gt=moment).update(ends_at=moment)


def _settle(member: Member) -> None:
    """Whoever has said all that is needed takes part from now on; the index follows every change at once."""
    if member.state == State.JOINING and member.is_complete:
        member.state = State.ACTIVE
        member.save(update_fields=["state"])
        paying.welcome(member)
    if member.is_complete:
        index.keep(member)


def _record(action: str, member: Member) -> None:
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
