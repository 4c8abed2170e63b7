from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from allonce.kernel.accounts.devices.tests.scene import Shop, access_for, make_shop, registered_phone
from allonce.kernel.accounts.keys.services.making import set_up_key
from allonce.kernel.accounts.keys.tests import offers
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.products.catalogue.draft.ranges import read_ranges
from allonce.products.catalogue.models import Chunk, Entry, Version
from allonce.products.catalogue.queries.states import draft_differences, version_differences
from allonce.products.catalogue.services import cells, products, ranges
from allonce.products.catalogue.services.editing import NotYours, draft_of
from allonce.products.catalogue.services.publish import (
    DraftMoved,
    NothingToPublish,
    NotPublishable,
    discard_changes,
    publish,
    roll_back,
)
from allonce.products.catalogue.services.undo import undo
from allonce.products.catalogue.tests.scene import (
    Pocket,
    draft_now,
    make_product,
    publish_now,
    table_of,
)
from allonce.seams.catalogue import published_catalogue
from tests.probe.installation import installed

pytestmark = pytest.mark.django_db


def told(sections: list[Any]) -> list[str]:
    return [str(difference) for section in sections for difference in section.differences]


@pytest.mark.promise("SETUP-PUBLISH")
def test_a_published_version_is_changed_by_an_edit_of_its_rows(shop: Shop) -> None:
    make_product(shop.access)
    publish_now(shop.access)
    for rows in (Version.objects.all(), Chunk.objects.all()):
        for change in ({"catalogue_id": 99}, {"hash": "0"} if rows.model is Chunk else {"root": "0"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(path="settings2")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(from_version=7)


@pytest.mark.promise("SETUP-PUBLISH")
def test_a_phone_takes_more_than_what_changed(shop: Shop) -> None:
    product_id = make_product(shop.access)
    publish_now(shop.access)
    phone = registered_phone(shop)
    whole = phone.get("/catalogue/delta?from=0").json()
    cells.set_cells(shop.access, table_of(shop.access, product_id), 0, 1, [[4600]])
    publish_now(shop.access)

    change = phone.get("/catalogue/delta?from=1").json()

    assert (change["version"], change["base"], change["removed"]) == (2, 1, [])
    assert [path for path, _hash, _size in change["changed"]] == [f"table/{table_of(shop.access, product_id)}/0"]
    assert len(whole["changed"]) > 5


@pytest.mark.promise("SETUP-PUBLISH")
@pytest.mark.promise("SEC-TENANCY")
@pytest.mark.promise("SEC-AUTOMATED-ACCESS")
def test_another_accounts_token_finds_a_chunk_or_learns_that_it_exists(shop: Shop) -> None:
    make_product(shop.access)
    publish_now(shop.access)
    other = make_shop("other@shop.example", "ZZ")
    stranger, own = registered_phone(other), registered_phone(shop)
    digest = own.get("/catalogue/delta?from=0").json()["changed"][0][1]

    found, hidden, unknown = (
        phone.get(f"/catalogue/chunks/{name}")
        for phone, name in ((own, digest), (stranger, digest), (stranger, "0" * 64))
    )

    assert found.status_code == 200
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content
    assert stranger.post("/catalogue/chunks", {"hashes": [digest]}).json() == {}
    assert stranger.get("/catalogue/delta?from=0").json()["changed"] == []


@pytest.mark.promise("MOBILE-REGISTER")
def test_a_phone_that_waits_for_approval_lacks_the_catalogue_or_holds_a_key(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    make_product(shop.access)
    publish_now(shop.access)
    phone = registered_phone(shop)
    told = phone.sync().json()
    assert (told["device"]["state"], told["keys"]["wrap"]) == ("pending", None)
    pieces = phone.get("/catalogue/delta?from=0").json()["changed"]
    texts = phone.post("/catalogue/chunks", {"hashes": [digest for _path, digest, _size in pieces]}).json()
    assert texts.keys() == {digest for _path, digest, _size in pieces}


@pytest.mark.promise("SETUP-PUBLISH")
def test_support_looks_at_a_catalogue_unseen_or_changes_it(shop: Shop) -> None:
    product_id = make_product(shop.access)
    sam, page = people.staff(), f"/setup/product/{product_id}/"
    look = f"/operator/accounts/{shop.account.id}/look/"
    assert sam.client.get(page).status_code == 404
    sam.client.post(look, {"reason": "Ticket 31: a price is not found", "minutes": "15"})
    sam.client.post(f"/operator/accounts/{shop.account.id}/enter/")

    assert b"Roller" in sam.client.get(page).content
    assert sam.client.post("/setup/publish/", {"revision": draft_of(shop.access).catalogue.revision}).status_code == 404
    seen = people.browser_of(shop.access.person).get("/account/looks/").content.decode()
    assert "Ticket 31" in seen
    assert "Sam Reed" in seen


def test_a_phone_without_a_token_gets_the_catalogue(shop: Shop) -> None:
    make_product(shop.access)
    publish_now(shop.access)
    phone = registered_phone(shop)
    phone.token = "wrong"
    assert phone.get("/catalogue/delta?from=0").status_code == 401


def test_a_chunk_is_sent_again_to_whoever_holds_it(shop: Shop) -> None:
    make_product(shop.access)
    publish_now(shop.access)
    phone = registered_phone(shop)
    digest = phone.get("/catalogue/delta?from=0").json()["changed"][0][1]
    client = phone._client()
    first = client.get(f"/api/mobile/v1/catalogue/chunks/{digest}")
    again = client.get(f"/api/mobile/v1/catalogue/chunks/{digest}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "immutable" in first["Cache-Control"]


def test_chunk_texts_differ_from_what_was_hashed(shop: Shop) -> None:
    make_product(shop.access)
    publish_now(shop.access)
    pocket = Pocket(shop.access)
    pocket.sync()
    assert pocket.catalogue() == draft_now(shop.access) == published_catalogue(shop.account.id, 1)


def test_sync_tells_another_version_than_the_one_published(shop: Shop) -> None:
    phone = registered_phone(shop)
    assert phone.sync().json()["catalogue"] is None
    make_product(shop.access)
    version = publish_now(shop.access)
    assert phone.sync().json()["catalogue"]["root"] == version.root


def test_one_changed_price_reads_as_something_else(shop: Shop) -> None:
    product_id = make_product(shop.access)
    publish_now(shop.access)
    cells.set_cells(shop.access, table_of(shop.access, product_id, "B"), 1, 1, [[4600]])
    wanted = ["Roller, band B, 1200 x 1400: 44.00 -> 46.00"]
    assert told(draft_differences(draft_of(shop.access).catalogue)) == wanted
    publish_now(shop.access)
    assert told(version_differences(draft_of(shop.access).catalogue, 1, 2)) == wanted


def test_a_price_changed_back_is_still_told_and_published(shop: Shop) -> None:
    product_id = make_product(shop.access)
    publish_now(shop.access)
    for price in (4600, 4400):
        cells.set_cells(shop.access, table_of(shop.access, product_id), 1, 1, [[price]])
    assert told(draft_differences(draft_of(shop.access).catalogue)) == []
    with pytest.raises(NothingToPublish):
        publish_now(shop.access)


def test_rolling_back_leaves_the_draft_or_a_phone_elsewhere(shop: Shop) -> None:
    product_id = make_product(shop.access)
    publish_now(shop.access)
    first = draft_now(shop.access)
    pocket = Pocket(shop.access)
    pocket.sync()
    cells.uplift(shop.access, [table_of(shop.access, product_id)], 1000)
    publish_now(shop.access)
    pocket.sync()
    unpublished = make_product(shop.access, "Venetian")

    version, step = roll_back(shop.access, 1)

    pocket.sync()
    assert (version.number, version.restores) == (3, 1)
    assert pocket.catalogue() == draft_now(shop.access) == first
    assert step is not None
    undo(shop.access, step.id)
    assert unpublished in draft_now(shop.access)["products"]


def test_discarding_keeps_an_unpublished_edit(shop: Shop) -> None:
    product_id = make_product(shop.access)
    publish_now(shop.access)
    before = draft_now(shop.access)
    products.delete_product(shop.access, product_id)
    make_product(shop.access, "Venetian")
    discard_changes(shop.access)
    assert draft_now(shop.access) == before


def test_a_draft_that_moved_meanwhile_is_published_unseen(shop: Shop) -> None:
    make_product(shop.access)
    seen = draft_of(shop.access).catalogue.revision
    make_product(shop.access, "Venetian")
    with pytest.raises(DraftMoved):
        publish(shop.access, seen)


def test_a_product_without_prices_reaches_phones(shop: Shop) -> None:
    products.create_product(shop.access, "Empty", "roller")
    with pytest.raises(NotPublishable):
        publish_now(shop.access)
    assert not Version.objects.exists()


def test_a_viewer_publishes(shop: Shop) -> None:
    make_product(shop.access)
    viewer = access_for(shop.access.person, shop.account, Role.VIEWER)
    with pytest.raises(NotYours):
        publish_now(viewer)


def test_one_more_colour_changes_more_than_its_own_block(shop: Shop) -> None:
    product_id = make_product(shop.access)
    rows = [
        {"range": f"Range {number}", "colour": f"Colour {each}", "band": "A"}
        for number in range(100)
        for each in range(20)
    ]
    ranges.replace_ranges(shop.access, product_id, rows)
    publish_now(shop.access)
    ranges.save_row(shop.access, product_id, None, {"range": "Range 7", "colour": "New", "band": "A"})
    assert publish_now(shop.access).changed_parts == 1
    assert len(read_ranges(draft_of(shop.access), product_id)) == 2001


PRESS_TWICE = """
import threading
from django.db import connection
from allonce.kernel.accounts.devices.tests.scene import make_shop
from allonce.products.catalogue.models import Version
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.publish import DraftMoved, NothingToPublish, publish
from allonce.products.catalogue.tests.scene import make_product
shop = make_shop()
make_product(shop.access)
revision = draft_of(shop.access).catalogue.revision
outcomes = []

def press():
    try:
        publish(shop.access, revision)
        outcomes.append("published")
    except (NothingToPublish, DraftMoved) as error:
        outcomes.append(error.code)
    connection.close()

presses = [threading.Thread(target=press) for _ in range(4)]
[each.start() for each in presses]
[each.join() for each in presses]
print(outcomes.count("published"), len(outcomes), Version.objects.count())
"""


@pytest.mark.slow
@pytest.mark.scale
def test_people_publishing_at_once_make_two_versions_of_one_draft(tmp_path: Path) -> None:
    with installed(tmp_path) as server:
        assert server.python(PRESS_TWICE).split() == ["1", "4", "1"]
