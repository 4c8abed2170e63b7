"""The kernel's promises, walked by the people to whom they are made, on the demo as it is started for a visitor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys import leaving, staff, subscriber
from tests.journeys.demo import Demo
from tests.journeys.visitor import Visitor, letter, link_in
from tests.phone.driver import CHROMIUM

pytestmark = [pytest.mark.real]

CHANGE = "We answer letters of complaint within three working days."
LOOK = "Ticket 4711: she asks why her list does not open."
STRANGER = "tomasz@unknown.example"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Started once; the last test here ends it and starts it again, sixty days later."""
    started = Demo(tmp_path_factory.mktemp("promises"), ALLONCE_EXTRA_APPS='["tests.journeys.counting"]')
    with started.running():
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def sam(browser: Browser, demo: Demo) -> Iterator[Visitor]:
    sam = Visitor(browser, demo)
    sam.through_the_door("operator")
    yield sam
    sam.context.close()


@pytest.mark.promise("LEGAL-ACCEPT")
@pytest.mark.promise("LEGAL-VERSIONS")
@pytest.mark.promise("PRIV-ANONYMOUS-SITE")
@pytest.mark.promise("PRIV-COOKIES")
@pytest.mark.promise("PRIV-RIGHTS")
@pytest.mark.promise("PRIV-STAFF-ACCESS")
def test_a_person_cannot_see_correct_limit_take_along_or_end_what_is_held_of_her(
    demo: Demo, browser: Browser, sam: Visitor
) -> None:
    nora = Visitor(browser, demo)
    subscriber.read_public_pages(nora)
    subscriber.refuse_counting(nora)
    subscriber.become_a_subscriber(nora)
    subscriber.decline_marketing(nora)

    staff.publish_terms(sam, CHANGE)
    subscriber.told_of_new_terms(nora, CHANGE)
    staff.look_at_the_newcomer(sam, LOOK)
    subscriber.read_what_is_held(nora, "Sam Reed", LOOK)
    subscriber.take_a_copy(nora, LOOK)

    subscriber.correct_her_name(nora)
    expect(staff.looked_at(sam)).to_contain_text(subscriber.NAME)
    subscriber.restrict(nora)
    expect(staff.looked_at(sam)).not_to_contain_text(subscriber.NAME)
    subscriber.lift_and_object(nora)
    subscriber.give_and_withdraw_a_consent(nora)

    subscriber.be_erased(nora)
    letter(demo, subscriber.ADDRESS, "erased")
    sam.go("/operator/retention/")
    expect(sam.card("Accounts on their way out")).to_contain_text("Can be taken back")
    nora.context.close()


@pytest.mark.promise("PRIV-COMPLAINT")
@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
@pytest.mark.promise("PRIV-RIGHTS-IDENTITY")
def test_somebody_without_an_account_is_not_heard_or_their_document_is_kept(
    demo: Demo, browser: Browser, sam: Visitor, tmp_path: Path
) -> None:
    tomasz = Visitor(browser, demo)
    own_page, reference = ask(tomasz)
    staff.open_request(sam, reference)
    expect(sam.page.get_by_role("heading", name="The clock")).to_contain_text("answer due in")
    sam.keeps_the_rules()
    staff.act(sam, "Take it")
    staff.act(sam, "Doubt who they are", Reason="The name on the letter is not the one we know this address by.")
    letter(demo, STRANGER, "not the one we know")

    before = files_of(demo)
    upload(tomasz, own_page, tmp_path)
    assert files_of(demo) != before
    sam.page.reload()
    assert staff.see_document(sam, "I compare the name and the signature.").startswith(b"\xff\xd8")
    sam.keeps_the_rules()
    staff.act(sam, "The document proves them", Reason="Name and signature agree.")
    expect(sam.card("Identity document")).to_have_count(0)
    assert files_of(demo) == before
    staff.act(sam, "Answer", Answer="We hold nothing of you but this request.")

    answer = letter(demo, STRANGER, "We hold nothing of you")
    assert "Information Commissioner" in answer
    assert "Wilmslow" in answer
    tomasz.go(own_page)
    tomasz.sees("Answered")
    tomasz.context.close()


