"""The Operator's people at their desks: Sam, and Kim for second opinions."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor

KIM, PASSWORD = "kim@allonce.example", "harbour-demo-2026"
SUSPICION = "Littleport at 9:02, Lisbon at 9:10"


def kim_comes_in(kim: Visitor) -> None:
    """A colleague's first time: the console waits for a second factor."""
    kim.add_virtual_passkey()
    kim.sign_in(KIM, PASSWORD)
    if kim.page.get_by_role("heading", name="Before you go on").count():
        for box in kim.page.get_by_role("checkbox").all():
            box.check()
        kim.press("Agree and go on")
    kim.go("/operator/")
    kim.heads("Your passkey, please")
    kim.press("Add a passkey")
    kim.press("Use a passkey")
    kim.heads("Accounts")


def publish_terms(sam: Visitor, change: str) -> None:
    """The next version, material: too early a day is refused, so that people are told before."""
    sam.go("/operator/legal/terms/draft/")
    text = sam.page.get_by_label("Text", exact=True)
    text.fill(f"{text.input_value()}\n\n## One more thing\n\n{change}\n")
    sam.fill("What changes", change)
    earliest = sam.page.get_by_label("In force from").input_value()
    sam.fill("In force from", (date.fromisoformat(earliest) - timedelta(days=1)).isoformat())
    sam.page.get_by_label("Material change").check()
    _publish(sam)
    sam.sees("choose a day at least 30 days from now")
    sam.fill("In force from", earliest)
    _publish(sam)
    sam.sees("is published. In force from")
    sam.keeps_the_rules()


def _publish(sam: Visitor) -> None:
    sam.press("Save the draft")
    sam.sees("The draft is saved.")
    sam.press("Publish")
    sam.press(re.compile("^Publish version"), inside=sam.page.get_by_role("dialog"))


def look_at_the_newcomer(sam: Visitor, reason: str) -> None:
    """The account that waits for its first service, opened with a reason; without one it stays shut."""
    sam.go("/operator/")
    sam.page.get_by_role("row").filter(has_text="None").get_by_role("link").click()
    sam.keeps_the_rules()
    account = sam.page.url
    assert sam.page.request.get(f"{account}details/").status == 404
    sam.follow("Open with a reason")
    sam.press("Open the account")
    sam.fill("Reason", reason)
    sam.press("Open the account")


def looked_at(sam: Visitor) -> Locator:
    """The people of the account that is open."""
    sam.go("/operator/")
    sam.page.get_by_role("row").filter(has_text="None").get_by_role("link").click()
    sam.follow("Go on looking")
    sam.keeps_the_rules()
    return sam.card("People")


def open_request(sam: Visitor, words: str) -> None:
    """From the desk, the request in which these words stand."""
    sam.go("/operator/requests/")
    sam.page.get_by_role("row").filter(has_text=words).first.get_by_role("link").click()


def act(sam: Visitor, name: str, **fields: str) -> None:
    """One act on the open request, in its dialog; underscores in names of fields stand for spaces."""
    sam.press(re.compile(f"^{name}$"))
    dialog = sam.page.locator("dialog[open]")
    for label, value in fields.items():
        field = dialog.get_by_label(label.replace("_", " "))
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    sam.press(re.compile(f"^{name}$"), inside=dialog)
    sam.sees(f"Done: {name}.")


def see_document(sam: Visitor, reason: str) -> bytes:
    """The identity document, handed to who handles the request."""
    card = sam.card("Identity document")
    card.get_by_label("Reason").fill(reason)
    with sam.page.expect_download() as handed:
        card.get_by_role("button", name="See the document").click()
    return Path(handed.value.path()).read_bytes()


def open_case(staff: Visitor, reason: str) -> None:
    """The case that a detector raised; closed until a reason is given."""
    staff.go("/operator/cases/?state=all")
    with staff.page.expect_navigation():
        staff.page.get_by_role("row").filter(has_text="Conduct of a person").get_by_role("link").click()
    expect(staff.page.get_by_text(SUSPICION)).to_have_count(0)
    staff.keeps_the_rules()
    staff.fill("Reason", reason)
    staff.press("Open the case")
    staff.sees(SUSPICION)


def suspend(sam: Visitor, facts: str, reason: str) -> None:
    """Sam decides, under his name."""
    sam.press("Take it on")
    sam.page.get_by_label("Decision").select_option(label="Suspend the sign-in")
    decide = sam.card("Decide")
    decide.get_by_label("Facts").fill(facts)
    decide.get_by_label("Reason").fill(reason)
    sam.press(re.compile("^Decide$"), inside=decide)
    sam.sees("Decided.")
    sam.keeps_the_rules()


def uphold(kim: Visitor, reason: str) -> None:
    """Kim, who had no part in it, undoes it."""
    answer = kim.card("Answer the appeal")
    answer.get_by_label("Outcome").select_option(label="The appeal is right: undo the decision")
    answer.get_by_label("Reason").fill(reason)
    kim.press(re.compile("^Answer$"), inside=answer)
    kim.sees("Answered.")
    kim.keeps_the_rules()
