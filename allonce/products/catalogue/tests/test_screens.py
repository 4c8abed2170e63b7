"""Every screen opens for whoever may see it, and saves what was typed or says beside the field what to mend."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from allonce.kernel.accounts.devices.tests.scene import PASSWORD, Shop, make_shop
from allonce.products.catalogue.demo import write_catalogue
from allonce.products.catalogue.draft.products import read_product
from allonce.products.catalogue.draft.tables import read_table
from allonce.products.catalogue.models import Version
from allonce.products.catalogue.queries.problems import changed_products, problems_of_product
from allonce.products.catalogue.services.editing import draft_of, editing
from allonce.products.catalogue.tests.scene import make_product, table_of

pytestmark = pytest.mark.django_db
PAGES = ["home", "settings", "publish", "compare", "transfer", "new", "tax"]
TABS = [
    "product",
    "ranges",
    "tables",
    "extras",
    "rules",
    "trial",
    "copy",
    "range_row",
    "new_band",
    "new_table",
    "new_group",
    "new_rule",
]


def office(shop: Shop) -> Client:
    """A browser in which the shop's owner is signed in."""
    client = Client()
    address = {"email": shop.access.person.email, "password": PASSWORD}
    assert client.post(reverse("accounts:sign_in"), address).status_code == 302
    return client


@pytest.fixture
def demo_shop(shop: Shop) -> Shop:
    with editing(shop.access, "draft_imported") as edit:
        write_catalogue(edit)
    return shop


def test_the_demonstration_catalogue_cannot_be_priced(demo_shop: Shop) -> None:
    draft = draft_of(demo_shop.access)
    found = changed_products(draft)
    assert len(found) == 7
    assert [problem for product_id in found for problem in problems_of_product(draft, product_id)] == []


def test_a_screen_does_not_open(demo_shop: Shop) -> None:
    client = office(demo_shop)
    for page in PAGES:
        assert client.get(reverse(f"catalogue:{page}")).status_code == 200, page
    for product_id in ("p_roller", "p_curtain", "p_flooring"):
        for tab in TABS:
            assert client.get(reverse(f"catalogue:{tab}", args=[product_id])).status_code == 200, (product_id, tab)


def test_an_empty_catalogue_does_not_open(shop: Shop) -> None:
    client = office(shop)
    assert b"No products yet" in client.get(reverse("catalogue:home")).content
    assert client.get(reverse("catalogue:publish")).status_code == 200


def test_another_account_opens_a_product(demo_shop: Shop) -> None:
    stranger = office(make_shop("other@shop.example", "ZZ"))
    for tab in TABS:
        assert stranger.get(reverse(f"catalogue:{tab}", args=["p_roller"])).status_code == 404, tab


def test_basics_lose_what_the_form_does_not_ask(demo_shop: Shop) -> None:
    client = office(demo_shop)
    for product_id in ("p_roller", "p_vertical", "p_venetian", "p_curtain"):
        address = reverse("catalogue:product", args=[product_id])
        before = read_product(draft_of(demo_shop.access), product_id)
        form = client.get(address).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        shown = {
            name: form.fields[name].prepare_value(value) for name, value in typed.items() if value not in (None, False)
        }
        answer = client.post(address, shown)
        assert answer.status_code == 302, answer.context["form"].errors
        after = read_product(draft_of(demo_shop.access), product_id)
        assert before is not None
        assert after is not None
        for key in ("name", "adjust", "limits", "rounding", "fitting", "curtain", "bands", "extras", "rules"):
            assert after.get(key) == before.get(key), (product_id, key)


def test_a_wrong_figure_is_saved_or_lost(demo_shop: Shop) -> None:
    client = office(demo_shop)
    address = reverse("catalogue:product", args=["p_roller"])
    answer = client.post(address, {"name": "Roller", "markup": "a lot"})
    assert answer.status_code == 200
    assert b"a lot" in answer.content
    assert b"Type a percentage" in answer.content


