"""What may be said: plain words, marked links, checked pictures."""

import io
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft, Seat
from allonce.kernel.uploads.scanner import EICAR
from allonce.products.chat.models import ChatFile
from allonce.products.chat.services.speaking import NotSaid, prepared
from allonce.products.chat.services.starting import NotWanted
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Agent, Merchant, Visitor
from allonce.products.chat.words import WordsRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def ada(fenwick: Merchant, visitor: Visitor) -> Agent:
    """Ada, who has the visitor's conversation."""
    ada = fenwick.agent("Ada")
    assert visitor.write().status_code == 200
    assert ada.post(f"conversations/{visitor.conversation_id}/accept").status_code == 200
    return ada


def as_visitor(visitor: Visitor) -> Seat:
    return Seat(visitor.conversation_id, "visitor", staff=False)


def as_agent(visitor: Visitor, ada: Agent) -> Seat:
    return Seat(visitor.conversation_id, ada.profile.seat, staff=True)


def png(note: str = "") -> bytes:
    written, hidden = io.BytesIO(), PngInfo()
    hidden.add_text("Comment", note)
    Image.new("RGB", (30, 20), "#336699").save(written, "PNG", pnginfo=hidden)
    return written.getvalue()


def upload(visitor: Visitor, data: bytes, name: str) -> Any:
    body = {"token": visitor.token, "file": SimpleUploadedFile(name, data)}
    return visitor.browser.post(f"/w/{visitor.placement.key}/file", body)


@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
def test_links_that_lead_away_from_the_business_are_marked_for_both_sides() -> None:
    fenwick = scene.merchant(sites=["https://fenwick.example"])
    ada, visitor = fenwick.agent("Ada"), Visitor(fenwick.placement)
    visitor.write()
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    said = (
        "See https://fenwick.example/cars/7, https://www.fenwick.example/a, https://evil.example/fenwick.example?x=1) "
        "https://fenwick.example.evil.example/ and http://localhost:8800/w/x"
    )
    for seat in (as_visitor(visitor), as_agent(visitor, ada)):
        links = prepared(seat, scene.text(said)).body["links"]
        assert {each["url"]: each["external"] for each in links} == {
            "https://fenwick.example/cars/7": False,
            "https://www.fenwick.example/a": False,
            "https://evil.example/fenwick.example?x=1": True,
            "https://fenwick.example.evil.example/": True,
            "http://localhost:8800/w/x": False,
        }


@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
def test_a_link_cannot_pretend_to_be_one_of_the_house(ada: Agent, visitor: Visitor) -> None:
    forged = [{"url": "https://evil.example", "host": "fenwick.example", "external": False}]
    draft = Draft(uuid4(), "text", {"text": "https://user@evil.example/ javascript:alert(1)", "links": forged})
    assert prepared(as_visitor(visitor), draft).body == {
        "text": "https://user@evil.example/ javascript:alert(1)",
        "links": [{"url": "https://user@evil.example/", "host": "evil.example", "external": True}],
    }


@pytest.mark.parametrize(
    ("kind", "body", "audience"),
    [
        ("whisper", {"text": "psst"}, "staff"),
        ("note", {"text": "psst"}, "all"),
        ("system", {"code": "closed"}, "all"),
        ("rating", {"stars": 5}, "all"),
        ("joined", {}, "all"),
        ("picture", {"file": "nonsense"}, "all"),
        ("picture", {}, "all"),
        ("picture", {"file": str(uuid4())}, "all"),
    ],
)
def test_a_visitor_sends_nothing_but_words_and_pictures(
    ada: Agent, visitor: Visitor, kind: str, body: dict[str, Any], audience: str
) -> None:
    with pytest.raises(NotSaid):
        prepared(as_visitor(visitor), Draft(uuid4(), kind, body, audience))


