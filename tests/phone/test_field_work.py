"""A surveyor's day: everything is captured without network, survives a killed browser, and goes out once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from playwright.sync_api import expect

from allonce.pricing import price_quote
from allonce.pricing.types import Catalogue, Quote
from tests.live.catalogue import catalogue
from tests.live.installation import LiveInstallation
from tests.phone.account_key import read_job_file
from tests.phone.driver import Phone
from tests.phone.mails import Mailbox, attachments

pytestmark = [pytest.mark.real, pytest.mark.django_db]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a phone's camera makes it: large, and with the place it was taken at."""
    exif = Image.Exif()
    exif[0x010E] = "PLANTED-CAMERA-NOTE"
    path = tmp_path / "window.jpg"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(path, exif=exif)
    return path


def capture_everything(phone: Phone, photo: Path) -> None:
    """Two rooms, a copy, an alternative, a photo, a sketch, notes, discount, deposit and signature."""
    phone.whole_quote()
    phone.to_windows()
    phone.page.locator("a.entry", has_text="Window 1").click()
    phone.page.get_by_label("Scalloped").check()
    phone.page.locator("input[type=file]").set_input_files(photo)
    expect(phone.page.locator(".thumb img")).to_be_visible()
    phone.page.get_by_label("Notes for this window").fill("Steel lintel")
    draw_sketch(phone)
    copy_to_new_room(phone)
    phone.button("Alternative").click()
    phone.sheet.locator("button.entry", has_text="Venetian blind").click()
    phone.page.get_by_text("As measured", exact=True).click()
    phone.to_quote()
    phone.page.get_by_role("group", name="Discount").get_by_text("Percent").click()
    phone.page.get_by_label("Discount in percent").fill("5")
    phone.sign()


def draw_sketch(phone: Phone) -> None:
    phone.button("Sketch").click()
    box = phone.sheet.locator("canvas").bounding_box()
    assert box
    phone.page.mouse.move(box["x"] + 50, box["y"] + 50)
    phone.page.mouse.down()
    phone.page.mouse.move(box["x"] + 150, box["y"] + 120, steps=5)
    phone.page.mouse.up()
    phone.sheet.get_by_role("button", name="Done").click()


def copy_to_new_room(phone: Phone) -> None:
    phone.back()
    phone.button("Add a room").click()
    phone.sheet.get_by_role("button", name="Kitchen").click()
    phone.page.locator("a.entry", has_text="Window 1").click()
    phone.button("More about this window").click()
    phone.sheet.get_by_role("button", name="Kitchen").click()
    phone.back()


def total(phone: Phone) -> str:
    return phone.page.locator("tr.sum").first.inner_text().split()[-1]


def expect_everything(job: dict[str, Any], shown: str) -> None:
    """What was captured stands in the job, and the server's own engine comes to the same price."""
    assert (job["customer"]["name"], job["signature"]["name"]) == ("Margaret Ashworth", "Margaret Ashworth")
    assert [room["name"] for room in job["rooms"]] == ["Living room", "Kitchen"]
    assert (len(job["photos"]), len(job["sketches"]), len(job["proposals"])) == (1, 1, 2)
    [chosen] = [one for one in job["proposals"] if one["id"] == job["chosen"]]
    assert [(item["width"], item["drop"]) for item in chosen["items"]] == [(1130, 1450)] * 2
    assert all(item["choices"]["g_edge"] == {"e_scallop": 1} for item in chosen["items"])
    assert chosen["items"][0]["notes"] == "Steel lintel"
    asked = {"items": chosen["items"], "max_discount_bp": 1000} | {
        name: job[name] for name in ("date", "discount", "deposit")
    }
    priced = price_quote(cast(Catalogue, catalogue()), cast(Quote, asked))
    assert f"£{priced['total'] / 100:.2f}" == shown


