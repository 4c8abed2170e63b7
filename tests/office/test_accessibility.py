"""Every page of the office and of strangers, as axe and a phone's width see it."""

import re

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.office import desk_addresses as desk
from tests.office.addresses import DIALOGS, OPERATOR, OWNER, PUBLIC, listed_names, office_names
from tests.office.chat_addresses import MERCHANT, PROVIDER
from tests.office.conftest import enter
from tests.office.dating_addresses import MEMBER
from tests.office.dating_addresses import PUBLIC as DATING
from tests.office.links import Link
from tests.office.rules import assert_clean, assert_keeps_the_rules

SHEET = "PRICE BAND Z\nDrop / Width (mm)\t600\t800\n1000\t20.00\t21.00\n1200\t22.00\t2l.00\n"


def test_a_page_is_missing_from_the_list_that_is_held_against_the_rules() -> None:
    assert office_names() - listed_names() == set()
    assert listed_names() - office_names() == set()


@pytest.mark.real
def test_strangers_pages_break_no_rule(page: Page) -> None:
    for address in (PUBLIC | DATING | desk.PUBLIC).values():
        look(page, address)


@pytest.mark.real
def test_the_offices_pages_and_dialogs_break_no_rule(owner: Page) -> None:
    _begin_an_import(owner)
    opened: set[str] = set()
    for address in (OWNER | desk.OWNER).values():
        look(owner, address)
        opened |= look_into_dialogs(owner, opened)
    assert opened == DIALOGS


@pytest.mark.real
def test_the_operators_pages_break_no_rule(page: Page) -> None:
    enter(page, "operator")
    for name, address in (OPERATOR | desk.OPERATOR).items():
        look(page, address, "look/" if name == "accounts:operator_look" else "")


@pytest.mark.real
@pytest.mark.parametrize(("who", "pages"), [("merchant", MERCHANT), ("provider", PROVIDER)])
def test_chats_pages_break_no_rule(page: Page, who: str, pages: dict[str, str | Link]) -> None:
    enter(page, who)
    for address in pages.values():
        look(page, address)


@pytest.mark.real
def test_a_members_pages_break_no_rule(page: Page) -> None:
    enter(page, "dater")
    for address in MEMBER.values():
        look(page, address)


def look(page: Page, address: str | Link, below: str = "") -> None:
    """Opens the page and holds it against the rules at both sizes, in light and dark."""
    page.goto(_found(page, address) + below)
    if page.locator("#trial").count():
        expect(page.locator(".trial-answer")).to_be_visible()
    assert_keeps_the_rules(page)


def look_into_dialogs(page: Page, known: set[str]) -> set[str]:
    """Opens each kind of dialog that this page offers and was not seen yet; returns their URL names."""
    found: set[str] = set()
    for opener in page.locator('[hx-target="#editor"]').all():
        name = resolve(re.sub(r"\?.*", "", opener.get_attribute("hx-get") or "")).view_name
        if name in known | found:
            continue
        opener.click()
        expect(page.locator("#editor[open] h2")).to_be_visible()
        assert_clean(page)
        page.keyboard.press("Escape")
        found.add(name)
    return found


def _found(page: Page, address: str | Link) -> str:
    if isinstance(address, str):
        return address
    where, link = address
    page.goto(where)
    href = page.locator(link).first.get_attribute("href")
    assert href, address
    return href


def _begin_an_import(page: Page) -> None:
    """A sheet with a doubtful cell, so that the page of questions and marks has something to show."""
    page.goto("/setup/import/")
    page.get_by_label("Or paste cells").fill(SHEET)
    page.get_by_role("button", name="Read the sheet").click()
    page.wait_for_url(re.compile("/setup/import/.+/"))