def test_an_agents_whisper_is_for_staff_whatever_the_console_says(ada: Agent, visitor: Visitor) -> None:
    draft = Draft(uuid4(), "whisper", {"text": "psst"}, "all")
    assert prepared(as_agent(visitor, ada), draft).audience == "staff"


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": ["x"]}, {"text": "\u202e\x00 "}, {"text": "x" * 4001}])
def test_what_says_nothing_or_too_much_is_refused(ada: Agent, visitor: Visitor, body: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        prepared(as_visitor(visitor), Draft(uuid4(), "text", body))


def test_blocked_words_are_refused_in_a_running_conversation(fenwick: Merchant, ada: Agent, visitor: Visitor) -> None:
    fenwick.client.blocked_words = ["casino"]
    fenwick.client.save()
    with pytest.raises(WordsRefused):
        prepared(as_visitor(visitor), scene.text("Casino!"))
    assert prepared(as_agent(visitor, ada), scene.text("No casino here")).body["text"] == "No casino here"


def test_a_blocked_visitor_is_not_heard_and_cannot_begin_anew(fenwick: Merchant, ada: Agent, visitor: Visitor) -> None:
    here = f"conversations/{visitor.conversation_id}"
    assert ada.post(f"{here}/block").json()["consumer"]["blocked"] is True
    assert visitor.conversation.state == "closed"
    with pytest.raises(NotWanted):
        prepared(as_visitor(visitor), scene.text("Hello?"))
    assert Visitor(fenwick.placement).write(known=visitor.token).json()["code"] == "not_wanted"
    assert Visitor(fenwick.placement).write().json()["code"] == "not_wanted", "nor without the token"
    elsewhere = scene.merchant("Bayside Motors", "Mo Bay")
    assert Visitor(elsewhere.placement).write().status_code == 200, "another business decides for itself"
    ada.post(f"{here}/block", on=False)
    assert Visitor(fenwick.placement).write().status_code == 200


@pytest.mark.promise("SEC-UPLOADS")
@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (SVG, "car.svg", 422),
        (SVG, "car.png", 422),
        (b"<html><script>alert(1)</script>", "car.jpg", 422),
        (b"%PDF-1.7 /JavaScript", "paper.pdf", 422),
        (EICAR, "car.png", 422),
        (png() + EICAR, "car.png", 422),
        (png(), "car.pdf", 422),
        (png()[:60], "car.png", 422),
        (b"", "car.png", 422),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (8 * 1024 * 1024), "car.png", 413),
    ],
)
def test_files_that_are_no_harmless_picture_are_not_taken(
    ada: Agent, visitor: Visitor, data: bytes, name: str, status: int
) -> None:
    for answer in (upload(visitor, data, name), as_agents_upload(ada, visitor, data, name)):
        assert answer.status_code == status
    assert not ChatFile.objects.exists()


def as_agents_upload(ada: Agent, visitor: Visitor, data: bytes, name: str) -> Any:
    body = {"conversation": str(visitor.conversation_id), "file": SimpleUploadedFile(name, data)}
    return ada.browser.post("/chat/api/file", body)


@pytest.mark.promise("SEC-UPLOADS")
def test_a_picture_is_kept_as_pixels_alone_and_sealed(ada: Agent, visitor: Visitor, settings: Any) -> None:
    taken = upload(visitor, png("taken at 51.5 north by Priya"), "..\\..\\etc/car\x00.png").json()
    assert (taken["width"], taken["height"], taken["name"]) == (30, 20, "car.png")
    fetched = get_file(visitor, taken["file"], visitor.token)
    assert fetched.status_code == 200 and fetched["Content-Type"] == "image/png"
    assert fetched["X-Content-Type-Options"] == "nosniff" and "sandbox" in fetched["Content-Security-Policy"]
    assert b"Priya" not in fetched.content
    stored = [path.read_bytes() for path in settings.FILES_DIR.rglob("*") if path.is_file()]
    assert stored and not any(b"PNG" in each for each in stored)


def get_file(visitor: Visitor, file_id: str, token: str) -> Any:
    path = f"/w/{visitor.placement.key}/file/{file_id}"
    return visitor.browser.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.promise("SEC-UPLOADS")
def test_a_picture_is_seen_by_both_sides_of_its_conversation_and_by_nobody_else(
    fenwick: Merchant, ada: Agent, visitor: Visitor
) -> None:
    taken = upload(visitor, png(), "car.png").json()["file"]
    other = Visitor(fenwick.placement)
    other.write()
    stranger = scene.merchant("Bayside Motors", "Mo Bay").agent("Mo")
    assert ada.get(f"file/{taken}").status_code == 200
    assert get_file(visitor, taken, other.token).status_code == 404
    assert get_file(visitor, taken, "").status_code == 404
    assert stranger.get(f"file/{taken}").status_code == 404


def test_a_picture_is_sent_only_by_who_uploaded_it_into_this_conversation(ada: Agent, visitor: Visitor) -> None:
    taken = upload(visitor, png(), "car.png").json()["file"]
    draft = Draft(uuid4(), "picture", {"file": taken, "alt": "The dent <b>", "width": 9999, "name": "x.exe"})
    sent = prepared(as_visitor(visitor), draft)
    assert sent.body == {"file": taken, "name": "car.png", "width": 30, "height": 20, "alt": "The dent <b>"}
    with pytest.raises(NotSaid):
        prepared(as_agent(visitor, ada), draft)
    with pytest.raises(NotSaid):
        prepared(as_visitor(visitor), replace(draft, body={"file": str(ada.profile.id)}))


def test_pictures_are_limited_by_conversation(ada: Agent, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [upload(visitor, png(), "car.png").status_code for _each in range(42)]
    assert answers[:40] == [200] * 40 and answers[40:] == [429] * 2
