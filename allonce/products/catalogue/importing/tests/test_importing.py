"""An import from the upload to the Catalogue's draft, and all the way back."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from allonce.kernel import clock
from allonce.kernel.accounts.devices.tests.scene import PASSWORD, Shop, make_shop
from allonce.kernel.errors import NotFound
from allonce.products.catalogue.draft import products, ranges, tables
from allonce.products.catalogue.importing import services
from allonce.products.catalogue.importing.contents import NotReady
from allonce.products.catalogue.importing.export import write_workbook
from allonce.products.catalogue.importing.housekeeping import forget_old_imports
from allonce.products.catalogue.importing.models import SheetImport
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.reading import read_file, read_pasted
from allonce.products.catalogue.importing.reading_of import Reading
from allonce.products.catalogue.importing.screens.downloads import exported
from allonce.products.catalogue.importing.tax import clashes
from allonce.products.catalogue.importing.tests.files import big_ranges, xlsx
from allonce.products.catalogue.services.cells import set_cells
from allonce.products.catalogue.services.editing import Unusable, draft_of
from allonce.products.catalogue.services.products import create_product, need_product
from allonce.products.catalogue.services.tables import TableContent, replace_table

pytestmark = pytest.mark.django_db

PLAIN = "PRICE BAND A\nDrop / Width (mm)\t600\t800\n1000\t£20\t£21\n1200\t£22\tPOA\n"
RANGES = "Range\tColour\tBand\tMax Width\nCedar\tTeak\tA\t1500\nCedar\tAsh\tA\t1500\n"


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def product(shop: Shop) -> str:
    return create_product(shop.access, "Roller", "roller")


def _begin(shop: Shop, product: str, text: str = PLAIN) -> SheetImport:
    return services.begin(shop.access, product, read_pasted(text), "")


def _table(shop: Shop, product: str, band: str = "A") -> dict[str, Any]:
    draft = draft_of(shop.access)
    found = next(each for each in need_product(draft, product)["bands"] if each["name"] == band)
    table = tables.read_table(draft, found["table"])
    assert table
    return table


@pytest.mark.promise("SETUP-CATALOGUE")
def test_an_accepted_import_stands_in_the_draft(shop: Shop, product: str) -> None:
    draft = services.accept(shop.access, _begin(shop, product).pk, looked=False)
    table = _table(shop, product)
    assert (table["widths"], table["drops"]) == ([600, 800], [1000, 1200])
    assert table["rows"] == [[2000, 2100], [2200, None]]
    assert draft.counts == {"tables": 1, "prices": 3, "ranges": 0}
    assert bytes(draft.cells) == b""


def test_tables_and_ranges_come_together_or_not_at_all(shop: Shop, product: str) -> None:
    services.accept(shop.access, _begin(shop, product, f"{PLAIN}\n\n\n{RANGES}").pk, looked=True)
    rows = ranges.read_ranges(draft_of(shop.access), product)
    assert {row["colour"] for row in rows} == {"Teak", "Ash"}
    strange = PLAIN.replace("BAND A", "BAND B") + "\n\n\n" + RANGES.replace("A\t1500", "Z\t1500")
    unknown = _begin(shop, product, strange)
    with pytest.raises(Unusable) as refused:
        services.accept(shop.access, unknown.pk, looked=True)
    assert "Z" in refused.value.fields["band"]
    assert [band["name"] for band in need_product(draft_of(shop.access), product)["bands"]] == ["A"]


def test_undo_restores_the_former_tables(shop: Shop, product: str) -> None:
    services.accept(shop.access, _begin(shop, product).pk, looked=False)
    before = _table(shop, product)
    second = _begin(shop, product, PLAIN.replace("£20", "£19"))
    services.accept(shop.access, second.pk, looked=False)
    assert _table(shop, product)["rows"][0][0] == 1900
    services.undo_import(shop.access, second.pk)
    assert _table(shop, product) == before


def test_undo_never_overwrites_a_later_edit(shop: Shop, product: str) -> None:
    draft = services.accept(shop.access, _begin(shop, product).pk, looked=False)
    set_cells(shop.access, _table(shop, product)["id"], 0, 0, [[9999]])
    with pytest.raises(services.ImportChanged):
        services.undo_import(shop.access, draft.pk)
    assert _table(shop, product)["rows"][0][0] == 9999


def test_doubts_must_be_looked_at_and_errors_mended(shop: Shop, product: str) -> None:
    doubtful = _begin(shop, product, PLAIN.replace("£22", "£2"))
    with pytest.raises(NotReady):
        services.accept(shop.access, doubtful.pk, looked=False)
    wrong = _begin(shop, product, PLAIN.replace("1200", "1000"))
    with pytest.raises(NotReady):
        services.accept(shop.access, wrong.pk, looked=True)


def test_a_correction_and_a_confirmation_settle_doubts(shop: Shop, product: str) -> None:
    draft = _begin(shop, product, PLAIN.replace("£22", "£2l"))
    services.correct(shop.access, draft.pk, 0, (3, 1), "£22")
    assert not services.read_own(shop.access, services.own_import(shop.access, draft.pk)).proposal.doubtful
    other = _begin(shop, product, PLAIN.replace("£22", "£19"))
    services.confirm(shop.access, other.pk, ["0:3:1"])
    services.accept(shop.access, other.pk, looked=False)
    assert _table(shop, product)["rows"][1][0] == 1900


@pytest.mark.promise("SETUP-CATALOGUE")
def test_suppliers_addresses_are_never_kept(shop: Shop, product: str) -> None:
    draft = _begin(shop, product, f"Sales: sales@supplier.example\tTel 020 7946 0018\n{PLAIN}")
    assert draft.left_out == 2
    sheets = services.read_own(shop.access, draft).sheets
    assert not any("supplier" in cell.text or "7946" in cell.text for sheet in sheets for cell in sheet.cells.values())


@pytest.mark.promise("SEC-TENANCY")
def test_another_shop_sees_nothing_of_an_import(shop: Shop, product: str) -> None:
    draft = _begin(shop, product)
    stranger = make_shop("other@shop.example", "XX")
    acts: list[Callable[[], object]] = [
        lambda: services.own_import(stranger.access, draft.pk),
        lambda: services.answer(stranger.access, draft.pk, "units", "cm"),
        lambda: services.discard(stranger.access, draft.pk),
        lambda: services.accept(stranger.access, draft.pk, looked=True),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    draft.refresh_from_db()
    assert draft.answers == {}


def test_drafts_expire(shop: Shop, product: str) -> None:
    _begin(shop, product)
    with clock.travel(clock.now() + timedelta(days=6)):
        forget_old_imports()
        assert SheetImport.objects.count() == 1
    with clock.travel(clock.now() + timedelta(days=8)):
        forget_old_imports()
        assert SheetImport.objects.count() == 0


@pytest.mark.promise("SETUP-CATALOGUE")
def test_a_catalogue_exported_imports_back_identically(shop: Shop, product: str) -> None:
    services.accept(shop.access, _begin(shop, product, f"{PLAIN}\n\n\n{RANGES}").pk, looked=True)
    standing = draft_of(shop.access)
    whole = [exported(standing, one) for one in products.list_products(standing)]
    proposal = propose(read_file(write_workbook(whole, "GBP"), "x.xlsx").sheets, home="GBP")
    assert [list(line) for line in proposal.grids[0].prices] == _table(shop, product)["rows"]
    assert {(row.colour, row.band, row.max_width) for row in proposal.ranges[0].rows} == {
        ("Teak", "A", 1500),
        ("Ash", "A", 1500),
    }


AREA = "Band\tPrice per m2\tMin price\tMin size\nA\t40\t50\t1000 x 1800\n"
CURTAINS = "Band A\nDrop (cm)\t1 width\t2 widths\n100\t20\t40\n150\t30\t50\n"


def test_prices_by_area_stand_in_the_draft_and_keep_what_no_sheet_tells(shop: Shop) -> None:
    product = create_product(shop.access, "Oak floor", "flooring")
    services.accept(shop.access, _begin(shop, product, AREA).pk, looked=False)
    table = _table(shop, product)
    assert {key: table[key] for key in ("kind", "per_m2", "minimum_price", "min_width", "min_drop")} == {
        "kind": "area", "per_m2": 4000, "minimum_price": 5000, "min_width": 1000, "min_drop": 1800,
    }  # fmt: skip
    replace_table(shop.access, table["id"], TableContent("area", figures={"per_m2": 1, "waste_bp": 1000}))
    services.accept(shop.access, _begin(shop, product, AREA.replace("40", "42")).pk, looked=False)
    assert (_table(shop, product)["per_m2"], _table(shop, product)["waste_bp"]) == (4200, 1000)


def test_curtains_take_tables_of_counted_widths_and_no_measured_ones(shop: Shop) -> None:
    curtains = create_product(shop.access, "Curtains", "curtain")
    services.accept(shop.access, _begin(shop, curtains, CURTAINS).pk, looked=False)
    table = _table(shop, curtains)
    assert (table["kind"], table["widths"], table["drops"]) == ("widths_drop", [1, 2], [1000, 1500])
    with pytest.raises(NotReady):
        services.accept(shop.access, _begin(shop, curtains).pk, looked=True)


def test_blinds_take_no_tables_of_counted_widths(shop: Shop, product: str) -> None:
    with pytest.raises(NotReady):
        services.accept(shop.access, _begin(shop, product, CURTAINS).pk, looked=True)


def test_a_product_without_prices_is_priced_as_its_first_sheet_says_until_that_is_taken_back(shop: Shop) -> None:
    product = create_product(shop.access, "Something", "other")
    draft = services.accept(shop.access, _begin(shop, product, AREA).pk, looked=False)
    assert need_product(draft_of(shop.access), product)["method"] == "area"
    with pytest.raises(NotReady):
        services.accept(shop.access, _begin(shop, product).pk, looked=True)
    services.undo_import(shop.access, draft.pk)
    assert need_product(draft_of(shop.access), product)["method"] == "grid"


def test_the_screens_show_what_kind_of_price_was_found(shop: Shop) -> None:
    product = create_product(shop.access, "Something", "other")
    client = _office(shop)
    page = client.get(reverse("catalogue:import_look", args=[_begin(shop, product, AREA).pk])).content
    assert (
        b"Price per m\xc2\xb2" in page and b"Smallest width charged" in page and b"From now on it is priced by" in page
    )
    curtains = create_product(shop.access, "Curtains", "curtain")
    page = client.get(reverse("catalogue:import_look", args=[_begin(shop, curtains, CURTAINS).pk])).content
    assert b"Widths of fabric" in page


def test_a_list_is_shown_and_taken_over(shop: Shop, product: str) -> None:
    text = "Width (mm)\tDrop (mm)\tBand A\n600\t1000\t20\n600\t1200\t22\n800\t1200\t23\n"
    client = _office(shop)
    page = reverse("catalogue:import_look", args=[_begin(shop, product, text).pk])
    assert b"This size is not in the list" in client.get(page).content
    assert "HX-Redirect" not in client.post(f"{page}accept/").headers
    assert "HX-Redirect" in client.post(f"{page}accept/", {"looked": "yes"}).headers
    assert _table(shop, product)["rows"] == [[2000, None], [2200, 2300]]


def _office(shop: Shop) -> Client:
    client = Client()
    signed_in = client.post(reverse("accounts:sign_in"), {"email": "owner-hello@shop.example", "password": PASSWORD})
    assert signed_in.status_code == 302
    return client


def _upload(client: Client, product: str, data: bytes, name: str = "prices.xlsx") -> Any:
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("catalogue:import"), {"product": product, "file": file}, headers={"HX-Request": "true"})


def test_the_walk_through_the_screens(shop: Shop, product: str) -> None:
    client = _office(shop)
    page = _upload(client, product, xlsx()).headers["HX-Redirect"]
    assert b"PRICE BAND A" in client.get(page).content
    said = client.post(f"{page}say/", {"question": "orientation", "answer": "down"}).content
    assert b"Drops across, widths down" in said
    client.post(f"{page}say/", {"question": "orientation", "answer": "across"})
    client.post(f"{page}say/", {"cell": "0:2:1", "text": "19.50"})
    assert "HX-Redirect" in client.post(f"{page}accept/").headers
    assert _table(shop, product)["rows"][0][0] == 1950
    assert b"Take the whole import back" in client.get(page).content
    assert client.post(f"{page}undo/").status_code == 302
    assert need_product(draft_of(shop.access), product)["bands"] == []
    for name in ("export_catalogue",):
        assert client.get(reverse(f"catalogue:{name}")).content.startswith(b"PK")


def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(shop: Shop, product: str) -> None:
    client = _office(shop)
    answer = _upload(client, product, b"%PDF-1.7", "prices.pdf")
    assert b"This is not a spreadsheet" in answer.content
    assert SheetImport.objects.count() == 0


def test_two_thousand_ranges_are_shown_and_taken_over(shop: Shop, product: str) -> None:
    client = _office(shop)
    services.accept(shop.access, _begin(shop, product).pk, looked=False)
    rows = [[*row[:2], "A" if index else row[2], *row[3:]] for index, row in enumerate(big_ranges(2_000))]
    page = _upload(client, product, xlsx(rows)).headers["HX-Redirect"]
    assert b"2,000 ranges and colours" in client.get(page).content
    client.post(f"{page}accept/", {"looked": "yes"})
    assert len(ranges.read_ranges(draft_of(shop.access), product)) == 2_000


WITHOUT_VAT = "Trade prices excluding VAT\n" + PLAIN


def test_a_fresh_product_from_a_sheet_without_vat_is_not_sold_as_if_it_held_vat(shop: Shop, product: str) -> None:
    draft = services.accept(shop.access, _begin(shop, product, WITHOUT_VAT).pk, looked=True)
    assert need_product(draft_of(shop.access), product)["cost"]["basis"] == "cost"
    services.undo_import(shop.access, draft.pk)
    assert "cost" not in need_product(draft_of(shop.access), product)


def test_a_product_with_prices_is_not_repriced_by_a_sheet_but_the_disagreement_is_told(
    shop: Shop, product: str
) -> None:
    services.accept(shop.access, _begin(shop, product).pk, looked=False)
    begun = _begin(shop, product, WITHOUT_VAT)
    assert clashes(need_product(draft_of(shop.access), product), {"prices_include_tax": True}, _reading(shop, begun))
    with pytest.raises(NotReady, match="disagree on VAT"):
        services.accept(shop.access, begun.pk, looked=True)
    address, office = f"/setup/import/{begun.pk}/accept/", _office(shop)
    told = office.post(address, {"looked": "yes"}).content.decode()
    assert "disagree on VAT. Settle it" in told.split("import-accept")[1], "not beside the button"
    assert "HX-Redirect" in office.post(address, {"looked": "yes", "tax_meant": "yes"}).headers
    assert "cost" not in need_product(draft_of(shop.access), product)


def test_a_limit_with_one_end_says_which_end_it_is(shop: Shop, product: str) -> None:
    client = _office(shop)
    sheet = "Range\tColour\tBand\tMax width\tMin drop\nCedar\tTeak\tA\t1500\t300\nCedar\tOak\tA\t1500\t300\n"
    page = client.get(f"/setup/import/{_begin(shop, product, sheet).pk}/").content.decode()
    assert "up to 1500" in page
    assert "from 300" in page


def _reading(shop: Shop, draft: SheetImport) -> Reading:
    return services.read_own(shop.access, draft)
