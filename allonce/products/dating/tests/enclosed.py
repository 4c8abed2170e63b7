"""Handing in, sending and asking for pictures and voice notes, as the page of a conversation does."""

from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allonce.kernel.messaging import Draft, Seat
from allonce.kernel.messaging.models import Entry
from allonce.kernel.messaging.streams import append
from allonce.products.dating.models import Match
from allonce.products.dating.stream import MatchKind
from allonce.products.dating.tests.scene import Dater
from allonce.products.dating.tests.spending import at

JSON = {"accept": "application/json"}


def hand_in(
    who: Dater, match: Match, data: bytes, sort: str = "picture", **other: object
) -> tuple[int, dict[str, str]]:
    file = SimpleUploadedFile("whatever", data)
    given = {"cid": str(uuid4()), "sort": sort, "file": file} | ({"seconds": "12"} if sort == "voice" else {}) | other
    with at():
        answer = who.client.post(f"/dating/matches/{match.id}/enclosures/", given, headers=JSON)
    return answer.status_code, answer.json()


def say(who: Dater, match: Match, cid: UUID, sort: str = "picture", **body: object) -> Entry:
    """Prepared and stored, as the realtime door does it."""
    seat = Seat(match.id, who.member.seat, staff=False)
    with at():
        return append(match.id, seat.name, MatchKind().prepare(seat, Draft(cid, sort, body)))


def send(who: Dater, match: Match, data: bytes, sort: str = "picture") -> str:
    """Handed in and said; returns its address."""
    cid = uuid4()
    status, body = hand_in(who, match, data, sort, cid=str(cid))
    assert status == 200, body
    assert say(who, match, cid, sort).body == body
    return f"/dating/matches/{match.id}/enclosures/{body['file']}/"


def status_of(who: Dater | Client, address: str) -> int:
    client = who if isinstance(who, Client) else who.client
    with at():
        return client.get(address).status_code
