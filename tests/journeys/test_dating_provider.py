"""Joining Dating with another service's account, in a browser, at the demo's own provider."""

import pytest
from playwright.sync_api import Browser, Playwright

from tests.journeys.demo import Demo
from tests.journeys.test_dating import agree, on_a_phone
from tests.journeys.visitor import Visitor
from tests.phone.driver import CHROMIUM

pytestmark = [pytest.mark.real]


@pytest.fixture
def browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def goes_there(who: Visitor, choice: str) -> None:
    who.go("/dating/join/")
    who.follow("Continue with a demo account")
    who.keeps_the_rules()
    who.press("Continue with a demo account")
    who.heads("Demo accounts")
    who.press(choice)


@pytest.mark.promise("DATE-JOIN")
def test_somebody_joins_with_an_account_elsewhere_and_comes_again_with_it(browser: Browser, demo: Demo) -> None:
    nora = on_a_phone(browser, demo)
    goes_there(nora, "No, tell nothing")
    nora.sees("You said no there")
    nora.keeps_the_rules()
    goes_there(nora, "Quin")
    nora.sees("You must be 18 or older")
    goes_there(nora, "Nora")
    nora.heads("Is this right?")
    nora.sees("nora@friends.example")
    nora.keeps_the_rules()
    nora.fill("Your first name", "Norah")
    nora.press("It is right: join")
    agree(nora)
    nora.heads("Welcome, Norah")
    again = on_a_phone(browser, demo)
    goes_there(again, "Nora")
    again.heads("Welcome, Norah")


def test_somebody_without_a_confirmed_address_is_mailed_a_code(browser: Browser, demo: Demo) -> None:
    pia = on_a_phone(browser, demo)
    goes_there(pia, "Pia")
    pia.heads("Is this right?")
    pia.fill("Your date of birth", "1992-03-04")
    pia.fill("Your email", "pia@friends.example")
    pia.press("Send me a code")
    pia.heads("A code is on its way")
    pia.keeps_the_rules()


def test_a_member_links_and_unlinks_an_account(browser: Browser, demo: Demo) -> None:
    maya = on_a_phone(browser, demo, "dater")
    maya.go("/dating/you/")
    maya.follow("Sign in with a demo account, too")
    maya.heads("Link a demo account")
    maya.keeps_the_rules()
    maya.press("Continue with a demo account")
    maya.press("Omar")
    maya.sees("You can sign in with a demo account.")
    maya.keeps_the_rules()
    maya.press("Unlink it")
    maya.sees("No longer linked")
