"""The widget on pages of others: it takes nothing from them, gives nothing to them, and works on the worst of them."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.chat_widget.agent import Agent
from tests.chat_widget.host import PLAIN, Host
from tests.chat_widget.visitor import (
    FENWICK,
    OPEN_SHADOW,
    PHONE,
    QUAYSIDE,
    WIDE,
    frame_of,
    line,
    newcomer,
    open_chat,
    page_with,
    press_button,
    visiting,
    wait_closed,
    write,
)
from tests.live.installation import LiveInstallation

pytestmark = pytest.mark.real

# As Cumulative Layout Shift counts: what follows a press within half a second was asked for.
SHIFTS = """
() => new Promise((done) => {
  let sum = 0;
  const add = (list) => { for (const each of list.getEntries()) sum += each.hadRecentInput ? 0 : each.value; };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})
"""
# Everything that old libraries are known to break, and more.
HOSTILE = """<script>
const broken = () => { throw new Error("broken by the host"); };
for (const kind of [Array, String, RegExp, Function, Map, Set, Number]) {
  for (const name of Object.getOwnPropertyNames(kind.prototype)) {
    if (name !== "constructor" && name !== "length") try { kind.prototype[name] = broken; } catch (error) {}
  }
}
const iterator = Symbol.iterator;
for (const name of ["keys", "entries", "assign", "create", "freeze", "defineProperty"]) Object[name] = broken;
for (const name of ["JSON", "Promise", "fetch", "URL", "Map", "Set", "WeakMap", "console"]) window[name] = undefined;
Object.prototype.polluted = "x";
Array.prototype[iterator] = broken;
</script>
<style>
div, span, button, iframe { display: none !important; position: static !important; opacity: 0 !important;
  transform: rotate(90deg) !important; font-size: 90px !important; all: unset; }