@pytest.mark.promise("MOBILE-CAPTURE")
def test_a_quote_is_captured_without_network_survives_a_kill_and_is_sent_once(
    phone: Phone, photo: Path, mailbox: Mailbox, live_installation: LiveInstallation, tmp_path: Path
) -> None:
    phone.context.set_offline(True)
    capture_everything(phone, photo)
    before = total(phone)
    phone.kill()

    phone.switch_on(offline=True)
    phone.unlock()
    phone.page.locator("a.entry", has_text="Margaret Ashworth").click()
    expect(phone.page.locator("a.entry", has_text="Window 1")).to_have_count(2)
    phone.to_quote()
    assert total(phone) == before
    phone.expect_words("Signed by Margaret Ashworth")
    phone.complete()
    phone.expect_words("It stays on this phone until every mail was accepted.")
    assert not mailbox.letters()

    phone.context.set_offline(False)
    expect(phone.page.get_by_text("On its way to the customer")).to_be_visible(timeout=60_000)
    letters = mailbox.wait_for(2)
    assert sorted(str(letter["To"]) for letter in letters) == ["hello@live.example", "margaret@customer.example"]
    shop = attachments(next(letter for letter in letters if "live" in str(letter["To"])))
    assert sum(name.endswith(".pdf") for name in shop) == 2
    file = tmp_path / "job.allonce"
    [file_bytes] = [data for name, data in shop.items() if name.endswith(".allonce")]
    file.write_bytes(file_bytes)
    expect_everything(read_job_file(file, live_installation), before)


@pytest.mark.promise("MOBILE-CAPTURE")
def test_the_rules_limits_and_prices_of_the_catalogue_hold_offline(phone: Phone) -> None:
    phone.context.set_offline(True)
    phone.start_quote()
    phone.to_windows()
    phone.add_window()
    phone.choose_cloth("Roller blind", "Cedar", "Teak")
    phone.measure(590, 900)
    expect(phone.page.get_by_label("Battery motor")).to_be_disabled()
    phone.expect_words("The motor needs a width of 600 mm.")
    phone.measure(1800, 900)
    phone.expect_words("Width 1800 mm is above this range's largest of 1500 mm.")
    phone.measure(1130, 1450)
    expect(phone.page.get_by_label("Battery motor")).to_be_enabled()
    phone.page.get_by_label("Scalloped").check()
    expect(phone.page.locator(".price .figure")).to_have_text("£88.95")
    phone.page.locator(".price").click()
    expect(phone.sheet.locator("tr.sum")).to_contain_text("£88.95")


def test_a_discount_beyond_what_the_user_may_give_stops_the_quote(phone: Phone) -> None:
    phone.whole_quote()
    phone.page.get_by_role("group", name="Discount").get_by_text("Percent").click()
    phone.page.get_by_label("Discount in percent").fill("11")
    phone.button("Mark complete").click()
    phone.expect_words("The discount is more than you may give.")


def test_an_unfinished_window_is_told_on_the_quote_and_named_before_it_is_sent(phone: Phone) -> None:
    phone.whole_quote()
    phone.to_windows()
    phone.add_window()
    phone.back()
    phone.to_quote()
    expect(phone.page.locator("tr.sum").first).to_contain_text("Total so far")
    expect(phone.page.get_by_role("link", name="1 window is unfinished.")).to_be_visible()
    phone.button("Mark complete").click()
    phone.page.get_by_role("link", name="Living room, Window 2: Enter a width.").click()
    expect(phone.page.get_by_role("heading", name="Window 2")).to_be_visible()


def test_a_signature_is_for_one_sum_and_goes_when_the_sum_changes(phone: Phone) -> None:
    phone.whole_quote()
    phone.sign()
    phone.expect_words("Signed by Margaret Ashworth")
    phone.page.get_by_role("group", name="Discount").get_by_text("Percent").click()
    phone.expect_words("Signed by Margaret Ashworth")
    phone.page.get_by_label("Discount in percent").fill("5")
    phone.expect_words("the signature was taken off")
    phone.expect_words("Not signed")
    phone.button("Undo").click()
    phone.expect_words("Signed by Margaret Ashworth")


def test_the_customer_is_shown_rooms_sums_and_choices_and_no_other_customer(phone: Phone) -> None:
    phone.start_quote("Another Customer")
    phone.home()
    phone.whole_quote()
    phone.to_windows()
    phone.button("Alternative").click()
    phone.sheet.locator("button.entry", has_text="Venetian blind").click()
    phone.page.locator("main a.entry", has_text="Window 1").click()
    phone.page.locator(".picker", has_text="Range").click()
    phone.sheet.locator("button.entry", has_text="Aluminium 25").click()
    phone.sheet.locator("button.colour", has_text="Silver").click()
    phone.back()
    phone.page.set_viewport_size({"width": 1440, "height": 900})
    phone.page.get_by_text("As measured", exact=True).click()
    phone.to_quote()
    phone.button("Show").click()
    paper = phone.page.locator(".paper")
    for words in ("Live Blinds", "Quote for Margaret Ashworth", "Living room", "VAT 20%", "Your choices", "This quote"):
        expect(paper).to_contain_text(words)
    expect(paper.get_by_role("button")).to_have_count(0)
    expect(phone.page.get_by_text("Another Customer")).to_have_count(0)


