"""Each job goes out once, whatever the network, the relay and the server do meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.live.installation import LiveInstallation
from tests.phone.account_key import read_job_file, wrap_for_device
from tests.phone.driver import Phone
from tests.phone.mails import Mailbox, attachments

pytestmark = [pytest.mark.real, pytest.mark.django_db]

RELAY_IS_SLOW_MS = 60_000
BOUNCES_AFTER_MS = 4_000
QUEUE_LOOKS_AGAIN_MS = 12_000
POSTS = "**/api/mobile/v1/jobs/**"


@pytest.mark.promise("MOBILE-POST")
def test_an_answer_that_never_arrives_does_not_double_the_mails(phone: Phone, mailbox: Mailbox) -> None:
    lost: list[int] = []

    def lose_answer(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.fallback()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    phone.page.route(POSTS, lose_answer)
    phone.whole_quote()
    phone.complete()
    phone.expect_words("There was no answer. The job is safe here")
    assert lost == [200]
    phone.button("Send now").click()
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(2)) == 2


@pytest.mark.promise("MOBILE-POST")
def test_a_relay_that_is_down_keeps_the_job_on_the_phone_until_it_is_up(phone: Phone, mailbox: Mailbox) -> None:
    mailbox.switch_relay(on=False)
    try:
        phone.whole_quote()
        phone.complete()
        phone.expect_words("Nothing was lost")
    finally:
        mailbox.switch_relay(on=True)
    phone.button("Send now").click()
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(2)) == 2


LOSE_SIGHT = """
from allonce.products.quoting.models import Delivery
Delivery.objects.filter(role="customer").update(state="uncertain", reason="no_answer")
"""


@pytest.mark.promise("MOBILE-POST")
def test_a_mail_in_doubt_reads_so_and_only_a_person_sends_it_again(
    phone: Phone, mailbox: Mailbox, live_installation: LiveInstallation
) -> None:
    phone.whole_quote()
    phone.complete()
    phone.expect_words("On its way to the customer")
    live_installation.scene(LOSE_SIGHT)
    for _ in range(2):
        phone.home()
        phone.button("Check now").click()
        phone.page.get_by_role("tab", name="Attention").click()
        phone.page.locator("a.entry", has_text="Margaret Ashworth").click()
        phone.expect_words("May have been sent")
    assert len(mailbox.wait_for(2)) == 2
    phone.button("Send again").click()
    phone.sheet.get_by_role("button", name="Send again").click()
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(3)) == 3


def test_a_server_that_is_gone_and_comes_back_gets_the_job_by_itself(
    phone: Phone, mailbox: Mailbox, live_installation: LiveInstallation
) -> None:
    live_installation.stop()
    phone.whole_quote()
    phone.complete()
    phone.expect_words("There was no answer. The job is safe here")
    live_installation.start()
    expect(phone.page.get_by_text("On its way to the customer")).to_be_visible(timeout=60_000)
    assert len(mailbox.wait_for(2)) == 2


def test_a_refused_customer_is_shown_and_the_shop_still_gets_its_mail(phone: Phone, mailbox: Mailbox) -> None:
    phone.whole_quote(email="nobody@refuse.example")
    phone.complete()
    phone.expect_words("mail refused")
    phone.expect_words("On its way to the shop")
    assert [str(letter["To"]) for letter in mailbox.wait_for(1)] == ["hello@live.example"]
    phone.home()
    phone.page.get_by_role("tab", name="Attention").click()
    expect(phone.page.locator("a.entry", has_text="Margaret Ashworth")).to_be_visible()


def test_a_mail_that_may_have_been_sent_says_so_and_only_a_persons_tap_sends_it_again(
    phone: Phone, mailbox: Mailbox
) -> None:
    phone.whole_quote(email="mary@slow.example")
    phone.complete()
    mark = phone.page.locator("main .mark", has_text="May have been sent").first
    expect(mark).to_be_visible(timeout=RELAY_IS_SLOW_MS)
    before = len(mailbox.to("mary@slow.example"))
    phone.home()
    phone.button("Check now").click()
    phone.page.wait_for_timeout(QUEUE_LOOKS_AGAIN_MS)
    assert len(mailbox.to("mary@slow.example")) == before
    phone.page.get_by_role("tab", name="Attention").click()
    phone.page.locator("a.entry", has_text="Margaret Ashworth").click()
    phone.expect_words("may have it already")
    phone.button("Send again").click()
    expect(phone.sheet.get_by_text("may then have it twice")).to_be_visible()
    phone.sheet.get_by_role("button", name="Send again").click()
    expect(phone.button("Send again")).to_be_disabled()
    expect(phone.button("Send again")).to_be_enabled(timeout=RELAY_IS_SLOW_MS)
    expect(mark).to_be_visible()
    assert len(mailbox.to("mary@slow.example")) == before + 1


def test_a_mail_that_came_back_goes_to_a_corrected_address_with_the_signature_it_had(
    phone: Phone, mailbox: Mailbox
) -> None:
    phone.whole_quote(email="wrong@bounce.example")
    phone.sign()
    phone.complete()
    phone.expect_words("On its way to the customer")
    phone.page.wait_for_timeout(BOUNCES_AFTER_MS)
    phone.home()
    phone.button("Check now").click()
    phone.page.get_by_role("tab", name="Attention").click()
    phone.page.locator("a.entry", has_text="Margaret Ashworth").click()
    phone.button("Send again").click()
    phone.sheet.get_by_label("email").fill("right@customer.example")
    phone.sheet.get_by_role("button", name="Send to this address").click()
    phone.expect_words("revision 2")
    phone.expect_words("Customer: right@customer.example")
    phone.expect_words("On its way to the customer")
    assert len(mailbox.to("right@customer.example")) == 1
    assert len(mailbox.to("wrong@bounce.example")) == 1
    phone.button("Show").click()
    phone.expect_words("Signed by Margaret Ashworth")


def test_a_job_that_failed_without_network_goes_out_as_soon_as_there_is_one(phone: Phone, mailbox: Mailbox) -> None:
    phone.whole_quote()
    phone.context.set_offline(True)
    phone.complete()
    phone.expect_words("There was no answer. The job is safe here")
    phone.context.set_offline(False)
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(2)) == 2


@pytest.mark.promise("MOBILE-BOUNCE")
def test_a_mail_that_comes_back_is_shown_on_the_phone_and_only_a_person_sends_it_again(
    phone: Phone, mailbox: Mailbox
) -> None:
    phone.whole_quote(email="gone@bounce.example")
    phone.complete()
    phone.expect_words("On its way to the customer")
    phone.page.wait_for_timeout(BOUNCES_AFTER_MS)
    phone.home()
    phone.button("Check now").click()
    phone.page.get_by_role("tab", name="Attention").click()
    phone.page.locator("a.entry", has_text="Margaret Ashworth").click()
    phone.expect_words("mail came back")
    before = len(mailbox.letters())
    phone.button("Send again").click()
    phone.sheet.get_by_role("button", name="Send again").click()
    assert len(mailbox.wait_for(before + 1)) == before + 1


def test_a_job_file_opens_the_job_again_on_an_approved_colleagues_phone(
    phone: Phone,
    mailbox: Mailbox,
    live_installation: LiveInstallation,
    new_phone: Callable[[], Phone],
    tmp_path: Path,
) -> None:
    phone.whole_quote("Filed Away")
    phone.complete()
    letters = mailbox.wait_for(2)
    shop = attachments(next(letter for letter in letters if "live" in str(letter["To"])))
    file = tmp_path / "job.allonce"
    file.write_bytes(next(data for name, data in shop.items() if name.endswith(".allonce")))
    assert read_job_file(file, live_installation)["customer"]["name"] == "Filed Away"

    live_installation.scene("scene.free_user('AM')")
    other = new_phone()
    other.set_up("AM")
    wrap_for_device("AM", live_installation)
    other.button("Check now").click()
    expect(other.page.get_by_text("Waiting to be approved")).to_have_count(0)
    other.page.get_by_role("link", name="Settings").click()
    other.page.locator("input[accept='.allonce']").set_input_files(file)
    other.expect_words("Filed Away")
    other.button("Revise").click()
    expect(other.page.locator("a.entry", has_text="Window 1")).to_be_visible()


def test_an_approved_phone_approves_a_colleagues_phone(
    phone: Phone, live_installation: LiveInstallation, new_phone: Callable[[], Phone]
) -> None:
    wrap_for_device("JB", live_installation)
    phone.button("Check now").click()
    expect(phone.page.get_by_text("Waiting to be approved")).to_have_count(0)
    live_installation.scene("scene.free_user('AM')")
    other = new_phone()
    other.set_up("AM")
    other.page.get_by_text("Show the digits").click()
    digits = other.page.locator(".fingerprint").inner_text()

    phone.page.get_by_role("link", name="Settings").click()
    phone.page.get_by_role("link", name="Approve a phone").click()
    expect(phone.page.locator(".fingerprint")).to_have_text(digits)
    phone.button("Same digits: approve").click()
    phone.expect_words("No phone is waiting")
    other.button("Check now").click()
    expect(other.page.get_by_text("Waiting to be approved")).to_have_count(0)