def test_pasted_cells_are_misread(shop: Shop) -> None:
    product_id = make_product(shop.access)
    table_id = table_of(shop.access, product_id)
    client = office(shop)

    def paste(cells: list[list[str]]) -> Any:
        body = json.dumps({"row": 0, "column": 0, "cells": cells})
        return client.post(reverse("catalogue:cells", args=[table_id]), body, content_type="application/json")

    assert paste([["£1,234.50", "POA"], ["41", "42,5"]]).status_code == 200
    table = read_table(draft_of(shop.access), table_id)
    assert table is not None
    assert table["rows"] == [[123450, None, None], [4100, 4250, 5200]]
    assert paste([["12 for 3"]]).status_code == 422


def test_the_range_filter_shows_something_else(demo_shop: Shop) -> None:
    client = office(demo_shop)
    answer = client.get(reverse("catalogue:ranges", args=["p_roller"]), {"q": "blackout white", "band": "b_b"})
    assert [(row["range"], row["colour"]) for row in answer.context["rows"]] == [("Breakwater Blackout", "White")]
    gone = client.get(reverse("catalogue:ranges", args=["p_roller"]), {"state": "discontinued"})
    assert [row["colour"] for row in gone.context["rows"]] == ["Raspberry"]


def test_a_change_to_all_that_match_misses_a_row(demo_shop: Shop) -> None:
    client = office(demo_shop)
    posted = {
        "all": "1",
        "q": "Shoreline",
        "band": "b_a",
        "state": "",
        "deed": "max_width",
        "value": "2200",
        "query": "",
    }
    assert client.post(reverse("catalogue:range_many", args=["p_roller"]), posted).status_code == 302
    answer = client.get(reverse("catalogue:ranges", args=["p_roller"]), {"q": "Shoreline", "band": "b_a"})
    assert {row["max_width"] for row in answer.context["rows"]} == {2200}


def test_the_trial_says_another_price_or_hides_a_problem(demo_shop: Shop) -> None:
    client = office(demo_shop)
    address = reverse("catalogue:trial", args=["p_roller"])
    asked = {"range": "Shoreline", "colour": "White", "width": "1200", "drop": "1400", "quantity": "1"}
    fine = client.get(address, asked).content.decode()
    assert "£81.95" in fine  # 66.50 up to 66.95, and 15.00 for fitting
    motor = client.get(address, asked | {"asked-g_motor": "1", "choice-g_motor": "e_battery"}).content.decode()
    assert "A motor needs a remote control." in motor


def test_a_rule_built_from_choices_reads_differently(shop: Shop) -> None:
    product_id = make_product(shop.access)
    client = office(shop)
    client.post(reverse("catalogue:new_group", args=[product_id]), {"name": "Cassette", "choose": "one"})
    product = read_product(draft_of(shop.access), product_id)
    assert product is not None
    group_id = product["extras"][0]["id"]
    built = {
        "field": "width",
        "op": "gt",
        "value": "2400",
        "choice": "",
        "do": "forbid",
        "target": group_id,
        "message": "Too wide.",
    }
    assert client.post(reverse("catalogue:new_rule", args=[product_id]), built).status_code == 204
    page = client.get(reverse("catalogue:rules", args=[product_id])).content.decode()
    assert "When width is over 2400 mm, forbid “Cassette”." in page
    refused = client.post(reverse("catalogue:new_rule", args=[product_id]), built | {"message": ""})
    assert b"Say in a sentence why" in refused.content


def test_the_publish_button_publishes_nothing(demo_shop: Shop) -> None:
    client = office(demo_shop)
    revision = draft_of(demo_shop.access).catalogue.revision
    client.post(reverse("catalogue:publish"), {"revision": revision})
    assert Version.objects.get().number == 1
    again = client.post(reverse("catalogue:publish"), {"revision": revision})
    assert again.status_code == 409
