"""A visitor rings for two agents; one of them has the conversation, and the other knows who."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.console.driver import Console
from tests.console.visitor import Visitor
from tests.live.installation import LiveInstallation
from tests.office.rules import assert_keeps_the_rules

pytestmark = pytest.mark.real
# Ada's only shift, in three days.
SHIFT = """
from datetime import time
from allonce.kernel.clock import now
from allonce.products.chat.models import AgentProfile, Shift
ada = next(each for each in AgentProfile.objects.all() if each.name == "Ada")
day = (now().weekday() + 3) % 7
Shift.objects.create(account_id=ada.account_id, agent=ada, weekday=day, starts=time(9), ends=time(17))
"""
NO_SHIFT = "from allonce.products.chat.models import Shift\nShift.objects.all().delete()"


@pytest.mark.promise("CHAT-LAUNCH")
def test_both_ring_with_what_the_visitor_looks_at_and_the_first_has_it(
    ada: Console, ben: Console, visitor: Visitor
) -> None:
    visitor.begin("Is it still there?")
    for console in (ada, ben):
        expect(console.ring).to_contain_text("Priya Shah is waiting")
        expect(console.ring).to_contain_text("2022 Morrow Estate, blue · £14,950")
        expect(console.ring).to_contain_text("Is it still there?")
    ben.page.keyboard.press("a")
    expect(ben.writing()).to_be_focused()
    expect(ada.ring).to_have_count(0)
    expect(ada.page.get_by_text("Ben was first and has it.")).to_be_visible()
    expect(ada.page.locator(".section-head.colleagues")).to_be_visible()
    expect(ben.page.locator(".side")).to_contain_text("£14,950")


def test_a_ring_sounds_shows_in_the_title_and_is_read_aloud(ada: Console, visitor: Visitor) -> None:
    ada.page.mouse.click(700, 500)
    before = ada.page.evaluate("window.sounded")
    visitor.begin("Hello?")
    expect(ada.ring).to_be_visible()
    ada.page.wait_for_function("before => window.sounded > before", arg=before)
    expect(ada.page).to_have_title(re.compile("1 ringing"))
    expect(ada.page.get_by_role("alert").filter(has_text="Priya Shah is waiting")).to_be_attached()
    ada.page.get_by_role("button", name="Decline").click()
    expect(ada.ring).to_have_count(0)


def test_two_who_accept_at_once_do_not_both_have_it(ada: Console, ben: Console, visitor: Visitor) -> None:
    visitor.begin("Who is first?")
    for console in (ada, ben):
        expect(console.ring).to_be_visible()
    # Both are asked for in one breath: neither browser hears of the other's answer before it asks.
    for console in (ada, ben):
        console.page.evaluate("setTimeout(() => document.querySelector('.ring .primary').click(), 200)")
    won = [console for console in (ada, ben) if _has_it(console)]
    assert len(won) == 1
    lost = ben if won[0] is ada else ada
    expect(lost.page.get_by_text(re.compile("was first and has it"))).to_be_visible()


def _has_it(console: Console) -> bool:
    answered = console.page.locator(".section-head.mine, .section-head.colleagues")
    expect(answered.first).to_be_visible()
    return console.page.locator(".section-head.mine").count() == 1


def test_a_forward_rings_with_a_whisper_that_the_visitor_never_gets(
    ada: Console, ben: Console, visitor: Visitor
) -> None:
    visitor.begin("Do you take part exchange?")
    ada.accept()
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("f")
    dialog = ada.page.get_by_role("dialog", name="Forward")
    dialog.get_by_role("radio", name=re.compile("Ben")).check()
    dialog.get_by_label("Whisper with it").fill("He wants 4,000 for the old one")
    dialog.get_by_role("button", name="Forward").click()
    expect(ben.ring).to_contain_text("Ada forwards Priya Shah to you")
    expect(ada.writing()).to_be_visible()
    ben.accept()
    expect(ben.bubbles("whisper")).to_have_text("He wants 4,000 for the old one")
    expect(ada.page.get_by_text("Ben answers here. You can whisper.")).to_be_visible()
    assert "4,000" not in str(visitor.entries())


def test_a_department_without_anybody_is_not_to_be_chosen(
    agent: Callable[..., Console], ada: Console, visitor: Visitor
) -> None:
    visitor.begin("Who does the services?")
    ada.accept()
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("f")
    sales = ada.page.get_by_role("dialog", name="Forward").get_by_role("radio", name=re.compile("Sales"))
    expect(sales).to_be_disabled()
    expect(ada.page.get_by_text("nobody there can take it now").first).to_be_visible()
    assert_keeps_the_rules(ada.page)
    agent("agent-phone")
    expect(sales).to_be_enabled()


def test_who_is_outside_their_hours_is_not_told_that_nothing_rings(
    agent: Callable[..., Console], ada: Console, demo: LiveInstallation
) -> None:
    """Ada's only shift begins in three days; Ben sees it where he forwards."""
    ben = agent("agent-phone")
    demo.scene(SHIFT)
    ada.page.reload()
    expect(ada.page.locator(".strip")).to_contain_text("It is outside your hours, so visitors do not ring here.")
    assert_keeps_the_rules(ada.page)
    ben.page.reload()
    ben.page.locator(".myself").click()
    expect(ben.page.locator(".people li", has_text="Ada")).to_contain_text("off shift")
    demo.scene(NO_SHIFT)
    ada.page.reload()
    expect(ada.page.locator(".strip")).to_have_count(0)


def test_what_rings_still_rings_after_a_reload(ada: Console, visitor: Visitor) -> None:
    visitor.begin("Anybody?")
    expect(ada.ring).to_be_visible()
    ada.page.reload()
    expect(ada.ring).to_be_visible()


def test_who_is_offline_is_told_so_and_is_not_rung_for(
    agent: Callable[..., Console], ada: Console, visitor: Visitor
) -> None:
    ben = agent("agent-phone", online=False)
    expect(ben.page.get_by_text("You are offline, so it does not ring for you.")).to_be_visible()
    visitor.begin("Hello?")
    expect(ada.ring).to_be_visible()
    expect(ben.page.locator(".section-head.ringing")).to_be_visible()
    expect(ben.ring).to_have_count(0)


def test_a_sign_in_on_the_phone_counts_down_and_can_be_extended(ada: Console) -> None:
    ada.page.locator(".myself").click()
    ada.page.get_by_role("button", name="30 minutes").click()
    expect(ada.page.get_by_text(re.compile(r"(30|29):\d\d left on the phone"))).to_be_visible()
    ada.page.get_by_role("button", name="Add an hour").click()
    expect(ada.page.get_by_text(re.compile(r"1:(30|29):\d\d left on the phone"))).to_be_visible()