def ask(tomasz: Visitor) -> tuple[str, str]:
    """By the form, without a cookie; the mailed link shows that the mailbox is his. His own page, and its number."""
    tomasz.go("/privacy/request/")
    tomasz.page.get_by_label("What do you want?").select_option(label="See what you hold about me")
    tomasz.fill("Your name", "Tomasz Unbekannt")
    tomasz.page.get_by_label("Your email").fill(STRANGER)
    tomasz.page.get_by_label("In your own words").fill("I bought a blind in spring. What is kept of me?")
    tomasz.press("Send the request")
    tomasz.heads("Your request is on its way")
    assert not tomasz.cookies()
    own_page = link_in(letter(tomasz.demo, STRANGER, "/privacy/request/"), "/privacy/request/")
    tomasz.go(own_page)
    tomasz.press("Yes, I asked you")
    tomasz.sees("Controls the mailbox")
    return own_page, tomasz.page.get_by_role("heading", level=1).inner_text().split()[-1]


def upload(tomasz: Visitor, own_page: str, folder: Path) -> None:
    """A copy of a document, blacked out but for the name."""
    copy = folder / "document.jpg"
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(copy)
    tomasz.go(own_page)
    tomasz.page.get_by_label("Copy of the document").set_input_files(copy)
    tomasz.press("Send the copy")
    tomasz.sees("Your document has arrived")
    tomasz.keeps_the_rules()


def files_of(demo: Demo) -> set[Path]:
    """Sealed files of the installation."""
    return {path for path in (demo.data / "files").rglob("*") if path.is_file()}


@pytest.mark.promise("PRIV-AUTOMATED")
def test_a_machine_decides_or_the_person_is_not_told_why_and_heard(demo: Demo, browser: Browser, sam: Visitor) -> None:
    staff.open_case(sam, "A detector noticed two far sign-ins; I look whether there is an explanation.")
    staff.suspend(sam, "Two sign-ins, eight minutes and 1,900 km apart.", "A shared password breaks the terms.")
    olivia = Visitor(browser, demo)
    told = letter(demo, leaving.OLIVIA, "A person decided this: Sam Reed")
    assert "a count of sign-ins from places far apart" in told
    statement = link_in(told, "/decisions/")
    olivia.go(statement)
    olivia.sees("Two sign-ins, eight minutes")
    olivia.sees("Sam Reed")
    olivia.page.get_by_label("What is wrong with the decision?").fill("My phone went through a relay abroad.")
    olivia.press("File the appeal")
    olivia.sees("Your appeal is filed.")
    olivia.keeps_the_rules()

    kim = Visitor(browser, demo)
    staff.kim_comes_in(kim)
    staff.open_case(kim, "I answer the appeal, in which I had no part so far.")
    staff.uphold(kim, "The relay explains both sign-ins.")
    letter(demo, leaving.OLIVIA, "Your appeal was right.")
    olivia.through_the_door("owner")
    olivia.go("/me/decisions/")
    olivia.keeps_the_rules()
    olivia.sees("Suspend the sign-in")
    olivia.follow("Suspend the sign-in")
    olivia.sees("The relay explains both sign-ins.")
    olivia.keeps_the_rules()
    olivia.go("/me/looks/")
    olivia.sees("Sam Reed")
    for each in (kim, olivia):
        each.context.close()


@pytest.mark.promise("PRIV-60-DAYS")
def test_sixty_days_after_its_end_something_of_an_account_is_left(browser: Browser, demo: Demo) -> None:
    olivia = Visitor(browser, demo)
    olivia.through_the_door("owner")
    leaving.end_the_account(olivia)
    there = leaving.what_is_left(demo)
    assert {"accounts.Account", "accounts.User", "catalogue.Version", "quoting.DocumentSettings"} <= there.rows.keys()
    [key] = there.keys
    assert key in demo.every_byte()
    olivia.context.close()

    demo.stop()
    demo.start(days_ahead=60)
    letter(demo, leaving.OLIVIA, "Everything of Harbour Blinds is deleted since")
    assert leaving.what_is_left(demo, there.shop) == leaving.Left(there.shop, {}, [b""])
    assert key not in demo.every_byte()
    olivia = Visitor(browser, demo)
    olivia.go("/promises/?service=platform")
    promise = olivia.page.locator("#PRIV-60-DAYS")
    expect(promise).to_contain_text("deleted; 0 are on their way, 0 past their sixty days.")
    expect(promise.locator("time")).to_be_visible()
    olivia.through_the_door("owner")
    leaving.finds_nothing_left(olivia)
    olivia.context.close()
