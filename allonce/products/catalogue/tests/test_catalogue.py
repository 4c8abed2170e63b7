import json
from io import BytesIO
from typing import Any, cast

import pytest
from PIL import Image

from allonce.kernel.accounts.devices.tests.scene import Shop
from allonce.kernel.errors import NotFound
from allonce.pricing import price_line
from allonce.pricing.types import Catalogue, Item
from allonce.products.catalogue.draft.tables import read_table
from allonce.products.catalogue.personal import PersonalData, what_is_personal
from allonce.products.catalogue.services import cells, extras, products, ranges, rules, settings, tables
from allonce.products.catalogue.services.editing import Unusable, draft_of
from allonce.products.catalogue.services.pictures import EDGE, set_picture, shrink
from allonce.products.catalogue.services.tables import TableContent
from allonce.products.catalogue.services.transfer import export_draft, import_draft
from allonce.products.catalogue.services.undo import TooLateToUndo, undo
from allonce.products.catalogue.tests.scene import draft_now, make_product, publish_now, table_of
from allonce.seams.catalogue import published_catalogue

pytestmark = pytest.mark.django_db


@pytest.mark.promise("SETUP-CATALOGUE")
@pytest.mark.parametrize(
    "text",
    [
        "Cedar, ask olivia@example.com",
        "Ring 020 7946 0958 to order",
        "For Mrs Patel",
        "12 High Street, Norwich",
        "Smith, 4 The Green, NR1 1AA",
    ],
)
def test_a_person_gets_into_the_catalogue(shop: Shop, text: str) -> None:
    product_id = make_product(shop.access)
    before = draft_now(shop.access)
    attempts: list[Any] = [
        lambda: products.create_product(shop.access, text, "roller"),
        lambda: ranges.save_row(shop.access, product_id, None, {"range": text, "colour": "Teak", "band": "A"}),
        lambda: extras.save_group(shop.access, product_id, None, {"name": text, "choose": "one", "required": False}),
        lambda: tables.create_table(shop.access, product_id, TableContent("piece", text, figures={"each": 100})),
        lambda: rules.save_rule(shop.access, product_id, None, rule_saying(text)),
        lambda: settings.add_tax_rate(shop.access, text, "2027-01-01", 2100),
    ]
    for attempt in attempts:
        with pytest.raises((PersonalData, Unusable)):
            attempt()
    assert draft_now(shop.access) == before


@pytest.mark.promise("SETUP-CATALOGUE")
@pytest.mark.parametrize("place", ["name", "range", "colour", "tax", "unknown"])
def test_a_person_gets_into_the_catalogue_by_a_file(shop: Shop, place: str) -> None:
    product_id = make_product(shop.access)
    before = draft_now(shop.access)
    file = file_with_a_person(export_draft(draft_of(shop.access)), product_id, place)
    with pytest.raises((PersonalData, Unusable)):
        import_draft(shop.access, json.dumps(file).encode())
    assert draft_now(shop.access) == before


def file_with_a_person(file: dict[str, Any], product_id: str, place: str) -> dict[str, Any]:
    product, who = file["products"][product_id], "Mrs Patel, olivia@example.com"
    if place == "range":
        product["ranges"][who] = product["ranges"].pop("Cedar")
    elif place == "colour":
        product["ranges"]["Cedar"][who] = product["ranges"]["Cedar"].pop("Teak")
    elif place == "tax":
        file["tax_rates"][who] = file["tax_rates"]["standard"]
    elif place == "unknown":
        product[who] = 1
    else:
        product["name"] = who
    return file


def rule_saying(text: str) -> dict[str, Any]:
    when = [{"field": "width", "op": "lt", "value": 600}]
    return {"when": when, "then": [{"do": "warn"}], "message": text}


