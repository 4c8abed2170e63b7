"""What agent and visitor say to each other arrives once and in order, whatever network and server do."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.console.driver import Console
from tests.console.visitor import Visitor
from tests.live.installation import LiveInstallation

pytestmark = pytest.mark.real
LONG = 60_000


@pytest.fixture
def talking(ada: Console, visitor: Visitor) -> tuple[Console, Visitor]:
    """Ada has accepted Priya's question."""
    visitor.begin("Is it still there?")
    ada.accept()
    return ada, visitor


@pytest.mark.promise("CHAT-DELIVERY")
def test_a_killed_server_loses_doubles_and_reorders_nothing(
    talking: tuple[Console, Visitor], demo: LiveInstallation
) -> None:
    ada, visitor = talking
    ada.write("It is.")
    expect(ada.standing("It is.")).to_contain_text("Sent")
    demo.kill()
    for text in ("Come on Saturday,", "from nine,", "and bring your father."):
        ada.write(text)
    expect(ada.standing("bring your father")).to_contain_text("Sending")
    expect(ada.page.locator(".strip")).to_contain_text("You can go on writing")
    demo.start()
    expect(ada.standing("bring your father")).to_contain_text("Sent", timeout=LONG)
    said = ["It is.", "Come on Saturday,", "from nine,", "and bring your father."]
    assert visitor.texts() == said
    expect(ada.page.locator(".message.mine .bubble .words")).to_have_text(said)


