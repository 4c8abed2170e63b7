"""Chat, walked by those whom it is for: who asks about a car, the two who answer, and who answers for it all."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.chat_widget.visitor import PHONE
from tests.console.driver import Console
from tests.journeys import colleagues, dealer
from tests.journeys.demo import Demo
from tests.journeys.receiver import Receiver, receiving
from tests.journeys.shopper import Shopper, shopping
from tests.journeys.visitor import Visitor, letter, link_in
from tests.phone.driver import CHROMIUM

pytestmark = [pytest.mark.real]

CAR = "2022 Morrow Estate, blue"
LEADS = "leads@fenwickcars.example"
KIM, LEE = "kim@shore.example", "lee@shore.example"
QUESTION = "Would you call me about the blue one?"
WHISPER = "He would go up to 14,500"
ARRIVED = re.compile("Sent|Read")
# Long enough for an installation that starts again beside another one.
LONG = 90_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One for the whole walk."""
    started = Demo(tmp_path_factory.mktemp("chat"))
    with started.running():
        yield started


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """As people have it: frames of other sites have storage of their own, which the driver would switch off."""
    args = ["--no-sandbox", "--disable-features=Translate"]
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
    yield opened
    opened.close()


@pytest.fixture
def refusing(playwright: Playwright) -> Iterator[Browser]:
    """A browser that refuses frames of other sites every storage: the driver's own settings."""
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def fay(browser: Browser, demo: Demo) -> Iterator[Visitor]:
    fay = Visitor(browser, demo)
    fay.through_the_door("merchant")
    yield fay
    fay.context.close()


@pytest.fixture
def ada(browser: Browser, demo: Demo) -> Iterator[Console]:
    with colleagues.at_work(browser, demo, "agent") as ada:
        yield ada


@pytest.fixture
def ben(browser: Browser, demo: Demo) -> Iterator[Console]:
    with colleagues.at_work(browser, demo, "agent-phone", **colleagues.AS_A_PHONE) as ben:
        yield ben


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as started:
        yield started


@pytest.mark.promise("CHAT-LEAD")
def test_a_message_left_while_nobody_is_there_does_not_reach_the_dealer(
    demo: Demo, browser: Browser, fay: Visitor, receiver: Receiver
) -> None:
    secret = dealer.wants_leads(fay, LEADS, f"{receiver.address}/leads")
    with shopping(browser, f"{demo.sites}/cars/7", PHONE) as kim:
        leave_message(kim)

    assert QUESTION in letter(demo, dealer.MAILS, f"Kim Shore asked about {CAR}")
    lead = ElementTree.fromstring(adf_of(letter(demo, LEADS, "<adf>")))
    assert lead.findtext("prospect/customer/contact/email") == KIM
    assert lead.findtext("prospect/vendor/vendorname") == "Fenwick Cars"
    assert QUESTION in lead.findtext("prospect/customer/comments", "")

    posted = receiver.first_at("/leads")
    assert posted.is_signed_with(secret)
    assert KIM in json.dumps(posted.data)
    assert CAR in json.dumps(posted.data)

    dealer.open_lead(fay, "Kim Shore")
    expect(fay.page.locator("#lead")).to_contain_text(QUESTION)
    fay.follow("The conversation")
    fay.sees(QUESTION)
    assert len(receiver.at("/leads")) == 1


def leave_message(kim: Shopper) -> None:
    """The button says that nobody is there, and takes a message."""
    expect(kim.button).to_contain_text("Leave a message")
    kim.open()
    kim.leaves_message(QUESTION, "Kim Shore", KIM)


def adf_of(text: str) -> str:
    """The document behind the letter's subject."""
    return text[text.index("<?xml") :]


@pytest.mark.promise("CHAT-DIRECTION")
@pytest.mark.promise("CHAT-LAUNCH")
@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
def test_a_visitor_of_a_listing_is_answered_by_two_or_by_nobody_or_reads_what_is_not_for_them(
    browser: Browser, fay: Visitor, ada: Console, ben: Console, tmp_path: Path
) -> None:
    demo = fay.demo
    dealer.give_face(fay, "Ben", painted(tmp_path / "ben.png"))
    # A minute and a half away from the page would only be waited for.
    demo.python("from allonce.products.chat.models import ChatClient\nChatClient.objects.update(leave_seconds=5)")
    with shopping(browser, f"{demo.sites}/cars/7") as lee:
        reads_notice_and_asks(lee)
        both_ring_and_ben_is_first(ada, ben)
        knows_whom_they_talk_with(lee, ben, demo)
        typing_and_reading_are_seen(lee, ben)
        prepared_answer_link_and_pictures(lee, ben, tmp_path)
        ada_takes_over(lee, ada, ben)
        lee.write("And the old one?")
        lee.leaves_address(LEE)
        given = lee.given()
        assert "Which day suits you" in given
        assert WHISPER not in given + lee.frame.locator("body").inner_text()
    goes_on_by_mail(demo, browser, ada)


