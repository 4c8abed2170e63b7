"""Whatever is edited, published and brought back, in whatever order: every phone ends with the standing version."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from allonce.kernel.accounts.devices.tests.scene import Shop
from allonce.products.catalogue.draft import products as draft_products
from allonce.products.catalogue.models import UndoStep, Version
from allonce.products.catalogue.services import cells, products, ranges
from allonce.products.catalogue.services.editing import draft_of
from allonce.products.catalogue.services.publish import NothingToPublish, roll_back
from allonce.products.catalogue.services.undo import TooLateToUndo, undo
from allonce.products.catalogue.tests.scene import Pocket, draft_now, make_product, publish_now, table_of

PRICES = st.integers(min_value=0, max_value=100_000)


class Publishing(RuleBasedStateMachine):
    """Model: the assembled Catalogue of each version, remembered when it was published."""

    shop: Shop

    @initialize()
    def begin(self) -> None:
        draft_of(self.shop.access).catalogue.delete()
        self.published: dict[int, Any] = {}
        self.pockets = [Pocket(self.shop.access), Pocket(self.shop.access)]
        make_product(self.shop.access)
        UndoStep.objects.all().delete()
        self.publish()

    def some_product(self, number: int) -> str | None:
        listed = draft_products.list_products(draft_of(self.shop.access))
        return str(listed[number % len(listed)]["id"]) if listed else None

    @rule(number=st.integers(0, 9), row=st.integers(0, 1), column=st.integers(0, 2), price=PRICES)
    def change_price(self, number: int, row: int, column: int, price: int) -> None:
        product_id = self.some_product(number)
        if product_id:
            cells.set_cells(self.shop.access, table_of(self.shop.access, product_id), row, column, [[price]])

    @rule(number=st.integers(0, 9), colour=st.sampled_from(["Oak", "Elm", "Fir"]))
    def add_colour(self, number: int, colour: str) -> None:
        product_id = self.some_product(number)
        if product_id:
            row = {"range": f"Range {number}", "colour": colour, "band": "A"}
            ranges.replace_ranges(self.shop.access, product_id, [row], merge=True)

    @rule(number=st.integers(0, 9))
    def copy(self, number: int) -> None:
        product_id = self.some_product(number)
        if product_id:
            products.copy_product(self.shop.access, product_id, f"Copy {number}")

    @rule(number=st.integers(0, 9), back=st.booleans())
    def delete(self, number: int, back: bool) -> None:
        product_id = self.some_product(number)
        if product_id is None:
            return
        before = draft_now(self.shop.access)
        step = products.delete_product(self.shop.access, product_id)
        if back and step:
            undo(self.shop.access, step.id)
            assert draft_now(self.shop.access) == before

    @rule()
    def undo_something_old(self) -> None:
        step = UndoStep.objects.filter(catalogue=draft_of(self.shop.access).catalogue).order_by("made_at").first()
        if step:
            try:
                undo(self.shop.access, step.id)
            except TooLateToUndo:
                step.delete()

    @rule()
    def publish(self) -> None:
        try:
            version = publish_now(self.shop.access)
        except NothingToPublish:
            return
        self.published[version.number] = draft_now(self.shop.access)

    @rule(choice=st.integers(0, 99))
    def bring_back(self, choice: int) -> None:
        number = sorted(self.published)[choice % len(self.published)]
        try:
            version, _step = roll_back(self.shop.access, number)
        except NothingToPublish:
            return
        self.published[version.number] = self.published[number]
        assert draft_now(self.shop.access) == self.published[number]

    @rule(which=st.integers(0, 1))
    def sync(self, which: int) -> None:
        pocket = self.pockets[which]
        pocket.sync()
        assert pocket.catalogue() == self.published[pocket.version]

    @invariant()
    def a_new_phone_gets_the_standing_version(self) -> None:
        pocket = Pocket(self.shop.access)
        pocket.sync()
        latest = Version.objects.order_by("-number").first()
        if latest:
            assert pocket.version == latest.number
            assert pocket.catalogue() == self.published[latest.number]


@pytest.mark.django_db
@pytest.mark.promise("SETUP-PUBLISH")
@pytest.mark.hypothesis
def test_some_order_of_edits_publications_and_returns_leaves_a_phone_elsewhere(shop: Shop) -> None:
    Publishing.shop = shop
    run_state_machine_as_test(
        Publishing,
        # Each example is a whole life of a catalogue, so a few say much.
        settings=settings(max_examples=settings().max_examples // 5, stateful_step_count=14),
    )
