"""The owner's browser: set up the key, approve a phone, renew after a loss, open an old job file."""

import os
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from allonce.kernel.accounts.devices.tests.scene import PASSWORD, PREFIX, Phone, Shop, make_shop
from allonce.kernel.accounts.keys.points import base64url, from_base64url
from allonce.kernel.accounts.keys.tests import reader
from allonce.kernel.accounts.keys.tests.reader import Context
from allonce.kernel.accounts.keys.tests.specimen_job import seal
from allonce.kernel.accounts.models import AccountKey, Device

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Page:
    # Passkeys want a name, not an address.
    address = live_server.url.replace("127.0.0.1", "localhost")
    page = browser.new_context(base_url=address).new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def shop(live_server: Any) -> Shop:
    return make_shop()


def give_authenticator(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in(page: Page, shop: Shop) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(shop.access.person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("form button[type=submit], form button:not([type])").first.click()
    page.wait_for_url(re.compile(r"/(account|setup)/"))


def add_passkey(page: Page) -> None:
    page.goto("/account/passkeys/")
    page.get_by_role("button", name="Add a passkey").first.click()
    expect(page.get_by_role("cell", name="Yes")).to_be_visible()


def set_up_key(page: Page) -> str:
    page.goto("/setup/keys/")
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("#code-shown span")).to_have_count(7)
    code = page.locator("#code-shown").inner_text().replace("\n", "")
    finish = page.get_by_role("button", name="Finish")
    expect(finish).to_be_disabled()
    page.locator("#code-typed").press_sequentially(code[:4] + ("0" if code[4] != "0" else "1") + code[5:])
    expect(page.locator("#code-typed-hint")).to_have_text("Group 1 is mistyped.")
    page.locator("#code-typed").fill(code.lower())
    finish.click()
    expect(page.get_by_text("Key, generation 1")).to_be_visible()
    return code


class KeyedPhone(Phone):
    """A phone that speaks to the running server; the test holds its key, to open what is sealed to it."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.private = ec.generate_private_key(ec.SECP256R1())
        point = reader.point(self.private)
        x, y = base64url(point[1:33]), base64url(point[33:])
        super().__init__(seal_key={"kty": "EC", "crv": "P-256", "x": x, "y": y})

    def get(self, path: str) -> Any:
        return httpx.get(self.server + PREFIX + path, headers=self._headers())

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return httpx.post(self.server + PREFIX + path, json=body, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def opens(self, account: str) -> bytes:
        body = self.sync().json()
        context = Context(account, body["keys"]["generation"], "device", body["device"]["id"])
        return reader.open_wrap(body["keys"]["wrap"], context, self.private)


def approve_by_passkey(page: Page) -> None:
    page.goto("/setup/users/")
    page.get_by_role("link", name="Compare fingerprint").click()
    approve = page.get_by_role("button", name="Approve this phone")
    expect(approve).to_be_disabled()
    page.get_by_label("The phone shows the same digits").check()
    approve.click()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_text("is approved")).to_be_visible()


def unregister_and_renew(page: Page, code: str) -> None:
    page.goto("/setup/users/")
    page.get_by_role("button", name="Unregister", exact=True).click()
    page.get_by_role("button", name="Unregister Pixel 8").click()
    page.get_by_role("link", name="Renew the key").click()
    page.get_by_role("button", name="Renew the key").click()
    page.get_by_label("Printed recovery code").fill(code)
    page.get_by_role("button", name="Unlock with the code").click()
    expect(page.get_by_text("Key, generation 2")).to_be_visible()


def choose_file(page: Page, data: bytes) -> None:
    file: Any = {"name": "JB-K7-00012.allonce", "mimeType": "application/vnd.allonce.job", "buffer": data}
    page.locator("#file").set_input_files(file)


@pytest.mark.promise("MOBILE-REGISTER", "MOBILE-UNREGISTER")
def test_a_job_file_opens_after_the_phone_was_lost_and_the_key_renewed(
    page: Page, shop: Shop, live_server: Any
) -> None:
    give_authenticator(page)
    sign_in(page, shop)
    add_passkey(page)
    code = set_up_key(page)
    phone = KeyedPhone(live_server.url)
    assert phone.register(shop.account.email, "JB").status_code == 201
    account = str(shop.account.id)
    assert phone.sync().json()["keys"]["wrap"] is None
    approve_by_passkey(page)
    first = AccountKey.objects.get(account=shop.account)
    assert reader.point(reader.private_key(phone.opens(account)))[1:33] == from_base64url(first.public_key["x"])
    file = seal(first.public_key, account, 1)
    unregister_and_renew(page, code)
    assert phone.sync().json()["code"] == "device_unregistered"
    assert Device.objects.get(user=shop.user).state == "unregistered"
    open_old_file(page, file)


def open_old_file(page: Page, file: bytes) -> None:
    page.goto("/setup/open/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    choose_file(page, file[:-20])
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("cut short")
    choose_file(page, file)
    job = page.locator("#job")
    for said in (
        "Quote JB-K7-00012",
        "Zoë Łukasz",
        "Kitchen",
        "Window 2",
        "1200 x 1400 mm",
        "£269.00",
        "Discount-£20.00",
        "Fitting£10.00",
        "Motor: Battery x 2",
    ):
        expect(job).to_contain_text(said)
    photo = job.get_by_role("img", name="Left of the sink")
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8
    expect(job.get_by_role("img", name="Sketch of Window 2")).to_have_count(1)
    expect(job.get_by_role("img", name="Signature of Zoë Łukasz")).to_be_visible()
    with page.expect_download() as saved:
        job.get_by_role("link", name="Save as JSON").click()
    assert saved.value.suggested_filename == "JB-K7-00012.json"
    assert page.title() != "acted"
    assert set(sent) == {"GET"}


def test_a_key_put_in_place_of_the_known_one_is_noticed(page: Page, shop: Shop) -> None:
    give_authenticator(page)
    sign_in(page, shop)
    add_passkey(page)
    code = set_up_key(page)
    # What a dishonest server would do: begin anew with a key of its own, under the same account.
    AccountKey.objects.all().delete()
    from allonce.kernel.accounts.keys import demo_key
    from allonce.kernel.accounts.keys.services.making import set_up_key as keep_key
    from allonce.kernel.accounts.models import KeyHolder

    KeyHolder.objects.all().delete()
    keep_key(shop.access, demo_key.demo_key(shop.account.id))
    page.goto("/setup/open/")
    choose_file(page, seal(AccountKey.objects.get().public_key, str(shop.account.id), 1))
    page.get_by_label("Printed recovery code").fill(code)
    page.get_by_role("button", name="Unlock with the code").click()
    expect(page.locator("#unlock [data-problem]")).to_contain_text("does not open")
    page.get_by_label("Printed recovery code").fill(demo_key.DEMO_RECOVERY_CODE)
    page.get_by_role("button", name="Unlock with the code").click()
    expect(page.locator("#unlock [data-problem]")).to_contain_text("replaced by somebody")


def test_the_pages_have_no_accessibility_faults(page: Page, shop: Shop) -> None:
    sign_in(page, shop)
    for path in ("users/", "users/add/", f"users/{shop.user.pk}/", f"users/{shop.user.pk}/code/", "keys/", "open/"):
        page.goto(f"/setup/{path}")
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
            page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
            found = Axe().run(page).response["violations"]
            assert not found, (path, theme, [(each["id"], each["nodes"][0]["html"]) for each in found])
