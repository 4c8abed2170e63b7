"""Dating, walked by three people on phones and by Sam, who looks at photos."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Playwright, expect

from allonce.kernel.clock import today
from allonce.products.dating.tests.scene import picture
from tests.journeys.demo import Demo
from tests.journeys.visitor import Visitor, letter
from tests.phone.driver import CHROMIUM

pytestmark = [pytest.mark.real]
PHONE = {"width": 390, "height": 844}
ROSA, NUMBER = "rosa@dating.example", "+447700900456"


@pytest.fixture
def browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def on_a_phone(browser: Browser, demo: Demo, door: str = "") -> Visitor:
    who = Visitor(browser, demo)
    who.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    if door:
        who.through_the_door(door)
    return who


def test_two_like_each_other_and_write_and_a_third_joins(browser: Browser, demo: Demo) -> None:
    maya, noah = on_a_phone(browser, demo, "dater"), on_a_phone(browser, demo, "dater-too")
    crowns_are_spent(maya)
    they_find_each_other(maya, noah)
    they_write(maya, noah)
    she_is_asked_before_she_gives_her_number_away(maya, noah)
    she_shares_the_date(maya, on_a_phone(browser, demo))
    she_reports_and_blocks_and_thinks_better_of_it(maya, noah)
    rosa_joins(on_a_phone(browser, demo), demo)
    maya.go("/dating/matches/")
    maya.follow("Noah")
    maya.page.get_by_label("More").first.click()
    maya.follow("End the match")
    maya.keeps_the_rules()
    maya.press("End it with Noah")
    maya.sees("Nobody yet.")
    noah.go("/dating/matches/")
    noah.sees("Nobody yet.")


def crowns_are_spent(maya: Visitor) -> None:
    """The next date is chosen; a search for a date at once is stopped and costs nothing; a pack is ordered."""
    maya.go("/dating/next/")
    maya.page.get_by_role("link", name=re.compile("Theo, ")).click()
    maya.heads(re.compile("Theo, "))
    maya.keeps_the_rules()
    maya.press("Choose Theo for 1 Crown")
    maya.sees("You chose Theo.")
    maya.keeps_the_rules()
    maya.go("/dating/crowns/")
    maya.sees("2 Crowns")
    maya.page.get_by_role("link", name=re.compile("VIP, 3 months")).click()
    maya.sees("€44.99")
    maya.keeps_the_rules()
    maya.press("Order with obligation to pay")
    maya.press(re.compile("^Pay"))
    maya.page.wait_for_url(re.compile("/me/billing/|/dating/crowns/"))
    # The seller's report comes a moment later, as it does from a real one.
    expect(maya.page.locator("body")).to_be_visible()
    for _ in range(30):
        maya.go("/dating/crowns/")
        if maya.page.get_by_text("and renews then").count():
            break
        maya.page.wait_for_timeout(1000)
    maya.sees("and renews then")
    maya.keeps_the_rules()
    maya.go("/dating/today/")


def they_find_each_other(maya: Visitor, noah: Visitor) -> None:
    """Her like is seen on his card and nowhere else; his makes it a match."""
    maya.sees("Why the two of you")
    maya.press("Like")
    maya.sees("You like Noah.")
    noah.go("/dating/matches/")
    noah.sees("Nobody yet.")
    noah.page.goto("/dating/today/")
    noah.sees("Maya likes you.")
    noah.keeps_the_rules()
    noah.press("Like")
    noah.heads("Maya")
    noah.keeps_the_rules()


def they_write(maya: Visitor, noah: Visitor) -> None:
    """Each line arrives once and in order, and is marked as read; nobody loses one over a lost network."""
    log = maya.page.locator("#chat-log li p")
    maya.page.goto(noah.page.url)
    noah.page.locator("#chat-text").fill("Which hill first?")
    noah.press("Send")
    expect(log).to_have_text(["Which hill first?"])
    maya.context.set_offline(True)
    maya.page.locator("#chat-text").fill("The one with the bakery.")
    maya.press("Send")
    maya.context.set_offline(False)
    expect(noah.page.locator("#chat-log li p")).to_have_text(["Which hill first?", "The one with the bakery."])
    expect(maya.page.locator("#chat-log li.is-mine small")).to_contain_text("Read")
    noah.page.reload()
    expect(noah.page.locator("#chat-log li p")).to_have_text(["Which hill first?", "The one with the bakery."])
    maya.follow("Noah")
    maya.heads(re.compile("Noah, "))
    maya.keeps_the_rules()


def she_is_asked_before_she_gives_her_number_away(maya: Visitor, noah: Visitor) -> None:
    """The writer is asked first, may change it or send it all the same; its reader is told to take care."""
    maya.page.goto(noah.page.url)
    maya.page.locator("#chat-text").fill("Call me on 07700 900123")
    maya.press("Send")
    maya.sees("Best keep it until you have met.")
    maya.keeps_the_rules()
    maya.press("Change it")
    expect(maya.page.locator("#chat-text")).to_have_value("Call me on 07700 900123")
    maya.page.get_by_role("button", name="Send", exact=True).click()
    maya.press("Send all the same")
    noah.sees("You need not give your number in return.")
    noah.keeps_the_rules()


def she_shares_the_date(maya: Visitor, friend: Visitor) -> None:
    """From the safety page, by a link that somebody reads who is no member."""
    maya.page.goto("/dating/safety/")
    maya.follow("Share your date")
    maya.fill("Whom you meet, by first name", "Noah")
    maya.fill("Where", "The market café")
    maya.page.get_by_label("When").fill(f"{today() + timedelta(days=2)}T18:30")
    maya.press("Make the link")
    maya.keeps_the_rules()
    friend.page.goto(maya.page.get_by_label("Link to send").input_value())
    friend.heads("Maya shares a date with you")
    friend.sees("The market café")
    friend.keeps_the_rules()


def she_reports_and_blocks_and_thinks_better_of_it(maya: Visitor, noah: Visitor) -> None:
    """All behind one button, by keys alone, too; the other's page is over at once, and back when it is undone."""
    maya.page.goto(noah.page.url)
    maya.page.locator(".date-menu summary").press("Enter")
    maya.page.get_by_role("link", name="Report").press("Enter")
    maya.heads("Report Noah")
    maya.keeps_the_rules()
    maya.page.get_by_label("Something else").check()
    maya.page.get_by_label("Block them, too").uncheck()
    maya.press("Send the report")
    maya.sees("A person reads it")
    maya.page.goto(noah.page.url)
    maya.page.locator(".date-menu summary").click()
    maya.follow("Block")
    maya.heads("Block Noah?")
    maya.keeps_the_rules()
    maya.press("Block Noah")
    noah.sees("This match is over.")
    maya.press("Undo")
    maya.sees("No longer blocked.")