def painted(file: Path) -> Path:
    Image.radial_gradient("L").resize((320, 240)).convert("RGB").save(file)
    return file


def reads_notice_and_asks(lee: Shopper) -> None:
    frame = lee.open()
    expect(frame.locator(".notice")).to_contain_text("Fenwick Cars answers you here and keeps what you write")
    expect(frame.locator(".about")).to_contain_text(CAR)
    lee.write("Is it still there?")
    expect(lee.standing).to_have_text("Looking for somebody to answer")


def both_ring_and_ben_is_first(ada: Console, ben: Console) -> None:
    for console in (ada, ben):
        expect(console.ring).to_contain_text(CAR)
        expect(console.ring).to_contain_text("Is it still there?")
    colleagues.accept_by_touch(ben)
    expect(ada.page.get_by_text("Ben was first and has it.")).to_be_visible()
    expect(ada.ring).to_have_count(0)


def knows_whom_they_talk_with(lee: Shopper, ben: Console, demo: Demo) -> None:
    """Each of them: the visitor sees a name and a face, the agent what the visitor looks at."""
    expect(lee.head).to_have_text("Ben")
    face = lee.frame.locator(".face img")
    expect(face).to_be_visible()
    assert face.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    side = colleagues.details(ben)
    for words in (CAR, "£14,950", "Quayside Motors Index"):
        expect(side).to_contain_text(words)
    expect(side.locator(f"a[href='{demo.sites}/cars/7']").first).to_be_visible()
    side.get_by_role("button", name="Close").click()


def typing_and_reading_are_seen(lee: Shopper, ben: Console) -> None:
    expect(lee.state("Is it still there?")).to_contain_text("Read")
    lee.frame.locator("#message").press_sequentially("My fa")
    expect(ben.page.get_by_text("Visitor is writing")).to_be_visible()
    ben.writing().press_sequentially("It")
    expect(lee.standing).to_have_text("Ben is writing")
    ben.write("It is.")
    expect(ben.standing("It is.")).to_contain_text("Read")
    lee.frame.locator("#message").fill("")


def prepared_answer_link_and_pictures(lee: Shopper, ben: Console, folder: Path) -> None:
    colleagues.use_prepared(ben, "test-drive")
    expect(lee.frame.locator(".theirs").last).to_contain_text(f"You are welcome to drive the {CAR}. Which day suits")
    ben.write("A test of it: https://news.example/review")
    link = lee.frame.locator(".theirs a")
    expect(link).to_contain_text("another site, news.example")
    expect(link).to_have_attribute("referrerpolicy", "no-referrer")
    colleagues.send_picture(ben, painted(folder / "boot.png"), "The open boot")
    expect(lee.frame.locator(".theirs img")).to_be_visible()
    lee.sends_picture(painted(folder / "old_car.png"))
    expect(ben.page.locator(".message.theirs.picture img")).to_be_visible()


def ada_takes_over(lee: Shopper, ada: Console, ben: Console) -> None:
    colleagues.forward(ben, "Ada", WHISPER)
    expect(ada.ring).to_contain_text("Ben forwards Visitor to you")
    ada.accept()
    expect(ada.bubbles("whisper")).to_have_text(WHISPER)
    expect(lee.head).to_have_text("Ada")
    ada.write("Saturday at ten?")
    expect(lee.frame.locator(".theirs").last).to_contain_text("Saturday at ten?")


def goes_on_by_mail(demo: Demo, browser: Browser, ada: Console) -> None:
    """The visitor is gone; Ada's answer goes to their mailbox, and its link leads back into the conversation."""
    expect(ada.page.locator(".system", has_text="Handed over to mail")).to_be_visible(timeout=LONG)
    colleagues.answer_by_mail(ada, "We take the old one for 900.")
    answer = letter(demo, LEE, "We take the old one for 900.")
    assert WHISPER not in answer
    assert WHISPER not in letter(demo, dealer.MAILS, "And the old one?")
    context = browser.new_context()
    page = context.new_page()
    page.goto(link_in(answer, "/w/"))
    expect(page.locator(".theirs").last).to_contain_text("We take the old one for 900.")
    expect(page.locator(".mine").first).to_contain_text("Is it still there?")
    expect(page.locator(".mine img")).to_have_attribute("src", re.compile("^blob:"))
    expect(page.locator(".system").last).to_have_text("The answer comes by mail.")
    assert WHISPER not in page.locator("body").inner_text()
    context.close()


