"""Names of documents and recipients are opened in the owner's browser, and nowhere else."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.accounts.keys.tests.specimen_job import seal_json
from allonce.kernel.accounts.keys.tests.test_keys_in_browser import (
    CHROMIUM,
    add_passkey,
    give_authenticator,
    set_up_key,
    sign_in,
)
from allonce.kernel.accounts.models import AccountKey
from allonce.kernel.post.tests.relay import Relay
from allonce.kernel.post.tests.webhooks import mailgun, report
from allonce.products.quoting.tests.jobs import Parcel, Poster, published

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def poster(live_server: Any) -> Iterator[Poster]:
    shop = make_shop()
    with published():
        yield Poster(shop, registered_phone(shop))


@pytest.fixture
def page(live_server: Any, poster: Poster) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
        yield context.new_page()
        browser.close()


@pytest.mark.promise("MOBILE-BLIND-SERVER")
@pytest.mark.promise("MOBILE-BOUNCE")
@pytest.mark.promise("MAIL-RELAY")
def test_an_owner_reads_which_document_failed_and_whose(page: Page, poster: Poster, relay: Relay) -> None:
    give_authenticator(page)
    sign_in(page, poster.shop)
    add_passkey(page)
    code = set_up_key(page)
    key = AccountKey.objects.get()
    label = {"number": "JB-K7-00012", "name": "Mary Ashworth"}
    poster.post(Parcel(label=seal_json(key.public_key, str(poster.shop.account.id), key.generation, label)))
    [sent] = relay.to("mary@example.com")
    assert report(Client(), mailgun(sent.message_id, "bounced")) == 200
    page.goto("/setup/sent/")
    expect(page.get_by_text("Came back")).to_be_visible()
    expect(page.get_by_text("Mary Ashworth")).to_have_count(0)
    page.get_by_role("button", name="Show names").click()
    page.get_by_label("Printed recovery code").fill(code)
    page.get_by_role("button", name="Unlock with the code").click()
    expect(page.get_by_role("rowheader", name="JB-K7-00012").first).to_be_visible()
    expect(page.get_by_text("Mary Ashworth")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
