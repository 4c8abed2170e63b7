"""A visitor and an agent talk, on two origins: what is written arrives, is marked, and survives what networks do."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Page, Route, expect

from tests.chat_widget.agent import Agent
from tests.chat_widget.test_foreign_page import assert_clean
from tests.chat_widget.visitor import (
    FENWICK,
    PHONE,
    WIDE,
    newcomer,
    open_chat,
    press_button,
    shown,
    visiting,
    wait_closed,
    write,
)
from tests.live.installation import LiveInstallation

pytestmark = pytest.mark.real

ANSWER = "Yes. See https://news.example/review and https://fenwickcars.example/cars/7"
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
COLOURS = {"runOnly": ["color-contrast"]}


@pytest.mark.promise("CHAT-LAUNCH")
@pytest.mark.promise("CHAT-DIRECTION")
@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
def test_a_visitor_of_a_listing_is_answered(
    browser: Browser, demo: LiveInstallation, ada: Agent, tmp_path: Path
) -> None:
    with visiting(browser, f"{demo.sites}/cars/7") as page:
        frame = open_chat(page)
        expect(frame.locator(".notice")).to_contain_text("Fenwick Cars answers you here")
        expect(frame.locator(".about")).to_contain_text("2022 Morrow Estate")
        write(frame, "Is it still there?")
        expect(frame.locator(".standing")).to_have_text("Looking for somebody to answer")
        listing = ada.waiting("Is it still there?")["listing"]
        assert listing["title"] == "2022 Morrow Estate, blue"
        stream = ada.accept("Is it still there?")
        expect(frame.locator("h1")).to_have_text("Ada")
        ada.post("/rt/v1/typing", {"s": stream, "on": True})
        expect(frame.locator(".standing")).to_have_text("Ada is writing")
        ada.say(stream, ANSWER)
        _links_are_marked(frame)
        ada.read(stream)
        expect(frame.locator(".mine .state")).to_contain_text("Read")
        _picture(page, frame, tmp_path / "car.png")
        _next_page(page, demo, frame)


def _links_are_marked(frame: Frame) -> None:
    links = frame.locator(".theirs a")
    expect(links).to_have_count(2)
    assert "another site, news.example" in links.first.inner_text()
    assert links.first.get_attribute("rel") == "noopener noreferrer nofollow ugc"
    assert links.first.get_attribute("referrerpolicy") == "no-referrer"


def test_the_button_that_sends_a_message_lies_out_of_sight(browser: Browser, demo: LiveInstallation) -> None:
    for size in (WIDE, PHONE):
        with visiting(browser, f"{demo.sites}/cars/7", size) as page:
            frame = open_chat(page)
            send = frame.get_by_role("button", name="Leave the message")
            expect(send).to_be_in_viewport(ratio=1)


def test_a_picture_on_its_way_looks_broken(
    browser: Browser, demo: LiveInstallation, ada: Agent, tmp_path: Path
) -> None:
    """Its place is kept and nothing is drawn there before its bytes have come."""
    Image.new("RGB", (320, 200), "#2f6f9f").save(tmp_path / "car.png")
    waiting: list[Route] = []
    with visiting(browser, f"{demo.sites}/cars/7") as page:
        frame = open_chat(page)
        write(frame, "Here is mine")
        page.route(
            re.compile("/file/"),
            lambda route: waiting.append(route) if route.request.method == "GET" else route.continue_(),
        )
        with page.expect_file_chooser() as chooser:
            frame.get_by_role("button", name="Send a picture").click()
        chooser.value.set_files(tmp_path / "car.png")
        image = frame.locator(".mine img")
        expect(image).to_be_attached()
        assert image.evaluate("image => [image.hasAttribute('src'), getComputedStyle(image).visibility]") == [
            False,
            "hidden",
        ]
        assert image.evaluate("image => image.getBoundingClientRect().height") > 100
        for route in waiting:
            route.continue_()
        expect(image).to_have_css("visibility", "visible")


def _picture(page: Page, frame: Frame, file: Path) -> None:
    Image.new("RGB", (320, 200), "#2f6f9f").save(file)
    with page.expect_file_chooser() as chooser:
        frame.get_by_role("button", name="Send a picture").click()
    chooser.value.set_files(file)
    image = frame.locator(".mine img")
    expect(image).to_have_attribute("src", re.compile("^blob:"))
    assert image.get_attribute("width") == "320"


def _next_page(page: Page, demo: LiveInstallation, frame: Frame) -> None:
    """The conversation goes on where it was on the site's next page."""
    before = shown(frame)
    page.goto(f"{demo.sites}/cars/8")
    page.wait_for_load_state("networkidle")
    again = open_chat(page)
    expect(again.locator("h1")).to_have_text("Ada")
    expect(again.locator(".mine img")).to_be_visible()
    assert shown(again) == before


