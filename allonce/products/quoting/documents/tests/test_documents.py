"""What the Customer and the fitter read."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from allonce.products.quoting.documents.contract import Brand, DocumentJob, Picture
from allonce.products.quoting.documents.fields import filled, unknown_fields
from allonce.products.quoting.documents.formats import day, length, money, share, size
from allonce.products.quoting.documents.letters import customer_pdf, render_letters, worksheet_pdf
from allonce.products.quoting.documents.pictures import UnreadablePicture, read_photo, signature_picture
from allonce.products.quoting.documents.sample import sample_document
from allonce.products.quoting.documents.store import UnreadableLogo, clean_logo
from allonce.products.quoting.documents.view import customer_view, worksheet_view

BRAND = Brand(name="Harbour Blinds", email="hello@harbourblinds.example", terms="Made to measure.")


@given(st.integers(-(10**12), 10**12))
def test_money_reads_back_to_the_same_pennies(minor: int) -> None:
    shown = money(minor, "GBP")
    assert int(re.sub(r"[^\d-]", "", shown)) == minor


def test_figures_read_as_people_write_them() -> None:
    assert money(123456, "GBP") == "£1,234.56"
    assert money(5, "CHF") == "0.05 CHF"
    assert money(1200, "JPY") == "1,200 JPY"
    assert day("2026-11-21") == "21 Nov 2026"
    assert size(1205, 1400, "cm") == "120.5 x 140 cm"
    assert length(1200, "inch") == "47 1/4"
    assert share(1750) == "17.5 %"


def test_a_product_without_size_shows_none() -> None:
    assert size(0, 0, "mm") == ""


def test_own_texts_fill_known_fields_and_keep_the_rest_visible() -> None:
    assert filled("Dear {customer}, {nonsense}", {"customer": "Ann"}) == "Dear Ann, {nonsense}"
    assert unknown_fields("{total} {nonsense}") == ["nonsense"]


def test_every_amount_of_the_quote_stands_in_the_customers_document() -> None:
    view = customer_view(sample_document(), BRAND)
    prices = [item["price"] for group in view["groups"] for item in group["items"]]
    assert prices == ["£94.95", "£124.95", "£94.95", "£87.95", "£186.95", "£314.00"]
    assert [row["value"] for row in view["sums"] if row["strong"]] == ["£928.75"]


def with_totals(**changed: object) -> DocumentJob:
    """The sample with other figures in its chosen proposal."""
    document = sample_document()
    chosen = document.job["chosen"]
    return DocumentJob(document.job, {**document.totals, chosen: {**document.totals[chosen], **changed}})


def test_a_charge_for_a_small_order_says_up_to_what() -> None:
    document = with_totals(goods=6000, item_discounts=500, quote_discount=500, minimum_charge=4500)
    shown = {row["label"]: row["value"] for row in customer_view(document, BRAND)["sums"]}
    assert shown["Up to the minimum order of £95.00"] == "£45.00"


def test_a_small_order_that_the_surveyor_took_is_told_to_the_shop_and_not_to_the_customer() -> None:
    params = {"goods": 5195, "minimum": 9500}
    problem = {"code": "below_minimum_order", "severity": "warning", "field": "items", "params": params}
    letters = render_letters(with_totals(problems=[problem]), BRAND)
    assert "Goods of £51.95 are below your minimum order of £95.00." in letters.shop.text
    assert "minimum" not in letters.customer.text
    assert "minimum" not in render_letters(sample_document(), BRAND).shop.text


def test_vat_is_shown_by_rate_with_net_and_total() -> None:
    view = customer_view(sample_document(), BRAND)
    assert view["taxes"] == [["20 %", "£773.96", "£154.79", "£928.75"]]


def test_the_worksheet_carries_no_price() -> None:
    view = worksheet_view(sample_document(), BRAND)
    assert "£" not in str(view)
    assert "sums" not in view


def test_a_note_on_a_window_reaches_the_fitter_and_not_the_customer() -> None:
    document = sample_document()
    proposal = document.job["proposals"][0]
    noted = [{**item, "notes": "Mind the parrot"} for item in proposal["items"]]
    job = {**document.job, "proposals": [{**proposal, "items": noted}]}
    told = DocumentJob(job, document.totals)
    assert "parrot" in str(worksheet_view(told, BRAND))
    assert "parrot" not in str(customer_view(told, BRAND))


def test_an_alternative_shows_its_difference() -> None:
    alternatives = customer_view(sample_document(), BRAND)["alternatives"]
    assert [(row["name"], row["difference"]) for row in alternatives] == [("Shutters", "+£252.00")]


@pytest.mark.parametrize("kind", ["quote", "order", "invoice"])
def test_each_kind_is_typeset_as_an_archivable_pdf(kind: str) -> None:
    pdf = customer_pdf(sample_document(kind), BRAND)
    assert pdf.startswith(b"%PDF")
    assert b"pdfaid" in pdf
    assert b"pdfuaid" in pdf


def test_markup_in_what_people_type_stays_text() -> None:
    document = sample_document()
    nasty = '#panic("no") *bold* \\ $x$ <b> "quoted" [x] // @ref'
    job = {
        **document.job,
        "customer": {**document.job["customer"], "name": nasty},
        "notes": {"customer": nasty, "fitter": nasty},
    }
    spoilt = DocumentJob(job, document.totals)
    assert customer_pdf(spoilt, BRAND).startswith(b"%PDF")
    assert worksheet_pdf(spoilt, BRAND).startswith(b"%PDF")
    assert "&lt;b&gt;" in render_letters(spoilt, BRAND).customer.html


def test_a_name_with_a_line_break_cannot_add_a_mail_header() -> None:
    document = sample_document()
    job = {**document.job, "customer": {**document.job["customer"], "name": "Ann\r\nBcc: thief@example.org"}}
    letters = render_letters(DocumentJob(job, document.totals), BRAND)
    assert "\n" not in letters.shop.subject
    assert "\r" not in letters.shop.subject


def test_the_mails_carry_what_the_promise_says() -> None:
    letters = render_letters(sample_document(), BRAND)
    assert [file.name for file in letters.customer.attachments] == ["AM-A-00012.pdf"]
    assert [file.name for file in letters.shop.attachments] == ["AM-A-00012.pdf", "AM-A-00012-worksheet.pdf"]
    assert letters.customer.attachments[0].content == letters.shop.attachments[0].content


def test_photos_are_printed_and_a_file_that_is_none_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(out, "JPEG")
    photo = read_photo(out.getvalue())
    document = sample_document()
    job = {**document.job, "photos": [{"id": "p1", "item": "i0", "caption": "Bay"}]}
    with_photo = worksheet_pdf(replace(document, job=job, photos={"p1": photo}), BRAND)
    assert len(with_photo) > len(worksheet_pdf(document, BRAND))
    with pytest.raises(UnreadablePicture):
        read_photo(b"%PDF-1.4 not a photo")


@pytest.mark.parametrize("path", ['"/><image href="/etc/passwd"', "M0 0 url(#x)", "M" + "0 0 " * 200_000])
def test_strokes_that_are_more_than_strokes_are_left_out(path: str) -> None:
    job = {"signature": {"svg_path": path, "width": 10, "height": 10, "name": "x", "at": "2026-11-21T10:00:00Z"}}
    assert signature_picture(job) == {}


def test_a_logo_is_encoded_afresh_and_anything_else_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (2000, 400), "teal").save(out, "JPEG", comment=b"secret words")
    logo = clean_logo(out.getvalue())
    assert logo.startswith(b"\x89PNG")
    assert b"secret" not in logo
    with pytest.raises(UnreadableLogo):
        clean_logo(b"<svg onload='x'/>")


def test_a_small_file_that_claims_a_huge_logo_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(UnreadableLogo):
        clean_logo(out.getvalue())


def test_a_logo_stands_in_the_document() -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 100), 50).save(out, "PNG")
    with_logo = replace(BRAND, logo=Picture(out.getvalue(), "image/png", 300, 100))
    assert len(customer_pdf(sample_document(), with_logo)) > len(customer_pdf(sample_document(), BRAND)) + 5000
