"""A shop owner at work in Setup: prices tried and changed, sheets brought in, versions published and brought back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from allonce.products.catalogue import importing

pytestmark = pytest.mark.real
SHEETS = Path(importing.__file__).parent / "tests" / "data"
ROLLER, ROMAN = "/setup/product/p_roller/", "/setup/product/p_roman/"


def test_a_changed_mark_up_does_not_reach_the_trial_price_and_its_steps(owner: Page) -> None:
    owner.goto(ROLLER)
    trial = owner.locator("#trial")
    expect(trial.locator(".figure")).to_have_text("£96.95")
    owner.get_by_label("The tables hold").select_option(label="My supplier's list prices")
    owner.get_by_label("Then add").select_option(label="Mark-up on cost")
    owner.get_by_label("Mark-up or margin").fill("100")
    owner.get_by_role("button", name="Save in the draft").first.click()
    expect(owner.get_by_text("Saved in the draft.")).to_be_visible()
    # 81.50 less 55 % is 36.675, doubled 73.36, with 20 % VAT 88.03, up to 88.95; fitting 15.00.
    expect(trial.get_by_text(re.compile("Supplier's discount, 55 %"))).to_be_visible()
    expect(trial.get_by_text(re.compile("Mark-up, 100 %"))).to_be_visible()
    expect(trial.locator(".figure")).to_have_text("£103.95")
    trial.get_by_label("Pieces").fill("2")
    expect(trial.get_by_text("2 pieces at £88.95")).to_be_visible()


def test_cells_cannot_be_edited_by_keyboard_alone(owner: Page) -> None:
    owner.goto(f"{ROMAN}tables/")
    first = cell(owner, 0, 0)
    first.focus()
    for key in ("ArrowRight", "ArrowDown", "1", "2", "3", ".", "4", "5"):
        owner.keyboard.press(key)
    owner.keyboard.press("Enter")
    expect(cell(owner, 1, 1)).to_have_text("123.45")
    expect(cell(owner, 2, 1)).to_be_focused()
    owner.reload()
    expect(cell(owner, 1, 1)).to_have_text("123.45")


def test_cells_of_a_spreadsheet_cannot_be_pasted_into_the_grid(owner: Page) -> None:
    owner.goto(f"{ROMAN}tables/")
    cell(owner, 2, 2).focus()
    owner.evaluate("navigator.clipboard.writeText('201.00\\t202.00\\n211.00\\tPOA')")
    owner.keyboard.press("Control+v")
    expect(cell(owner, 3, 2)).to_have_text("211.00")
    owner.reload()
    expect(cell(owner, 2, 3)).to_have_text("202.00")
    expect(cell(owner, 3, 3)).to_have_class(re.compile("poa"))


def test_an_expired_session_loses_what_was_typed_without_a_word(owner: Page) -> None:
    owner.goto(f"{ROMAN}tables/")
    cell(owner, 0, 0).focus()
    owner.context.clear_cookies(name="sessionid")
    owner.keyboard.press("9")
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("link", name="Sign in again")).to_be_visible()


def test_a_suppliers_sheet_does_not_come_in_and_go_back_as_a_whole(owner: Page) -> None:
    read(owner, "roller_bands_stacked.xlsx")
    expect(owner.locator(".is-price").first).to_be_visible()
    expect(owner.get_by_label("Take over as band")).to_have_count(3)
    take_over(owner)
    expect(owner.get_by_text("345", exact=True)).to_be_visible()
    owner.get_by_role("button", name="Take the whole import back").click()
    expect(owner.get_by_text("Your prices are as they were before this import.").first).to_be_visible()


def test_pasted_cells_are_not_marked_where_they_are_doubtful(owner: Page) -> None:
    owner.goto("/setup/import/")
    owner.get_by_label("For which product?").select_option(label="Roller blind")
    copied = (SHEETS / "clipboard.tsv").read_text().replace("28.50", "2B.50")
    owner.get_by_label("Or paste cells").fill(copied)
    owner.get_by_role("button", name="Read the sheet").click()
    owner.wait_for_url(re.compile("/setup/import/.+/"))
    mark = owner.locator(".cell-mark").first
    mark.focus()
    expect(owner.locator("#import-reason")).to_contain_text("“2B.50” is no price that can be read.")
    owner.get_by_label("Text of cell C4").fill("28.50")
    owner.get_by_role("button", name="Change").first.click()
    expect(owner.locator(".cell-mark")).to_have_count(0)
    take_over(owner)
    owner.get_by_role("link", name="Look at what would be published").click()
    expect(owner.get_by_role("heading", name=re.compile("changes? since then"))).to_be_visible()


def test_a_published_version_cannot_be_compared_and_brought_back(owner: Page) -> None:
    owner.goto("/setup/product/p_vertical/")
    owner.get_by_label("Lowest price of one").fill("41.00")
    owner.get_by_role("button", name="Save in the draft").first.click()
    owner.goto("/setup/")
    owner.get_by_role("link", name=re.compile(r"^Publish \d+ changes?")).click()
    publish = owner.get_by_role("button", name=re.compile("Publish version"))
    number = int((publish.inner_text()).split()[-1])
    publish.click()
    expect(owner.get_by_text(f"Version {number} is published.")).to_be_visible()
    owner.get_by_role("link", name="Changes", exact=True).first.click()
    expect(owner.get_by_role("heading", name=f"From version {number - 1} to {number}")).to_be_visible()
    expect(owner.get_by_role("row", name=re.compile("Lowest price of one nothing 41.00"))).to_be_visible()
    owner.goto("/setup/publish/")
    owner.locator("[data-dialog='back-1']").click()
    owner.get_by_role("button", name="Bring version 1 back").click()
    expect(owner.get_by_text(f"Version {number + 1} is published. It is what version 1 was.")).to_be_visible()
    owner.goto("/setup/product/p_vertical/")
    expect(owner.get_by_label("Lowest price of one")).to_have_value("")


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(".price-grid tbody tr").nth(row).locator("td").nth(column)


def read(page: Page, sheet: str) -> None:
    page.goto("/setup/import/?product=p_roller")
    page.get_by_label("Choose a file, or drop it here").set_input_files(SHEETS / sheet)
    page.get_by_role("button", name="Read the sheet").click()
    page.wait_for_url(re.compile("/setup/import/.+/"))


def take_over(page: Page) -> None:
    looked = page.get_by_label("I looked at what is doubtful, and it is right.")
    if looked.count():
        looked.check()
    page.get_by_role("button", name="Take over into the draft").click()
    expect(page.get_by_role("link", name="Look at what would be published")).to_be_visible()


def test_a_changed_form_does_not_say_that_the_trial_price_is_the_saved_one(owner: Page) -> None:
    owner.goto(ROMAN)
    expect(owner.locator("#trial .figure")).to_be_visible()
    said = owner.get_by_text("Priced as last saved.")
    expect(said).to_be_hidden()
    owner.get_by_label("Lowest price of one").fill("99")
    expect(said).to_be_visible()
    owner.get_by_role("button", name="Save in the draft").first.click()
    expect(owner.get_by_text("Saved in the draft.")).to_be_visible()
    expect(said).to_be_hidden()


def test_mark_up_is_not_asked_only_where_it_counts(owner: Page) -> None:
    owner.goto("/setup/product/p_vertical/")
    basis, markup = owner.get_by_label("The tables hold"), owner.get_by_label("Mark-up or margin")
    basis.select_option(label="My supplier's list prices")
    expect(markup).to_be_visible()
    basis.select_option(label="My selling prices")
    expect(markup).to_be_hidden()
    expect(owner.get_by_text("The discount changes no price here")).to_be_visible()


def test_the_menus_last_entry_is_out_of_sight_on_a_laptop(owner: Page) -> None:
    owner.goto("/setup/")
    last = owner.locator(".office .office-nav").get_by_role("button", name="Sign out")
    expect(last).to_be_in_viewport(ratio=1)
    owner.set_viewport_size({"width": 1440, "height": 600})
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
