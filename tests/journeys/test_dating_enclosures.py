"""A picture and a voice note between two phones: sent, seen once they are wanted, heard, and there once."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Playwright, expect

from allonce.products.dating.tests.scene import picture
from tests.journeys.demo import Demo
from tests.journeys.visitor import Visitor
from tests.office.rules import PHONE
from tests.phone.driver import CHROMIUM

pytestmark = [pytest.mark.real, pytest.mark.promise("DATE-MATCH-CHAT")]
# A microphone that beeps, and nobody who must be asked for it.
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# Whether a player has come on: it plays by itself only what somebody asked it to.
PLAYS = "async (player) => { player.muted = true; await player.play(); return player.readyState }"


@pytest.fixture
def browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *MICROPHONE])


def on_a_phone(browser: Browser, demo: Demo, door: str) -> Visitor:
    who = Visitor(browser, demo)
    who.through_the_door(door)
    as_a_phone(who)
    return who


def as_a_phone(who: Visitor) -> None:
    who.page.set_viewport_size(PHONE)


def keeps_the_rules(who: Visitor) -> None:
    """At both sizes; then it is a phone again."""
    who.keeps_the_rules()
    as_a_phone(who)


def lines(who: Visitor, whose: str = "") -> Locator:
    return who.page.locator(f"#chat-log li{whose}")


def test_a_picture_and_a_voice_note_arrive_and_play(browser: Browser, demo: Demo) -> None:
    maya, noah = on_a_phone(browser, demo, "dater"), on_a_phone(browser, demo, "dater-too")
    they_match(maya, noah)
    he_changes_his_mind_about_a_picture_and_sends_it(noah)
    she_sees_it_once_she_wants_to(maya)
    she_records_listens_and_sends(maya)
    he_hears_it(noah, maya)
    a_repeated_upload_is_one_message(maya, noah)


def they_match(maya: Visitor, noah: Visitor) -> None:
    maya.go("/dating/today/")
    maya.press("Like")
    maya.sees("You like Noah.")
    noah.go("/dating/today/")
    noah.press("Like")
    noah.heads("Maya")
    maya.page.goto(noah.page.url)


def he_changes_his_mind_about_a_picture_and_sends_it(noah: Visitor) -> None:
    """Nothing goes out before the second look."""
    chosen = {"name": "hill.jpg", "mimeType": "image/jpeg", "buffer": picture("crimson")}
    noah.page.locator("#chat-file").set_input_files(chosen)  # type: ignore[arg-type]  # a file's parts
    noah.sees("Place and camera are taken out of it.")
    keeps_the_rules(noah)
    noah.press("Cancel")
    expect(lines(noah)).to_have_count(0)
    expect(noah.page.locator("#chat-text")).to_be_visible()
    noah.page.locator("#chat-file").set_input_files(chosen)  # type: ignore[arg-type]  # a file's parts
    noah.press("Send it")
    expect(noah.page.get_by_role("img", name="Picture from you")).to_be_visible()
    expect(lines(noah, ".is-unsent")).to_have_count(0)
    keeps_the_rules(noah)


def she_sees_it_once_she_wants_to(maya: Visitor) -> None:
    """Blurred at first; then it is a picture, on the next visit, too."""
    asks = maya.page.get_by_role("button", name="A picture from Noah. Tap to see it.")
    expect(asks.locator("img")).to_have_css("filter", "blur(28px)")
    keeps_the_rules(maya)
    with maya.page.expect_response(re.compile("/show/$")) as noted:
        asks.click()
    assert noted.value.status == 204
    shown = maya.page.get_by_role("img", name="Picture from Noah")
    expect(shown).to_have_css("filter", "none")
    maya.page.reload()
    expect(shown).to_have_js_property("naturalWidth", 600)
    keeps_the_rules(maya)


def she_records_listens_and_sends(maya: Visitor) -> None:
    """With a timer; what is cancelled is gone; what is sent was listened to before."""
    maya.press("Record a voice note")
    expect(maya.page.get_by_role("timer")).to_have_text("0:01")
    keeps_the_rules(maya)
    maya.press("Cancel", inside=maya.page.get_by_role("group", name="Voice note"))
    expect(maya.page.locator("#chat-text")).to_be_visible()
    maya.press("Record a voice note")
    expect(maya.page.get_by_role("timer")).to_have_text("0:02")
    maya.press("Stop")
    maya.press("Listen")
    expect(maya.page.get_by_role("button", name="Listen")).to_have_attribute("aria-pressed", "true")
    expect(maya.page.get_by_role("button", name="Listen")).to_have_attribute("aria-pressed", "false")
    keeps_the_rules(maya)
    maya.press("Send it")
    expect(lines(maya)).to_have_count(2)
    expect(lines(maya, ".is-unsent")).to_have_count(0)


def he_hears_it(noah: Visitor, maya: Visitor) -> None:
    """A plain player that waits, and goes on while further lines come; his reading is told as for words."""
    player = noah.page.get_by_label("Voice note from Maya")
    expect(player).to_be_visible()
    assert player.evaluate("(player) => player.paused && !player.autoplay")
    expect(lines(noah, ".is-theirs").locator("small").first).to_contain_text("0:02")
    assert player.evaluate(PLAYS) >= 2
    player.evaluate("(player) => { player.loop = true }")
    maya.page.locator("#chat-text").fill("Did you hear the beep?")
    maya.page.get_by_role("button", name="Send", exact=True).click()
    noah.sees("Did you hear the beep?")
    assert not player.evaluate("(player) => player.paused")
    player.evaluate("(player) => player.pause()")
    keeps_the_rules(noah)
    expect(lines(maya, ".is-mine").last.locator("small")).to_contain_text("Read")


def a_repeated_upload_is_one_message(maya: Visitor, noah: Visitor) -> None:
    """The server takes it and its answer is lost: handed in again, it arrives once and in its order."""
    lost: list[str] = []

    def lose_the_first(route) -> None:  # type: ignore[no-untyped-def]  # Playwright's own
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    maya.page.route("**/enclosures/", lose_the_first)
    chosen = {"name": "dog.png", "mimeType": "image/png", "buffer": picture("navy")}
    maya.page.locator("#chat-file").set_input_files(chosen)  # type: ignore[arg-type]  # a file's parts
    maya.press("Send it")
    maya.page.locator("#chat-text").fill("That is the dog.")
    maya.page.get_by_role("button", name="Send", exact=True).click()
    noah.sees("That is the dog.")
    assert lost
    expect(lines(noah)).to_have_count(5)
    expect(lines(noah).nth(3).locator("img")).to_have_count(1)
    expect(lines(noah).nth(4)).to_contain_text("That is the dog.")
    expect(lines(maya, ".is-unsent")).to_have_count(0)
