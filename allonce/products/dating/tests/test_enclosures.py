"""Pictures and voice notes: only between two who said yes, without what a camera adds, gone with the conversation."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image
from PIL.ExifTags import IFD, Base

from allonce.kernel import clock, uploads
from allonce.kernel.accounts.tests import people
from allonce.kernel.casework.models import PersonCaseText
from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.models import Entry
from allonce.kernel.messaging.streams import append
from allonce.kernel.uploads.scanner import EICAR
from allonce.kernel.uploads.tests.recordings import AUDIO, VIDEO, mp4, ogg, webm
from allonce.kernel.vault import Scope, files
from allonce.products.dating.models import Enclosure, Match, Signal, Suspension
from allonce.products.dating.services import enclosing, matching
from allonce.products.dating.services.speaking import CannotWrite, WordsFirst
from allonce.products.dating.tests.enclosed import hand_in, say, send, status_of
from allonce.products.dating.tests.scene import AFTER_NOON, Dater, join, picture
from allonce.products.dating.tests.spending import at, kinds_told

pytestmark = [pytest.mark.django_db, pytest.mark.promise("DATE-MATCH-CHAT")]


@pytest.fixture
def made(pair: tuple[Dater, Dater]) -> Match:
    return matching.match(pair[0].member, pair[1].member)


def camera_picture(size: tuple[int, int] = (3000, 2000)) -> bytes:
    exif = Image.Exif()
    exif[Base.Artist] = "Maya Marsh"
    exif.get_ifd(IFD.GPSInfo)[1] = "N53"
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "JPEG", exif=exif, comment=b"taken at home")
    return written.getvalue()


def test_a_picture_arrives_without_place_and_name_and_no_larger_than_a_phone_shows(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    address = send(pair[0], made, camera_picture())
    with at():
        answer = pair[1].client.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    for secret in (b"Marsh", b"N53", b"taken at home", b"Exif"):
        assert secret not in answer.content
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.size == (1600, 1067)
    assert Entry.objects.get().body["width"] == 1600


@pytest.mark.parametrize(
    ("data", "media"), [(webm(), "audio/webm"), (ogg(), "audio/ogg"), (mp4(), "audio/mp4")], ids=["webm", "ogg", "mp4"]
)
def test_a_voice_note_of_each_browser_arrives_and_plays_in_parts(
    pair: tuple[Dater, Dater], made: Match, data: bytes, media: str
) -> None:
    address = send(pair[0], made, data, "voice")
    with at():
        answer = pair[1].client.get(address)
        part = pair[1].client.get(address, headers={"Range": "bytes=0-3"})
    assert (answer.content, answer["Content-Type"]) == (data, media)
    assert (part.status_code, part.content) == (206, data[:4])
    assert Entry.objects.get().body == {"file": address.split("/")[-2], "seconds": 12}


def test_whoever_is_not_there_is_told_once_and_the_match_moves_up(pair: tuple[Dater, Dater], made: Match) -> None:
    with at(1):
        append(made.id, pair[0].member.seat, Draft(uuid4(), "voice", {"file": "x", "seconds": 2}))
    assert kinds_told(pair[1]).count("dating.message") == 1
    made.refresh_from_db()
    assert made.last_at == AFTER_NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("data", "how"),
    [
        (b"\xff\xd8\xff" + bytes(8_000_001), ("picture", {}, "up to 8 MB")),
        (webm(inside=bytes(2_000_001)), ("voice", {}, "60 seconds and 2 MB")),
        (webm(), ("voice", {"seconds": "61"}, "from 1 to 60 seconds")),
        (webm(), ("voice", {"seconds": "0"}, "from 1 to 60 seconds")),
        (webm(), ("voice", {"seconds": "long"}, "Choose a picture, or record")),
        (webm(), ("picture", {}, "Only JPEG, PNG, WebP and GIF")),
        (b"%PDF-1.7\n", ("picture", {}, "Only JPEG, PNG, WebP and GIF")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ("picture", {}, "Only JPEG, PNG, WebP and GIF")),
        (b"\xff\xd8\xffnothing more", ("picture", {}, "could not be read")),
        (picture(), ("voice", {}, "Record it on this page")),
        (webm((AUDIO, b"A_OPUS"), (VIDEO, b"V_VP8")), ("voice", {}, "Record it on this page")),
        (picture() + EICAR, ("picture", {}, "malware")),
        (picture(), ("film", {}, "Choose a picture, or record")),
        (picture(), ("picture", {"cid": "one"}, "Choose a picture, or record")),
    ],
    ids=lambda each: each[2] if isinstance(each, tuple) else "handed in",
)
def test_what_cannot_be_taken_is_refused_with_the_limit_and_nothing_is_kept(
    pair: tuple[Dater, Dater], made: Match, data: bytes, how: tuple[str, dict[str, str], str]
) -> None:
    sort, more, says = how
    status, problem = hand_in(pair[0], made, data, sort, **more)
    assert 400 <= status < 500 and says in problem["title"]
    assert not Enclosure.objects.exists() and not files.has_files(Scope("account", made.id))


def test_handed_in_or_sent_twice_with_the_same_cid_it_is_one(pair: tuple[Dater, Dater], made: Match) -> None:
    cid = uuid4()
    bodies = [hand_in(pair[0], made, picture(), cid=str(cid)) for _try in range(2)]
    assert bodies[0] == bodies[1] and Enclosure.objects.count() == 1
    assert len(files.stored(Scope("account", made.id))) == 1
    assert say(pair[0], made, cid).pk == say(pair[0], made, cid).pk
    assert hand_in(pair[0], made, picture("red"), cid=str(cid)) == bodies[0]
    assert Entry.objects.count() == 1


def test_a_message_about_a_file_that_this_seat_did_not_hand_in_is_refused(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    cid = uuid4()
    hand_in(pair[0], made, picture(), cid=str(cid))
    for who, sort, wanted in ((pair[1], "picture", cid), (pair[0], "voice", cid), (pair[0], "picture", uuid4())):
        with pytest.raises(enclosing.NotHandedIn):
            say(who, made, wanted, sort, file=str(Enclosure.objects.get().id))
    assert say(pair[0], made, cid, file=str(uuid4()), text="<b>").body.keys() == {"file", "width", "height"}


def test_before_it_is_sent_only_its_sender_sees_it(pair: tuple[Dater, Dater], made: Match) -> None:
    one, other = pair
    _status, body = hand_in(one, made, picture())
    address = f"/dating/matches/{made.id}/enclosures/{body['file']}/"
    assert (status_of(one, address), status_of(other, address)) == (200, 404)
    say(one, made, Enclosure.objects.get().cid)
    assert status_of(other, address) == 200


def test_nobody_else_sees_it_or_hands_anything_in(pair: tuple[Dater, Dater], made: Match) -> None:
    tess = join("Tess")
    theirs = matching.match(tess.member, pair[1].member)
    address = send(pair[0], made, picture())
    assert status_of(tess, address) == 404
    assert status_of(tess, address.replace(str(made.id), str(theirs.id))) == 404
    assert status_of(pair[1], address.replace(str(made.id), str(theirs.id))) == 404
    assert status_of(Client(), address) == 302
    assert status_of(people.staff().client, address) != 200
    assert hand_in(tess, made, picture())[0] == 404
    with at():
        assert tess.client.post(f"{address}show/").status_code == 404


@pytest.mark.parametrize("blocker", [0, 1])
def test_a_block_either_way_hides_it_from_both_until_it_is_undone(
    pair: tuple[Dater, Dater], made: Match, blocker: int
) -> None:
    address = send(pair[0], made, picture())
    with at():
        pair[blocker].client.post(f"/dating/people/{pair[1 - blocker].member.id}/block/")
        assert [status_of(each, address) for each in pair] == [404, 404]
        assert hand_in(pair[1], made, picture())[0] == 404
        pair[blocker].client.post(f"/dating/you/blocked/{pair[blocker].member.blocks.get().id}/undo/")
        assert [status_of(each, address) for each in pair] == [200, 200]


def test_first_words_are_answered_in_words_before_anything_else_is_sent(pair: tuple[Dater, Dater]) -> None:
    one, other = pair
    with at():
        one.client.post(f"/dating/today/{one.date.id}/write/", {"text": "Do you mend clocks, too?"})
    match = Match.objects.get()
    status, problem = hand_in(one, match, picture())
    assert (status, problem["code"]) == (409, "wait_for_answer")
    for data, sort in ((picture(), "picture"), (webm(), "voice")):
        status, problem = hand_in(other, match, data, sort)
        assert (status, problem["code"]) == (409, "words_first") and "in words first" in problem["title"]
        with pytest.raises(WordsFirst):
            say(other, match, uuid4(), sort)
    assert not Enclosure.objects.exists() and not match.is_mutual
    append(match.id, other.member.seat, Draft(uuid4(), "text", {"text": "Only cellos."}))
    assert send(one, match, picture()) and send(other, match, webm(), "voice")


def test_who_is_suspended_sends_none_and_the_other_sees_none_of_theirs(pair: tuple[Dater, Dater], made: Match) -> None:
    one, other = pair
    address = send(one, made, picture())
    cid = uuid4()
    hand_in(one, made, picture(), cid=str(cid))
    with at():
        month = {"answer_by": clock.now() + timedelta(days=14), "until": clock.now() + timedelta(days=30)}
        Suspension.objects.create(member=one.member, person=one.member.person, **month)
    status, problem = hand_in(one, made, picture())
    assert (status, problem["code"]) == (403, "suspended")
    with pytest.raises(CannotWrite):
        say(one, made, cid)
    assert (status_of(one, address), status_of(other, address)) == (200, 404)


def test_the_first_picture_of_somebody_stays_blurred_until_its_receiver_wants_to_see_it(
    pair: tuple[Dater, Dater], made: Match
) -> None:
    one, other = pair
    address = send(one, made, picture())

    def asks(who: Dater) -> bool:
        with at():
            return "data-blurred" in who.client.get(f"/dating/matches/{made.id}/").content.decode()

    assert asks(other) and status_of(other, address) == 200 and asks(other)
    with at():
        assert one.client.post(f"{address}show/").status_code == 404
        assert other.client.post(f"{address}show/").status_code == 204
    assert not asks(other) and asks(one)


@pytest.mark.promise("DATE-SAFETY")
def test_detectors_note_and_keep_nothing_of_them(pair: tuple[Dater, Dater], made: Match) -> None:
    send(pair[0], made, picture())
    send(pair[0], made, webm(), "voice")
    assert not Signal.objects.exists() and not PersonCaseText.objects.exists()
    assert all("marks" not in each.body and "text" not in each.body for each in Entry.objects.all())


def test_what_was_never_sent_is_forgotten_after_a_week(pair: tuple[Dater, Dater], made: Match) -> None:
    sent = send(pair[0], made, picture())
    hand_in(pair[0], made, picture("red"))
    enclosing.forget_unsent(AFTER_NOON + timedelta(days=6))
    assert Enclosure.objects.count() == 2
    enclosing.forget_unsent(AFTER_NOON + timedelta(days=8))
    assert str(Enclosure.objects.get().id) in sent and len(files.stored(Scope("account", made.id))) == 1


def test_more_than_sixty_an_hour_have_to_wait(
    pair: tuple[Dater, Dater], made: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enclosing, "PER_HOUR", (1, timedelta(hours=1)))
    assert [hand_in(pair[0], made, picture("red"))[0] for _try in range(2)] == [200, 429]


def test_an_end_at_the_very_moment_takes_it_along(
    pair: tuple[Dater, Dater], made: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    given = enclosing.Given(uuid4(), "voice", webm(), 3)
    accept = uploads.accept

    def slow(*args: Any) -> Any:
        matching.unmatch(other.member, made.id)
        return accept(*args)

    monkeypatch.setattr(uploads, "accept", slow)
    with at(), pytest.raises(UserError):
        enclosing.keep(one.member, made.id, given)
    assert not Enclosure.objects.exists()