@pytest.mark.promise("CHAT-DELIVERY")
def test_what_is_written_while_the_server_is_dead_arrives_once_and_in_order(
    browser: Browser, demo: LiveInstallation, ada: Agent
) -> None:
    with visiting(browser, f"{demo.sites}/fenwick/cars/7") as page:
        frame = open_chat(page)
        write(frame, "one")
        expect(frame.locator(".state")).to_contain_text("Sent")
        stream = ada.accept("one")
        demo.stop()
        for text in ("two", "three"):
            write(frame, text)
        expect(frame.locator(".state").last).to_contain_text("Sending")
        expect(frame.locator(".lost")).to_contain_text("No connection")
        demo.start()
        expect(frame.locator(".state").last).to_contain_text("Sent", timeout=45_000)
        expect(frame.locator(".lost")).to_be_empty(timeout=45_000)
        ada.say(stream, "four")
        expect(frame.locator(".theirs .bubble")).to_have_text("four")
        assert shown(frame) == ada.texts(stream) == ["one", "two", "three", "four"]
        page.reload()
        again = open_chat(page)
        expect(again.locator(".theirs .bubble")).to_have_text("four")
        assert shown(again) == ["one", "two", "three", "four"]


@pytest.mark.promise("CHAT-COOKIE-REFUSAL")
def test_with_all_storage_refused_the_chat_works_on_its_page_and_says_that_it_ends_there(
    refusing: Browser, demo: LiveInstallation, ada: Agent
) -> None:
    with visiting(refusing, f"{demo.sites}/cars/7") as page:
        frame = open_chat(page)
        assert (
            frame.evaluate("(() => { try { return Boolean(sessionStorage) } catch { return 'refused' } })()")
            == "refused"
        )
        expect(frame.locator(".notice")).to_contain_text("is not resumed on the next one")
        write(frame, "Does it work?")
        stream = ada.accept("Does it work?")
        ada.say(stream, "It does.")
        expect(frame.locator(".theirs .bubble")).to_have_text("It does.")
        assert page.context.cookies() == []
        page.goto(f"{demo.sites}/cars/8")
        page.wait_for_load_state("networkidle")
        again = open_chat(page)
        expect(again.locator("#message")).to_be_visible()
        assert shown(again) == []


@pytest.mark.promise("CHAT-DELIVERY")
@pytest.mark.promise("CHAT-MINIMUM")
def test_when_nobody_is_there_the_button_says_so_and_takes_a_message(
    browser: Browser, demo: LiveInstallation, ada: Agent
) -> None:
    ada.go()
    with visiting(browser, f"{demo.sites}/fenwick/", PHONE) as page:
        frame = open_chat(page)
        form = frame.locator(".offline")
        form.get_by_role("button", name="Leave the message").click()
        expect(form.locator("[aria-invalid]")).to_have_count(2)
        form.get_by_label("Your message").fill("Would you call me about the green one?")
        form.get_by_label("Your email address").fill("kim@")
        form.get_by_role("button", name="Leave the message").click()
        expect(form).to_contain_text("does not look like an email address")
        form.get_by_label("Your email address").fill("kim@example.org")
        assert_no_side_scroll(frame)
        form.get_by_role("button", name="Leave the message").click()
        expect(form).to_contain_text("The answer goes to kim@example.org.")
        expect(frame.get_by_text("Text us instead")).to_have_count(0)
    found = ada.context.request.get("/chat/api/conversations?state=hand_over").json()["items"]
    assert "kim@example.org" in [each["consumer"]["email"] for each in found]


@pytest.mark.promise("CHAT-MINIMUM")
def test_a_visitor_may_leave_an_address_end_rate_and_ask_not_to_be_contacted(
    browser: Browser, demo: LiveInstallation, ada: Agent
) -> None:
    with visiting(browser, f"{demo.sites}/fenwick/cars/7") as page:
        frame = open_chat(page)
        write(frame, "Anybody?")
        expect(frame.locator(".state")).to_contain_text("Sent")
        frame.get_by_role("button", name="Close chat").click()
        frame.locator("dialog").get_by_label("Your email address").fill("lee@example.org")
        frame.get_by_role("button", name="Send the answer by mail").click()
        expect(frame.locator("dialog")).to_contain_text("The answer will also come to lee@example.org.")
        page.keyboard.press("Escape")
        assert ada.waiting("Anybody?")["consumer"]["email"] == "lee@example.org"
        wait_closed(frame)
        press_button(page)
        frame.get_by_role("button", name="More").click()
        frame.get_by_role("button", name="End this chat").click()
        frame.locator("dialog .button").click()
        expect(frame.locator(".ended")).to_be_visible()
        frame.get_by_role("radio", name="4 stars").check(force=True)
        frame.get_by_role("button", name="Send the rating").click()
        expect(frame.locator(".ended")).to_contain_text("Your rating is with Fenwick Cars.")
        frame.get_by_role("button", name="Start a new chat").click()
        expect(frame.locator("#message")).to_be_visible()
        assert shown(frame) == []


