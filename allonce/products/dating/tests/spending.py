"""What tests of Crowns do again and again."""

import re
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from allonce.kernel import clock
from allonce.kernel.billing import credits as ledger
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy.rights.export import archive
from allonce.products.dating.services import paying
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, Dater

NEXT_DAY = DAY + timedelta(days=1)


def at(hours: float = 0) -> AbstractContextManager[None]:
    return clock.travel(AFTER_NOON + timedelta(hours=hours))


def crowns(dater: Dater) -> int:
    return paying.balance(dater.member)


def without_crowns(dater: Dater) -> None:
    if crowns(dater):
        ledger.spend(paying.owner_of(dater.member), "crowns", crowns(dater), key="all", reason="dating.next")


def choose(who: Dater, other: Dater) -> None:
    who.client.get("/dating/next/")
    who.client.post(f"/dating/next/{other.member.id}/")


def kinds_told(dater: Dater) -> list[str]:
    return list(Notice.objects.filter(person=dater.member.person).values_list("kind", flat=True))


def copy_of(dater: Dater) -> str:
    """The copy of their data without its times."""
    with ZipFile(BytesIO(archive.of_person(dater.member.person))) as packed:
        texts = [packed.read(each).decode() for each in packed.namelist() if each.endswith(".json")]
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+\S*", "", "\n".join(texts))


def plain(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|data-now|datetime)="[^"]+"|hx-headers=\S+ \S+', "", page)
