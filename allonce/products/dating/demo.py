"""The demo of Dating: Maya and Noah, whose date of today is already there, and some people around them.

Ada and Kit have both reported Rex, who asked for money.
"""

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import people
from allonce.kernel.clock import now
from allonce.kernel.legal.demo import agree
from allonce.products.dating import demo_reports, places
from allonce.products.dating.models import Date, Member, Photo
from allonce.products.dating.people import DOORS
from allonce.products.dating.portraits import portrait
from allonce.products.dating.services import daily, joining, photos, profile
from allonce.products.dating.services.profile import Hopes, Words

PASSWORD = "noon-demo-2026"  # noqa: S105 - everybody may read the demo's


class Made(NamedTuple):
    """One of the demo's people."""

    name: str
    email: str
    sex: str
    seeks: str
    born: int
    town: str
    interests: list[str]


PEOPLE = (
    Made("Maya", DOORS["dater"], "woman", "man", 1993, "York", ["hiking", "reading", "cooking", "markets"]),
    Made("Noah", DOORS["dater-too"], "man", "woman", 1991, "York", ["hiking", "cooking", "making_music"]),
    Made("Iris", "iris@dating.example", "woman", "man", 1990, "Leeds", ["cinema", "cycling", "coffee"]),
    Made("Theo", "theo@dating.example", "man", "woman", 1988, "Leeds", ["cinema", "swimming", "coffee"]),
    Made("Ella", "ella@dating.example", "woman", "woman", 1994, "York", ["climbing", "animals", "theatre"]),
    Made("Zoe", "zoe@dating.example", "woman", "woman", 1995, "Harrogate", ["climbing", "wine", "dancing"]),
    Made("Rex", "rex@dating.example", "man", "other", 1989, "Plymouth", ["travel", "wine"]),
    Made("Ada", "ada@dating.example", "other", "man", 1990, "Inverness", ["travel", "cinema"]),
    Made("Kit", "kit@dating.example", "other", "man", 1992, "Belfast", ["travel", "series"]),
)
ABOUT = {
    "Maya": "I repair old clocks and am usually on time. Happiest on a hill with a thermos.",
    "Noah": "Teacher of physics, player of a second-hand cello. I cook for more people than I invite.",
}
ANSWERS = {
    "Maya": {"sunday": "Up early, a long walk, then bread that takes all afternoon.", "learn": "To whistle."},
    "Noah": {
        "table": "One chair too few and one pot too many.",
        "first": "A market, so that we can always look at cheese.",
    },
}


def load() -> None:
    """Make who is missing, and today's dates; a second call changes nothing."""
    for made in PEOPLE:
        if Person.objects.with_email(made.email) is None:
            _member(made)
    zone = "Europe/London"
    # Before noon yesterday's dates are still running, so the demo always has one to show.
    here = now().astimezone(ZoneInfo(zone))
    day = here.date() if here.hour >= 12 else here.date() - timedelta(days=1)
    Member.objects.filter(person__in=_persons(), state=Member.State.ACTIVE).update(seen_at=now())
    # Before the dates are made: who reported somebody is not paired with them.
    demo_reports.load()
    if not Date.objects.filter(day=day).exists():
        daily.run(zone, day)


def _persons() -> list[Person]:
    found = [Person.objects.with_email(made.email) for made in PEOPLE]
    return [each for each in found if each is not None]


def _member(made: Made) -> None:
    person = people.create_person(people.NewPerson(made.email, made.name, PASSWORD))
    Person.objects.filter(pk=person.pk).update(email_verified_at=now())
    agree(person)
    member = joining.begin(person, made.name, date(made.born, 6, 1), None)
    profile.consent(member, made.sex, [made.seeks])
    town = places.named(f"{made.town}, United Kingdom")
    if town is None:
        raise LookupError(made.town)
    profile.live_in(member, town)
    profile.hope(member, Hopes(25, 45, 60, further=True))
    profile.describe(member, Words(made.name, ABOUT.get(made.name, ""), made.interests, ANSWERS.get(made.name, {})))
    taken = photos.take(member, portrait(made.name, long_hair=made.sex == "woman"), "portrait.jpg")
    # As if a person had looked at it already; the next one waits in the Operator's console.
    Photo.objects.filter(pk=taken.pk).update(state=Photo.State.SHOWN, decided_at=now())