def test_what_a_placement_asks_is_asked_before_the_first_message(
    browser: Browser, demo: LiveInstallation, ada: Agent
) -> None:
    _placement(demo, "ask_name=True, ask_email=True, ask_required=True")
    try:
        with visiting(browser, f"{demo.sites}/fenwick/cars/7") as page:
            frame = open_chat(page)
            write(frame, "Hello")
            expect(frame.locator("fieldset [aria-invalid]")).to_have_count(2)
            frame.get_by_label("Your name").fill("Kim")
            frame.get_by_label("Your email address").fill("kim@example.org")
            frame.locator("#message").press("Enter")
            expect(frame.locator(".state")).to_contain_text("Sent")
            expect(frame.locator("fieldset")).to_be_hidden()
        told = ada.waiting("Hello")["consumer"]
        assert (told["name"], told["email"]) == ("Kim", "kim@example.org")
    finally:
        _placement(demo, "ask_name=False, ask_email=False, ask_required=False")


def test_the_chat_breaks_no_rule_in_any_state(browser: Browser, demo: LiveInstallation, ada: Agent) -> None:
    address = f"{demo.address}/w/{FENWICK}/open?listing-id=7&listing-title=A+blue+car"
    context = newcomer(browser, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".about")).to_contain_text("A blue car")
    look(page)
    page.locator("#message").fill("Is it there? https://news.example/")
    page.locator("#message").press("Enter")
    stream = ada.accept("Is it there? https://news.example/")
    ada.say(stream, ANSWER)
    expect(page.locator(".theirs a")).to_have_count(2)
    look(page)
    page.get_by_role("button", name="More").click()
    look(page)
    page.get_by_role("button", name="Do not contact me again").click()
    look(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="End this chat").click()
    look(page)
    page.locator("dialog .button").click()
    expect(page.locator(".ended")).to_be_visible()
    look(page)
    ada.go()
    other = newcomer(browser, reduced_motion="reduce").new_page()
    other.goto(address)
    expect(other.locator(".offline")).to_be_visible()
    look(other)


def look(page: Page) -> None:
    """At both sizes, in light and dark, with letters twice as large, and from right to left."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert_clean(page)
        page.emulate_media(color_scheme="dark")
        assert_clean(page, COLOURS)
        page.emulate_media(color_scheme="light")
        assert not page.evaluate(SCROLLS_SIDEWAYS)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not page.evaluate(SCROLLS_SIDEWAYS)
        page.evaluate("document.documentElement.style.fontSize = ''; document.documentElement.dir = 'rtl'")
        assert not page.evaluate(SCROLLS_SIDEWAYS)
        page.evaluate("document.documentElement.dir = 'ltr'")


def assert_no_side_scroll(frame: Frame) -> None:
    assert not frame.evaluate(SCROLLS_SIDEWAYS)


def _placement(demo: LiveInstallation, values: str) -> None:
    demo.scene(
        "from allonce.products.chat.models import Placement\n"
        f"Placement.objects.filter(key='{FENWICK}').update({values})"
    )


def test_where_the_business_takes_texts_the_form_offers_its_number(
    browser: Browser, demo: LiveInstallation, ada: Agent
) -> None:
    """No gateway is set up here, so what the server would say is put into its answers on the way."""
    ada.go()
    number = "+447400000001"
    context = newcomer(browser, PHONE)
    page = context.new_page()

    def offered(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"texting":false', '"texting":true'))

    page.route("**/open", offered)
    page.route("**/text", lambda route: route.fulfill(json={"number": number, "uri": f"sms:{number}"}))
    page.goto(f"{demo.address}/w/{FENWICK}/open")
    page.get_by_text("Text us instead").click()
    expect(page.locator(".texting")).to_contain_text("Reply STOP to end that at any time")
    page.get_by_role("button", name="Agree and show the number").click()
    link = page.get_by_role("link", name="Open a text message on this phone")
    expect(link).to_have_attribute("href", f"sms:{number}")
    assert_clean(page)
    context.close()