@pytest.mark.promise("SETUP-CATALOGUE")
def test_a_published_product_lacks_its_prices_options_or_rules(shop: Shop) -> None:
    product_id = make_product(shop.access)
    group_id = extras.save_group(shop.access, product_id, None, {"name": "Motor", "choose": "one", "required": False})
    battery = {"name": "Battery", "pricing": {"method": "fixed", "amount": 12500}}
    extra_id = extras.save_extra(shop.access, product_id, group_id, None, battery)
    when = [{"field": "width", "op": "lt", "value": 900}]
    then = [{"do": "forbid", "group": group_id, "extra": extra_id}]
    rules.save_rule(shop.access, product_id, None, {"when": when, "then": then, "message": "Too narrow."})
    publish_now(shop.access)
    published = cast(Catalogue, published_catalogue(shop.account.id, 1))
    item = {"id": "i", "product": product_id, "range": "Cedar", "colour": "Teak", "drop": 1000, "quantity": 1}
    choices = {group_id: {extra_id: 1}}

    plain, motor, narrow = (
        price_line(published, cast(Item, item | {"width": width, "choices": chosen}), "2026-11-21")
        for width, chosen in ((1200, {}), (1200, choices), (800, choices))
    )

    assert (plain["total"], motor["total"] - plain["total"]) == (4200, 12500)
    assert not [problem for problem in motor["problems"] if problem["severity"] == "error"]
    assert "error" in [problem["severity"] for problem in narrow["problems"]]


@pytest.mark.promise("SETUP-CATALOGUE")
@pytest.mark.parametrize(
    "text",
    ["Roller 2400 x 3000", "RAL 9010", "B12 3AA", "Missouri Oak", "5012345678900", "Lane End Linen", "Ref 10-2011"],
)
def test_an_honest_product_text_is_refused(text: str) -> None:
    assert what_is_personal(text) is None


def test_a_deleted_product_comes_back_changed(shop: Shop) -> None:
    product_id = make_product(shop.access)
    before = draft_now(shop.access)
    step = products.delete_product(shop.access, product_id)
    assert product_id not in draft_now(shop.access)["products"]
    assert step is not None
    undo(shop.access, step.id)
    assert draft_now(shop.access) == before


def test_undo_overwrites_what_somebody_did_since(shop: Shop) -> None:
    product_id = make_product(shop.access)
    table_id = table_of(shop.access, product_id)
    step = cells.uplift(shop.access, [table_id], 1000)
    cells.set_cells(shop.access, table_id, 0, 0, [[1]])
    assert step is not None
    with pytest.raises(TooLateToUndo):
        undo(shop.access, step.id)


def test_a_copy_shares_its_tables_with_the_original(shop: Shop) -> None:
    product_id = make_product(shop.access)
    copy_id = products.copy_product(shop.access, product_id, "Copy")
    cells.set_cells(shop.access, table_of(shop.access, copy_id), 0, 0, [[1]])
    original = read_table(draft_of(shop.access), table_of(shop.access, product_id))
    assert original is not None
    assert original["rows"][0][0] == 3900


def test_an_uplift_loses_or_invents_a_penny(shop: Shop) -> None:
    assert [cells.raised(price, 500, 1) for price in (3990, 4410, 0)] == [4190, 4631, 0]
    assert cells.raised(4410, 500, 50) == 4650
    assert cells.raised(None, 500, 1) is None


def test_prices_leave_their_sizes_when_the_axes_change(shop: Shop) -> None:
    product_id = make_product(shop.access)
    table_id = table_of(shop.access, product_id)
    cells.set_axes(shop.access, table_id, [800, 1000, 1600], [1400])
    table = read_table(draft_of(shop.access), table_id)
    assert table is not None
    assert table["rows"] == [[4100, None, 5200]]


def test_a_crooked_table_is_kept(shop: Shop) -> None:
    product_id = make_product(shop.access)
    table_id = table_of(shop.access, product_id)
    crooked: list[TableContent] = [
        TableContent("grid", widths=[1000, 800], drops=[1000], rows=[[1, 2]]),
        TableContent("grid", widths=[800], drops=[1000], rows=[[1, 2]]),
        TableContent("grid", widths=[800], drops=[1000], rows=[[-1]]),
        TableContent("grid", widths=[], drops=[], rows=[]),
    ]
    for content in crooked:
        with pytest.raises(Unusable):
            tables.replace_table(shop.access, table_id, content)