@pytest.mark.promise("CHAT-DELIVERY")
def test_a_server_killed_in_mid_sentence_loses_doubles_or_turns_around_what_either_side_says(
    demo: Demo, browser: Browser, ada: Console
) -> None:
    with shopping(browser, f"{demo.sites}/cars/7", PHONE) as lee:
        lee.open()
        lee.write("one")
        ada.accept()
        ada.write("two")
        expect(lee.frame.locator(".theirs .bubble").last).to_have_text("two")
        lee.frame.locator("#message").press_sequentially("thr")
        ada.write("Let me look.")
        demo.kill()
        said_meanwhile(lee, ada)
        demo.start()
        for state in (lee.state("four"), ada.standing("Nearly there.")):
            expect(state).to_contain_text(ARRIVED, timeout=LONG)
        lee.write("five")
        expect(ada.bubbles().last).to_have_text("five")
        both_hold_the_same(lee, ada)
        for page in (lee.page, ada.page):
            page.reload()
        lee.button.click()
        expect(lee.frame.locator(".bubble", has_text="five")).to_be_visible()
        both_hold_the_same(lee, ada)


def said_meanwhile(lee: Shopper, ada: Console) -> None:
    """Nobody hears it yet; both can go on writing, and see that it is not sent."""
    lee.frame.locator("#message").press_sequentially("ee")
    lee.frame.locator("#message").press("Enter")
    lee.write("four")
    ada.write("Nearly there.")
    expect(lee.state("four")).to_contain_text("Sending")
    expect(lee.frame.locator(".lost")).to_contain_text("What you write is kept")
    expect(ada.standing("Nearly there.")).to_contain_text("Sending")
    expect(ada.page.locator(".strip")).to_contain_text("You can go on writing")


def both_hold_the_same(lee: Shopper, ada: Console) -> None:
    """Everything once, each side's words in their order, and the whole in one order for both."""
    expect(ada.bubbles()).to_have_count(7)
    said = ada.bubbles().all_inner_texts()
    expect(lee.said).to_have_text(said)
    assert [each for each in said if each.islower()] == ["one", "two", "three", "four", "five"]
    assert [each for each in said if not each.islower()] == ["Let me look.", "Nearly there."]


@pytest.mark.promise("CHAT-COOKIE-REFUSAL")
def test_a_visitor_whose_browser_keeps_nothing_cannot_chat(demo: Demo, refusing: Browser, ada: Console) -> None:
    with shopping(refusing, f"{demo.sites}/cars/7") as lee:
        frame = lee.open()
        for name in ("localStorage", "sessionStorage"):
            tried = f"(() => {{ try {{ return Boolean({name}) }} catch {{ return 'refused' }} }})()"
            assert frame.evaluate(tried) == "refused"
        expect(frame.locator(".notice")).to_contain_text("is not resumed on the next one")
        lee.write("Does it work without?")
        ada.accept()
        ada.write("It does.")
        expect(frame.locator(".theirs .bubble")).to_have_text("It does.")
        lee.write("Good.")
        expect(ada.bubbles().last).to_have_text("Good.")
        expect(lee.state("Good.")).to_contain_text("Read")
        assert lee.page.context.cookies() == []


@pytest.mark.promise("CHAT-PORTAL")
@pytest.mark.promise("CHAT-RETENTION")
def test_what_the_manager_reads_corrects_deletes_or_limits_is_not_so(
    demo: Demo, browser: Browser, fay: Visitor
) -> None:
    """The last one: it ends ninety days later, when everything is gone."""
    names = ("Requests", "Messages while away")
    before = dealer.reported(fay, *names)
    with shopping(browser, f"{demo.sites}/fenwick/cars/7", PHONE) as kim:
        leave_message(kim)
    assert dealer.reported(fay, *names) == [one + 1 for one in before]

    dealer.correct_name(fay, "Tom Weir", "Thomas Weir")
    dealer.open_lead(fay, "Thomas Weir")
    dealer.delete(fay, "Priya Shah")
    expect(dealer.found(fay, "Priya Shah")).to_have_count(0)
    in_the_console(fay)

    dealer.keep_for(fay, 90)
    dealer.open_visitor(fay, "Thomas Weir")
    fay.sees("What they wrote goes by itself 90 days after their last words.")
    demo.stop()
    demo.start(days_ahead=91)
    fay = Visitor(browser, demo)
    fay.through_the_door("merchant")
    dealer.wait_until_gone(fay, "Thomas Weir")
    fay.context.close()


def in_the_console(fay: Visitor) -> None:
    """Who was corrected is there under the new name, and who was deleted is not."""
    fay.page.goto("/chat/inbox/")
    expect(fay.page.locator(".entry .name", has_text="Thomas Weir")).to_be_visible()
    expect(fay.page.locator(".entry .name", has_text="Tom Weir")).to_have_count(0)
    expect(fay.page.locator(".entry .name", has_text="Priya Shah")).to_have_count(0)