@pytest.mark.promise("MOBILE-LOCAL-STORE")
def test_what_was_typed_last_is_there_after_a_kill_at_any_moment(phone: Phone) -> None:
    phone.start_quote(name="Kill 0")
    for round_number in range(1, 4):
        phone.page.get_by_label("Name", exact=True).fill(f"Kill {round_number}")
        phone.page.wait_for_timeout(150)
        phone.kill()
        phone.switch_on(offline=True)
        phone.unlock()
        phone.page.locator("a.entry", has_text=f"Kill {round_number}").click()
        phone.page.get_by_role("link", name="Customer", exact=True).click()


def test_prices_of_an_open_quote_stay_until_a_person_takes_the_new_ones(
    phone: Phone, live_installation: LiveInstallation
) -> None:
    phone.whole_quote()
    expect(phone.page.locator("tr.sum").first).to_contain_text("£82.95")
    live_installation.scene("scene.publish_dearer(1000)")
    try:
        phone.home()
        phone.button("Check now").click()
        phone.expect_words("Catalogue 2, checked")
        phone.page.locator("a.entry", has_text="Margaret Ashworth").click()
        phone.to_quote()
        phone.expect_words("This quote keeps the prices of catalogue 1.")
        expect(phone.page.locator("tr.sum").first).to_contain_text("£82.95")
        phone.button("See what would change").click()
        expect(phone.sheet.locator("tr.sum")).to_contain_text("£82.95 → £92.95")
        phone.sheet.get_by_role("button", name="Use the new prices").click()
        expect(phone.page.locator("tr.sum").first).to_contain_text("£92.95")
    finally:
        live_installation.scene("scene.publish_dearer(0)")


def test_a_job_that_was_sent_can_be_revised_and_sent_again(
    phone: Phone, mailbox: Mailbox, new_phone: Callable[[], Phone]
) -> None:
    phone.whole_quote()
    phone.complete()
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(2)) == 2
    phone.button("Revise").click()
    phone.to_quote()
    phone.complete()
    phone.expect_words("revision 2")
    phone.expect_words("On its way to the customer")
    assert len(mailbox.wait_for(4)) == 4


def test_an_order_below_the_minimum_is_completed_only_knowingly(phone: Phone, mailbox: Mailbox) -> None:
    phone.start_quote()
    phone.to_windows()
    phone.add_window()
    phone.choose_cloth("Roller blind", "Cedar", "Teak")
    phone.measure(550, 750)
    phone.back()
    phone.to_quote()
    phone.context.set_offline(True)
    phone.button("Mark complete").click()
    expect(phone.sheet).to_contain_text("Goods of £39.95 are below the minimum order of £45.00.")
    phone.sheet.get_by_role("button", name="Back to the quote").click()
    expect(phone.page.get_by_text("Completed ")).to_be_hidden()
    phone.button("Mark complete").click()
    phone.sheet.get_by_role("button", name="Complete it all the same").click()
    phone.expect_words("Completed ")
    phone.context.set_offline(False)
    letters = mailbox.wait_for(2)
    told = [part.get_content() for letter in letters if (part := letter.get_body(("plain",)))]
    assert sum("below your minimum order of £45.00" in text for text in told) == 1


def test_whoever_signs_is_told_where_and_can_clear_it(phone: Phone) -> None:
    phone.whole_quote()
    phone.page.get_by_role("link", name="Signature").click()
    hint, clear = phone.page.get_by_text("Sign here with a finger"), phone.button("Clear")
    expect(hint).to_be_visible()
    expect(clear).to_be_disabled()
    phone.back()
    phone.sign()
    phone.expect_words("Signed by Margaret Ashworth")
    phone.page.get_by_role("link", name="Signature").click()
    expect(hint).to_be_hidden()
    clear.click()
    expect(hint).to_be_visible()
    phone.back()
    phone.expect_words("Not signed")


def test_the_phone_says_where_the_shops_key_is_renewed(phone: Phone) -> None:
    phone.page.evaluate("location.hash = '#/settings'")
    phone.expect_words("renewed in the office only, in Setup, Keys and recovery")