body { color: red; }
</style>"""


@pytest.mark.promise("CHAT-LAUNCH")
def test_one_line_of_markup_costs_one_request_until_the_chat_is_opened(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    address = host.put("/", page_with(demo.address))
    asked: list[str] = []
    context = newcomer(browser)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_timeout(1500)
    assert [url for url in asked if url.startswith(demo.address)] == [f"{demo.address}/w/{FENWICK}.js"]
    open_chat(page)
    assert any("/frame" in url for url in asked)
    context.close()


def test_nothing_on_the_page_moves(browser: Browser, demo: LiveInstallation, host: Host, ada: Agent) -> None:
    with visiting(browser, host.put("/", page_with(demo.address))) as page:
        before = page.evaluate("document.documentElement.scrollHeight")
        open_chat(page)
        press_button(page)
        assert page.evaluate(SHIFTS) == 0
        assert page.evaluate("document.documentElement.scrollHeight") == before


@pytest.mark.promise("CHAT-LAUNCH")
def test_a_page_that_breaks_the_language_does_not_break_the_chat(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    address = host.put("/", page_with(demo.address, HOSTILE))
    context = newcomer(browser)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.wait_for_timeout(1000)
    frame = open_chat(page)
    write(frame, "Is it there?")
    expect(frame.locator(".state")).to_contain_text("Sent")
    assert not [error for error in errors if "allonce" in error.lower() or "broken by the host" in error]
    context.close()


def test_a_strict_content_policy_of_the_host_is_kept(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    policy = f"default-src 'none'; script-src {demo.address}; frame-src {demo.address}"
    address = host.put("/", page_with(demo.address), policy)
    context = newcomer(browser)
    context.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.effectiveDirective))"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(1000)
    frame = open_chat(page)
    expect(frame.locator("#message")).to_be_visible()
    assert page.evaluate("broken") == []
    # Styles came in all the same: the button stands at the bottom right and the panel beside it.
    assert page.evaluate("document.elementFromPoint(innerWidth - 70, innerHeight - 40).attachShadow !== undefined")
    context.close()


def test_the_page_gets_one_name_and_no_way_in(browser: Browser, demo: LiveInstallation, host: Host, ada: Agent) -> None:
    names = "Object.getOwnPropertyNames(window)"
    with visiting(browser, host.put("/plain", PLAIN + "<script src='/w/x.js'></script>")) as page:
        before = set(page.evaluate(names))
    with visiting(browser, host.put("/", page_with(demo.address))) as page:
        open_chat(page)
        after = set(page.evaluate(names))
        inside = "[...document.body.children].filter((each) => each.shadowRoot).length"
        assert page.evaluate(inside) == 0
    assert {name for name in after - before if not name.isdigit()} == {"allonceChat"}


def test_the_frame_hears_and_tells_only_its_own_page(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    forged = "{allonce: 1, t: 'close'}"
    with visiting(browser, host.put("/", page_with(demo.address))) as page:
        frame = open_chat(page)
        # A word of the host page's own, in the loader's form, closes nothing.
        page.evaluate(f"window.postMessage({forged}, '*')")
        # A page's word about another page's address is not taken for the visitor's page.
        lie = "{allonce: 1, t: 'shown', page: {url: 'https://bank.example/', title: '', referrer: ''}, listing: null}"
        page.evaluate(f"for (let i = 0; i < frames.length; i += 1) frames[i].postMessage({lie}, '*')")
        write(frame, "Who hears me?")
        expect(frame.locator(".state")).to_contain_text("Sent")
    told = ada.waiting("Who hears me?")
    assert told["page"]["url"] == host.address + "/"
    assert told["listing"]["title"] == "A blue car"


def test_links_of_a_list_open_the_chat_of_their_own_merchant(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    link = "<a id='{0}' href='{1}/w/{2}/open?m={0}' data-listing-id='9' data-listing-title='A red car'>Ask</a>"
    links = "".join(link.format(number, demo.address, QUAYSIDE) for number in ("D-17", "D-18"))
    with visiting(browser, host.put("/", PLAIN + links + line(demo.address, QUAYSIDE, "?m=D-17"))) as page:
        page.locator("#D-17").click()
        expect(frame_of(page).locator("h1")).to_have_text("Fenwick Cars")
        expect(frame_of(page).locator(".about")).to_contain_text("A red car")
        page.locator("#D-18").click()
        page.wait_for_timeout(800)
        expect(frame_of(page).locator("h1")).to_have_text("Bayside Motors")


def test_the_keyboard_opens_writes_and_closes_and_the_focus_comes_back(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    with visiting(browser, host.put("/", page_with(demo.address))) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.nodeName") == "DIV"
        page.keyboard.press("Enter")
        frame = frame_of(page)
        expect(frame.locator("#message")).to_be_focused()
        page.keyboard.type("By keyboard alone")
        page.keyboard.press("Enter")
        expect(frame.locator(".state")).to_contain_text("Sent")
        page.keyboard.press("Escape")
        expect(frame.locator("dialog")).to_be_visible()  # no answer yet: may it come by mail?
        page.keyboard.press("Escape")
        wait_closed(frame)
        assert page.evaluate("document.activeElement.nodeName") == "DIV"
        page.keyboard.press("Enter")
        expect(frame.locator("#message")).to_be_focused()


def test_the_button_and_the_invitation_break_no_rule(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    address = host.put("/", page_with(demo.address))
    for size in (WIDE, PHONE):
        context = newcomer(browser, size, reduced_motion="reduce")
        context.add_init_script(OPEN_SHADOW)
        page = context.new_page()
        page.clock.install()
        page.goto(address)
        expect(page.locator("button.launch")).to_have_attribute("aria-expanded", "false")
        page.clock.run_for(16_000)
        expect(page.get_by_text("Ada is here")).to_be_visible()
        assert_clean(page)
        page.get_by_role("button", name="No, thank you").click()
        expect(page.locator(".card")).to_be_hidden()
        page.reload()
        page.clock.run_for(16_000)
        expect(page.locator(".card")).to_be_hidden()
        context.close()


def test_on_a_phone_the_chat_takes_the_screen_and_keeps_the_focus(
    browser: Browser, demo: LiveInstallation, host: Host, ada: Agent
) -> None:
    with visiting(browser, host.put("/", page_with(demo.address)), PHONE) as page:
        frame = open_chat(page)
        assert frame.evaluate("[innerWidth, innerHeight]") == [PHONE["width"], PHONE["height"]]
        for _press in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.nodeName") == "DIV"
        frame.get_by_role("button", name="Close chat").click()
        wait_closed(frame)
        press_button(page)
        expect(frame.locator("#message")).to_be_visible()


def assert_clean(page: Page, options: dict[str, Any] | None = None) -> None:
    asked = {"resultTypes": ["violations"], **(options or {})}
    broken = Axe().run(page, options=asked).response["violations"]
    assert not broken, (page.url, [(each["id"], each["nodes"][0]["html"]) for each in broken])
