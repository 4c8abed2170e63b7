"""People who date: Maya and Noah in York, others where a test wants them."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.test import Client
from PIL import Image, ImageDraw

from allonce.kernel.accounts.tests import people
from allonce.products.dating import places
from allonce.products.dating.models import Date, Member
from allonce.products.dating.services import joining, profile
from allonce.products.dating.services.profile import Hopes

ZONE = "Europe/London"
DAY = date(2026, 11, 30)
AFTER_NOON = datetime(2026, 11, 30, 12, 5, tzinfo=ZoneInfo(ZONE))


@dataclass(frozen=True)
class Dater:
    member: Member
    client: Client

    @property
    def date(self) -> Date:
        """Their only date."""
        return Date.objects.get(member=self.member)

    def again(self) -> Member:
        """As the database has them now."""
        return Member.objects.get(pk=self.member.pk)


def join(name: str, sex: str = "woman", seeks: str = "man", *, town: str = "York", born: int = 1993) -> Dater:
    """Somebody who has said all that is needed; `seeks` may name several, apart by blanks."""
    person = people.person(f"{name.lower()}@dating.example", name)
    member = joining.begin(person, name, date(born, 6, 1), None)
    profile.consent(member, sex, seeks.split())
    found = places.named(town)
    assert found
    profile.live_in(member, found)
    profile.hope(member, Hopes(22, 50, 60, further=True))
    return Dater(member, people.browser_of(person))


def maya() -> Dater:
    return join("Maya")


def noah() -> Dater:
    return join("Noah", "man", "woman", born=1991)


def picture(colour: str = "teal", size: tuple[int, int] = (600, 800)) -> bytes:
    """A drawn face, as a JPEG."""
    image = Image.new("RGB", size, "linen")
    draw = ImageDraw.Draw(image)
    wide, high = size
    draw.ellipse((wide * 0.3, high * 0.2, wide * 0.7, high * 0.6), fill=colour)
    written = io.BytesIO()
    image.save(written, "JPEG")
    return written.getvalue()
