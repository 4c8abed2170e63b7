"""A visit to a Customer's home: what the surveyor does on the phone, without network."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.phone.driver import Phone

SHOP = "hello@harbourblinds.example"
CUSTOMER = {
    "Name": "Wilhelmina Featherstonehaugh",
    "Email": "wilhelmina@featherstonehaugh.example",
    "Phone": "01632 960 774",
    "Address": "17 Quillfeather Mews\nLittleport",
    "Postcode": "ZZ9 7QX",
}
FITTER_NOTE = "Beware of the parrot called Xanthippe"
WINDOWS = [
    ("Roller blind", 1130, 1450),
    ("Roller blind", 905, 1450),
    ("Venetian blind", 1210, 1050),
    ("Vertical blind", 1800, 2100),
    ("Roman blind", 1400, 1600),
    ("Curtains", 1600, 2200),
    ("Shutters", 1180, 1320),
]


def measure(phone: Phone, product: str, width: int, drop: int) -> None:
    """One window in the first fabric of the product, which the next window of its kind then has already."""
    phone.add_window()
    picker = phone.page.locator(".picker", has_text="Product")
    if product not in picker.inner_text():
        picker.click()
        phone.sheet.locator("button.entry", has_text=product).first.click()
        choose_first_colour(phone)
    phone.measure(width, drop)
    expect(phone.page.locator(".price .figure")).to_contain_text("£")
    phone.back()


def choose_first_colour(phone: Phone) -> None:
    """A product of one range goes straight to its colours."""
    heading = phone.sheet.get_by_role("heading").first
    expect(heading).not_to_have_text("Product")
    if heading.inner_text() == "Range":
        phone.sheet.locator("button.entry").first.click()
    phone.sheet.locator("button.colour").first.click()


def capture_in_the_home(phone: Phone, photos: list[Path]) -> None:
    """Everything that issue and trade ask of a visit, without network."""
    phone.start_quote(CUSTOMER["Name"], CUSTOMER["Email"])
    for field in ("Phone", "Address", "Postcode"):
        phone.page.get_by_label(field, exact=True).fill(CUSTOMER[field])
    phone.to_windows()
    for window in WINDOWS:
        measure(phone, *window)
    open_window(phone, 1)
    for photo in photos:
        phone.page.locator("input[type=file]").first.set_input_files(photo)
    expect(phone.page.locator(".thumb img")).to_have_count(2)
    draw_sketch(phone)
    phone.page.get_by_label("Notes for this window").fill(FITTER_NOTE)
    phone.button("More about this window").click()
    phone.sheet.get_by_role("button", name="In this room").click()
    phone.back()
    expect(phone.page.locator("a.entry", has_text=re.compile("^Window"))).to_have_count(len(WINDOWS) + 1)


def open_window(phone: Phone, number: int) -> None:
    phone.page.locator("a.entry", has_text=f"Window {number}").first.click()


def draw_sketch(phone: Phone) -> None:
    phone.button("Sketch").click()
    box = phone.sheet.locator("canvas").bounding_box()
    assert box
    phone.page.mouse.move(box["x"] + 40, box["y"] + 40)
    phone.page.mouse.down()
    phone.page.mouse.move(box["x"] + 160, box["y"] + 140, steps=6)
    phone.page.mouse.up()
    phone.sheet.get_by_role("button", name="Done").click()


def agree(phone: Phone) -> str:
    """An alternative to compare, a discount, the signature; returns the total as shown."""
    phone.button("Alternative").click()
    phone.sheet.locator("button.entry", has_text="Shutters").first.click()
    phone.page.get_by_text("As measured", exact=True).click()
    phone.to_quote()
    phone.page.get_by_role("group", name="Discount").get_by_text("Percent").click()
    phone.page.get_by_label("Discount in percent").fill("5")
    phone.sign()
    return total(phone)


def total(phone: Phone) -> str:
    return phone.page.locator("tr.sum").first.inner_text().split()[-1]