def test_a_pasted_block_spills_over_the_table(shop: Shop) -> None:
    product_id = make_product(shop.access)
    table_id = table_of(shop.access, product_id)
    cells.set_cells(shop.access, table_id, 1, 2, [[1, 2], [3, 4]])
    table = read_table(draft_of(shop.access), table_id)
    assert table is not None
    assert table["rows"] == [[3900, 4200, None], [4100, 4400, 1]]


def test_a_missing_band_or_an_upside_down_limit_is_kept(shop: Shop) -> None:
    product_id = make_product(shop.access)
    for row in ({"band": "Z"}, {"band": "A", "min_width": 900, "max_width": 800}, {"band": "A", "max_drop": 0 - 5}):
        with pytest.raises(Unusable):
            ranges.save_row(shop.access, product_id, None, {"range": "Elm", "colour": "Pale"} | row)


def test_an_extra_that_a_rule_needs_is_deleted(shop: Shop) -> None:
    product_id = make_product(shop.access)
    group_id = extras.save_group(shop.access, product_id, None, {"name": "Motor", "choose": "one", "required": False})
    pricing = {"method": "fixed", "amount": 100}
    extra_id = extras.save_extra(shop.access, product_id, group_id, None, {"name": "Battery", "pricing": pricing})
    when = [{"field": "width", "op": "lt", "value": 600}]
    then = [{"do": "forbid", "group": group_id, "extra": extra_id}]
    rules.save_rule(shop.access, product_id, None, {"when": when, "then": then, "message": "Too narrow."})
    with pytest.raises(Unusable):
        extras.delete_extra(shop.access, product_id, group_id, extra_id)
    with pytest.raises(Unusable):
        extras.delete_group(shop.access, product_id, group_id)


def test_the_last_rate_of_a_tax_in_use_is_deleted(shop: Shop) -> None:
    make_product(shop.access)
    settings.add_tax_rate(shop.access, "standard", "2027-01-01", 2100)
    settings.delete_tax_rate(shop.access, "standard", "2027-01-01")
    with pytest.raises(Unusable):
        settings.delete_tax_rate(shop.access, "standard", "2011-01-04")


def test_an_uploaded_picture_keeps_its_size_or_metadata(shop: Shop) -> None:
    product_id = make_product(shop.access)
    upload = BytesIO()
    Image.new("RGB", (900, 600), "#336699").save(upload, "JPEG", comment=b"taken at home")
    assert b"taken at home" in upload.getvalue()
    picture_id = set_picture(shop.access, product_id, ("Cedar", "Teak"), upload.getvalue())
    kept = draft_of(shop.access).read_bytes(f"picture/{picture_id}")
    assert kept is not None
    assert b"taken at home" not in kept
    assert Image.open(BytesIO(kept)).size == (EDGE, EDGE)


@pytest.mark.parametrize("upload", [b"", b"GIF89a", b"<svg/>", b"\xff\xd8\xff" + b"0" * 99])
def test_something_else_is_taken_for_a_picture(upload: bytes) -> None:
    with pytest.raises(Unusable):
        shrink(upload)


def test_a_saved_file_loads_into_another_draft(shop: Shop) -> None:
    make_product(shop.access)
    saved = export_draft(draft_of(shop.access))
    before = draft_now(shop.access)
    make_product(shop.access, "Venetian")
    step = import_draft(shop.access, json.dumps(saved).encode())
    assert draft_now(shop.access) == before
    assert step is not None
    undo(shop.access, step.id)
    assert len(draft_now(shop.access)["products"]) == 2


@pytest.mark.parametrize("file", [b"", b"[]", b"{}", b'{"format":1}', b"\xff\xfe", b'{"products":{"a/b":{}}}'])
def test_a_broken_file_damages_the_draft(shop: Shop, file: bytes) -> None:
    make_product(shop.access)
    before = draft_now(shop.access)
    with pytest.raises(Unusable):
        import_draft(shop.access, file)
    assert draft_now(shop.access) == before


def test_something_gone_is_edited_in_silence(shop: Shop) -> None:
    with pytest.raises(NotFound):
        products.update_basics(shop.access, "p_gone", {"name": "x"})
    with pytest.raises(NotFound):
        cells.set_cells(shop.access, "t_gone", 0, 0, [[1]])
