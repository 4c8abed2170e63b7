"""The first job, from the shop's price sheet to the Customer's mailbox, as people do it."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Playwright, expect

from tests.journeys.demo import Demo
from tests.journeys.office import Office
from tests.journeys.visit import CUSTOMER, FITTER_NOTE, SHOP, agree, capture_in_the_home, total
from tests.phone.driver import CHROMIUM, Phone
from tests.phone.mails import Mailbox, attachments

pytestmark = [pytest.mark.real]


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    made = []
    for number in range(2):
        path = tmp_path / f"window{number}.jpg"
        Image.effect_noise((1800, 1200), 70 + number).convert("RGB").save(path)
        made.append(path)
    return made


def planted_values() -> dict[str, bytes]:
    words = {**CUSTOMER, "note": FITTER_NOTE, "street": "Quillfeather", "parrot": "Xanthippe"}
    return {name: value.splitlines()[0].encode() for name, value in words.items()}


def published_by_the_owner(office: Office) -> None:
    """Olivia takes a supplier's sheet over, tries a price, publishes, and adds JB."""
    office.walk_in()
    office.import_sheet("roller_bands_stacked.xlsx")
    office.go("/setup/product/p_roller/")
    expect(office.page.get_by_text("How it came about")).to_be_visible()
    office.publish()
    office.add_user("JB", "Joe Bloggs", discount=10)


@pytest.mark.promise("MOBILE-CAPTURE")
@pytest.mark.promise("MOBILE-POST")
@pytest.mark.promise("MOBILE-BLIND-SERVER")
def test_measured_offline_priced_to_the_penny_and_quoted_by_mail(
    demo: Demo, playwright: Playwright, photos: list[Path], tmp_path: Path
) -> None:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    office = Office(browser, demo.address)
    published_by_the_owner(office)

    phone = Phone(playwright, demo.address, tmp_path / "phone")
    phone.switch_on()
    phone.set_up("JB", SHOP)
    phone.expect_words("Catalogue 2")
    phone.context.set_offline(True)
    capture_in_the_home(phone, photos)
    agreed = agree(phone)
    phone.kill()

    phone.switch_on(offline=True)
    phone.unlock()
    phone.page.locator("a.entry", has_text=CUSTOMER["Name"]).click()
    phone.to_quote()
    assert total(phone) == agreed
    phone.complete()
    mailbox = Mailbox(demo.mailbox)
    assert not mailbox.to(CUSTOMER["Email"])
    mailbox.clear()  # of what the house wrote to its people meanwhile

    phone.context.set_offline(False)
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(2)) == 2
    check_mails(mailbox, agreed)
    assert not [name for name, value in planted_values().items() if value in demo.every_byte()]
    phone.switch_off()
    browser.close()


def check_mails(mailbox: Mailbox, agreed: str) -> None:
    """One mail each: the Customer's quote, and for the shop the same quote, a worksheet and the job file."""
    customer, shop = mailbox.to(CUSTOMER["Email"]), mailbox.to(SHOP)
    assert (len(customer), len(shop)) == (1, 1)
    body = customer[0].get_body(("plain",))
    assert body is not None
    assert agreed in body.get_content()
    theirs, ours = attachments(customer[0]), attachments(shop[0])
    quote = next(name for name in theirs if name.endswith(".pdf"))
    assert hashlib.sha256(theirs[quote]).digest() == hashlib.sha256(ours[quote]).digest()
    assert sorted(name.rpartition(".")[2] for name in ours) == ["allonce", "pdf", "pdf"]
    job_file = next(data for name, data in ours.items() if name.endswith(".allonce"))
    assert not [name for name, value in planted_values().items() if value in job_file]


def test_the_demo_starts_again_with_what_it_held(tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    folder.mkdir()
    demo = Demo(folder)
    for _start in range(2):
        with demo.running():
            assert demo.address