def rosa_joins(rosa: Visitor, demo: Demo) -> None:
    """Two codes, a consent of its own, a town, and a photo that waits for a person."""
    rosa.go("/dating/")
    rosa.follow("Join")
    rosa.fill("Your date of birth", (today() - timedelta(days=365 * 17)).isoformat())
    rosa.fill("Your email", ROSA)
    rosa.fill("Your mobile number", NUMBER)
    rosa.press("Send me the codes")
    rosa.sees("You must be 18 or older")
    rosa.go("/dating/join/")
    rosa.fill("Your date of birth", "1992-03-04")
    rosa.fill("Your email", ROSA)
    rosa.fill("Your mobile number", NUMBER)
    rosa.press("Send me the codes")
    rosa.heads("Two codes are on their way")
    rosa.keeps_the_rules()
    by_mail = re.search(r"\d{6}", letter(demo, ROSA, "is your code"))
    by_text = re.search(r"\d{6}", letter(demo, NUMBER, "is your code"))
    assert by_mail and by_text
    rosa.fill("Code from the mail", by_mail[0])
    rosa.fill("Code from the text message", by_text[0])
    rosa.fill("Your first name", "Rosa")
    rosa.fill("Password", "three unrelated words")
    rosa.press("Go on")
    agree(rosa)
    rosa.heads("Welcome, Rosa")
    rosa.keeps_the_rules()
    rosa.page.get_by_label("Woman", exact=True).check()
    rosa.page.get_by_label("Men", exact=True).check()
    rosa.press("Go on")
    rosa.sees("Without this consent")
    rosa.page.get_by_label(re.compile("I agree that whom")).check()
    rosa.press("Go on")
    rosa.heads("Where, and who?")
    rosa.keeps_the_rules()
    rosa.fill("Your town", "Leeds, United Kingdom")
    rosa.press("Done")
    rosa.page.locator("#photo-input").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    rosa.press(re.compile("^Add$"))
    rosa.sees("Being looked at")
    rosa.keeps_the_rules()


def agree(rosa: Visitor) -> None:
    """The gate that everybody passes once."""
    if rosa.page.get_by_role("heading", name="Before you go on").count():
        for box in rosa.page.get_by_role("checkbox").all():
            box.check()
        rosa.press("Agree and go on")