@pytest.mark.promise("CHAT-DELIVERY")
def test_what_was_written_without_network_is_sent_by_the_next_page(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    ada.context.set_offline(True)
    ada.write("Written in a tunnel")
    ada.write("and a second line")
    expect(ada.standing("second line")).to_contain_text("Sending")
    ada.page.close()
    ada.context.set_offline(False)
    ada.page = ada.context.new_page()
    ada.open(f"#/c/{visitor.stream}")
    expect(ada.standing("second line")).to_contain_text("Sent", timeout=LONG)
    assert visitor.texts() == ["Written in a tunnel", "and a second line"]


@pytest.mark.promise("CHAT-DELIVERY")
def test_lost_acknowledgements_and_lost_frames_are_made_good(agent: Callable[..., Console], visitor: Visitor) -> None:
    ada = agent()
    network = Thieving(ada.page)
    ada.page.reload()
    visitor.begin("One")
    ada.accept()
    for number in range(2, 9):
        visitor.say(f"Line {number}")
    expect(ada.page.locator(".theirs .words")).to_have_text(
        ["One", *(f"Line {each}" for each in range(2, 9))], timeout=LONG
    )
    ada.write("Heard")
    expect(ada.standing("Heard")).to_contain_text("Sent", timeout=LONG)
    assert network.stolen_acks == 1
    assert network.stolen > 1
    assert visitor.texts() == ["Heard"]


def test_a_log_that_does_not_reach_back_begins_again_with_the_snapshot(
    agent: Callable[..., Console], visitor: Visitor
) -> None:
    ada = agent()
    network = Forgetting(ada.page)
    ada.page.reload()
    expect(ada.page.locator(".inbox")).to_be_visible()
    ada.page.wait_for_timeout(1000)
    with ada.page.expect_response("**/chat/api/snapshot"):
        network.forget()
    visitor.begin("After it")
    expect(ada.ring).to_contain_text("After it")


class Forgetting:
    """A server that has trimmed the console's log past where this console is."""

    def __init__(self, page: Page) -> None:
        self.followed: list[str] = []
        self.here: WebSocketRoute | None = None
        page.route_web_socket(re.compile("/rt/v1/socket"), self._between)

    def _between(self, here: WebSocketRoute) -> None:
        self.here = here
        server = here.connect_to_server()
        here.on_message(lambda text: self._note(server, text))

    def _note(self, server: WebSocketRoute, text: str | bytes) -> None:
        frame = json.loads(text)
        if frame["t"] == "sub":
            self.followed.append(frame["s"])
        server.send(text)

    def forget(self) -> None:
        """The first stream that is followed is the console's own."""
        assert self.here is not None
        self.here.send(json.dumps({"t": "reset", "s": self.followed[0]}))


class Thieving:
    """A network that takes every third message on its way to the console, and the first acknowledgement."""

    def __init__(self, page: Page) -> None:
        self.seen = self.stolen = self.stolen_acks = 0
        page.route_web_socket(re.compile("/rt/v1/socket"), self._between)

    def _between(self, here: WebSocketRoute) -> None:
        server = here.connect_to_server()
        server.on_message(lambda text: self._hand_on(here, text))

    def _hand_on(self, here: WebSocketRoute, text: str | bytes) -> None:
        frame: dict[str, Any] = json.loads(text)
        if frame["t"] == "ack" and not self.stolen_acks:
            self.stolen_acks += 1
            return
        if frame["t"] == "msg":
            self.seen += 1
            if self.seen % 3 == 0:
                self.stolen += 1
                return
        here.send(text)


def test_typing_and_reading_are_seen_on_both_sides(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    visitor.type()
    expect(ada.page.get_by_text("Priya Shah is writing")).to_be_visible()
    visitor.say("I could come on Saturday.")
    expect(ada.page.get_by_text("Priya Shah is writing")).to_have_count(0)
    ada.write("Saturday suits us.")
    expect(ada.standing("Saturday suits us.")).to_contain_text("Sent")
    visitor.read_up_to(visitor.entries()[-1]["seq"])
    expect(ada.standing("Saturday suits us.")).to_contain_text("Read")


def test_who_is_there_is_still_claimed_while_the_line_is_lost(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    visitor.type()
    expect(ada.page.get_by_text("Priya Shah is writing")).to_be_visible()
    ada.context.set_offline(True)
    expect(ada.page.get_by_text("Not known while the line is lost")).to_be_visible()
    expect(ada.page.get_by_text("Priya Shah is writing")).to_have_count(0)
    expect(ada.page.get_by_text("On the page now")).to_have_count(0)
    ada.context.set_offline(False)
    expect(ada.page.get_by_text("Not known while the line is lost")).to_have_count(0, timeout=LONG)


def test_a_prepared_answer_fills_its_fields_and_waits_for_those_it_cannot(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    ada.page.keyboard.type("/hel")
    expect(ada.page.get_by_role("option")).to_have_count(1)
    ada.page.keyboard.press("Enter")
    expect(ada.writing()).to_have_value("Hello Priya Shah, this is Ada of Fenwick Cars. How can I help?")
    ada.page.keyboard.press("Enter")
    expect(ada.standing("this is Ada")).to_contain_text("Sent")
    saved = {"shortcut": "next-step", "title": "Next step", "text": "The {listing_title}: see {page_title}."}
    assert ada.asks("canned", saved).ok
    ada.page.reload()
    ada.writing().fill("/next")
    expect(ada.page.get_by_role("option")).to_have_count(1)
    ada.page.keyboard.press("Enter")
    expect(ada.writing()).to_have_value("The 2022 Morrow Estate, blue: see {page_title}.")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_text("Fill in {page_title} first.")).to_be_visible()
    ada.page.keyboard.type("our video")
    ada.page.keyboard.press("Enter")
    expect(ada.standing("see our video.")).to_contain_text("Sent")
    assert visitor.texts() == [
        "Hello Priya Shah, this is Ada of Fenwick Cars. How can I help?",
        "The 2022 Morrow Estate, blue: see our video.",
    ]


@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
def test_a_link_that_leads_away_says_where_to_and_tells_nobody_where_from(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    visitor.say("As on https://elsewhere.example/cars?id=7 and javascript:alert(1)")
    link = ada.page.locator(".theirs a")
    expect(link).to_have_count(1)
    expect(link).to_contain_text("Leads away, to elsewhere.example")
    expect(link).to_have_attribute("rel", re.compile("noreferrer"))


def test_whispers_and_notes_are_unlike_answers_and_never_leave(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    ada.write("He knows the price", "Whisper")
    ada.write("Call the bank", "Note")
    for kind, word in (("whisper", "Whisper"), ("note", "Note")):
        message = ada.page.locator(f".message.{kind}")
        expect(message).to_contain_text(f"{word}, only colleagues see this")
    expect(ada.page.locator(".composer.note")).to_be_visible()
    assert "price" not in str(visitor.entries())
    assert "bank" not in str(visitor.entries())


def test_a_picture_is_sent_with_what_it_shows(talking: tuple[Console, Visitor], tmp_path: Path) -> None:
    ada, visitor = talking
    Image.new("RGB", (640, 480), "#2f6f9f").save(tmp_path / "boot.png")
    with ada.page.expect_file_chooser() as chooser:
        ada.page.get_by_role("button", name="Attach a picture").click()
    chooser.value.set_files(tmp_path / "boot.png")
    ada.page.get_by_label("What the picture shows").fill("The open boot")
    ada.page.get_by_role("button", name="Send", exact=True).click()
    shown = ada.page.get_by_role("img", name="Picture: The open boot")
    expect(shown).to_have_attribute("src", re.compile("^/chat/api/file/"), timeout=LONG)
    ada.page.wait_for_function("() => document.querySelector('.message.picture img').naturalWidth === 640")
    sent = [each["body"] for each in visitor.entries() if each.get("kind") == "picture"]
    assert [(each["alt"], each["width"]) for each in sent] == [("The open boot", 640)]


def test_what_the_server_refuses_says_why_and_can_be_taken_back(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    # A colleague, or another page of this agent, has closed it in the meantime.
    ada.context.set_offline(True)
    ada.write("One more thing")
    assert ada.asks(f"conversations/{visitor.stream}/close", {}).ok
    ada.context.set_offline(False)
    expect(ada.page.locator(".refused")).to_contain_text("Accept the conversation first", timeout=LONG)
    ada.page.get_by_role("button", name="Take it back").click()
    expect(ada.page.locator(".refused")).to_have_count(0)
    ada.page.get_by_role("button", name="Open again").first.click()
    expect(ada.writing()).to_have_value("One more thing")


def test_it_is_closed_with_how_it_ended_and_undone_within_ten_seconds(talking: tuple[Console, Visitor]) -> None:
    ada, _visitor = talking
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("c")
    ada.page.get_by_role("dialog").get_by_role("radio").nth(1).check()
    ada.page.get_by_role("button", name="Close it").click()
    expect(ada.page.get_by_text("This conversation is closed.")).to_be_visible()
    expect(ada.page.locator(".section-head.closed")).to_be_visible()
    ada.page.get_by_role("button", name="Undo").click()
    expect(ada.writing()).to_be_visible()


def test_details_tags_and_the_mark_of_a_hot_lead_are_kept(talking: tuple[Console, Visitor]) -> None:
    ada, _visitor = talking
    ada.page.get_by_role("button", name="Correct contact details").click()
    ada.page.get_by_label("Email").fill("no address")
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.locator(".side .wrong")).to_be_visible()
    ada.page.get_by_label("Email").fill("priya@shah.example")
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.locator(".side")).to_contain_text("priya@shah.example")
    ada.page.get_by_role("switch", name="Hot lead").check()
    expect(ada.page.locator(".entry .hot")).to_be_attached()
    ada.page.get_by_role("button", name="Tags").click()
    ada.page.get_by_label("New tag").fill("Saturday")
    ada.page.get_by_role("button", name="Add").click()
    expect(ada.page.get_by_role("button", name="Tag: Saturday")).to_have_attribute("aria-pressed", "true")
    ada.page.keyboard.press("Escape")
    ada.page.reload()
    expect(ada.page.locator(".side .chip", has_text="Saturday")).to_be_visible()


def test_an_answer_by_mail_asks_for_the_address_and_stands_in_the_conversation(
    talking: tuple[Console, Visitor],
) -> None:
    ada, visitor = talking
    ada.writing().fill("It is here until Saturday.")
    ada.page.get_by_role("button", name="Answer by mail").click()
    dialog = ada.page.get_by_role("dialog", name="Answer by mail")
    dialog.get_by_label("Email address of the visitor").fill("priya@shah.example")
    dialog.get_by_role("button", name="Send the mail").click()
    expect(ada.standing("until Saturday")).to_contain_text("Sent by mail, too")
    expect(ada.page.locator(".side")).to_contain_text("priya@shah.example")
    assert visitor.texts() == ["It is here until Saturday."]


def test_where_no_service_translates_nothing_offers_to(talking: tuple[Console, Visitor]) -> None:
    ada, visitor = talking
    visitor.say("Steht der Wagen noch da?")
    expect(ada.page.get_by_text("Steht der Wagen noch da?").first).to_be_visible()
    expect(ada.page.get_by_role("button", name="Translate")).to_have_count(0)


def test_a_draft_survives_a_reload(talking: tuple[Console, Visitor]) -> None:
    ada, _visitor = talking
    ada.writing().fill("Half a sen")
    ada.page.reload()
    expect(ada.writing()).to_have_value("Half a sen")
