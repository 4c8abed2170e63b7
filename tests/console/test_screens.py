"""Every state of the console, as axe, a phone's width and large text see it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.console.driver import Console
from tests.console.visitor import Visitor
from tests.office.rules import PHONE, SCROLLS_SIDEWAYS, WIDE, assert_clean, assert_keeps_the_rules

pytestmark = pytest.mark.real
DIALOGS = {
    "?": "Keys",
    "p": "You and your team",
    "f": "Forward",
    "m": "Answer by mail",
    "c": "Close the conversation",
    "t": "Tags",
}


def test_no_state_of_the_console_breaks_a_rule(ada: Console, ben: Console, visitor: Visitor) -> None:
    page = ada.page
    assert_keeps_the_rules(page)
    visitor.begin("Is it still there? See https://elsewhere.example/cars")
    expect(ada.ring).to_be_visible()
    assert_keeps_the_rules(page)
    ada.accept()
    ada.write("It is.")
    ada.write("Be quick", "Whisper")
    ada.write("Wants Saturday", "Note")
    expect(ada.bubbles("note")).to_be_visible()
    assert_keeps_the_rules(page)
    page.get_by_role("radio", name="Reply").check()
    page.locator("textarea").press("Escape")
    for key, dialog in DIALOGS.items():
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
        assert_keeps_the_rules(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Details of the visitor").click()
    expect(page.locator(".side")).to_be_visible()
    assert_clean(page)


def test_text_at_twice_its_size_hides_nothing_sideways(ada: Console, visitor: Visitor) -> None:
    visitor.begin("Is it still there?")
    ada.accept()
    for size in (WIDE, PHONE):
        ada.page.set_viewport_size(size)
        ada.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not ada.page.evaluate(SCROLLS_SIDEWAYS), size
        send = ada.page.get_by_role("button", name="Send", exact=True)
        expect(send).to_be_in_viewport()


def test_a_whole_conversation_goes_by_keyboard_alone(ada: Console, visitor: Visitor) -> None:
    page = ada.page
    visitor.begin("Is it still there?")
    ada.accept()
    expect(ada.writing()).to_be_focused()
    page.keyboard.type("It is.")
    page.keyboard.press("Enter")
    expect(ada.standing("It is.")).to_contain_text("Sent")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    expect(ada.writing("Whisper")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("priya")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".entry:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#/c/"))


def test_single_keys_can_be_switched_off(ada: Console) -> None:
    ada.page.keyboard.press("?")
    ada.page.get_by_role("switch", name="Shortcuts of a single key").uncheck()
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("p")
    expect(ada.page.get_by_role("dialog")).to_have_count(0)
    ada.page.keyboard.press("?")
    expect(ada.page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_server_that_does_not_answer_is_said_and_tried_again(agent: Callable[..., Console]) -> None:
    ada = agent(online=False)
    ada.page.route("**/chat/api/snapshot", lambda route: route.abort())
    ada.page.reload()
    expect(ada.page.get_by_text("Your conversations could not be opened")).to_be_visible()
    assert_clean(ada.page)
    ada.page.unroute("**/chat/api/snapshot")
    ada.page.get_by_role("button", name="Try again").click()
    expect(ada.page.locator(".inbox")).to_be_visible()
