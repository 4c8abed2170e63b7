"""Setup's page of documents, as the office uses it."""

import io

import pytest
from django.test import Client
from PIL import Image

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.products.quoting.documents import Brand, brand_of
from allonce.products.quoting.documents.forms import initial_of

pytestmark = pytest.mark.django_db
PAGE = "/setup/documents/"


def form_of(brand: Brand, **changes: str) -> dict[str, str]:
    plain = {name: value for name, value in initial_of(brand).items() if value is not False}
    return {**plain, **changes}


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (200, 80), "teal").save(out, "PNG")
    out.seek(0)
    out.name = "logo.png"
    return out


def test_a_shop_that_never_set_its_documents_has_its_name_on_them() -> None:
    olivia = people.owner("Harbour Blinds")
    assert brand_of(olivia.account.id).name == "Harbour Blinds"
    assert olivia.client.get(PAGE).status_code == 200


def test_what_is_saved_is_what_documents_then_say() -> None:
    olivia = people.owner()
    changes = {"terms": "No returns.", "quote_intro": "Hello {customer}.", "address": "1 Quay\n\n Littleport "}
    answer = olivia.client.post(PAGE, form_of(brand_of(olivia.account.id), **changes))
    assert answer.status_code == 302
    brand = brand_of(olivia.account.id)
    assert brand.terms == "No returns."
    assert brand.intro["quote"] == "Hello {customer}."
    assert brand.address == ("1 Quay", "Littleport")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("quote_body", "Dear {custmer}", "{custmer}"),
        ("accent", "red; } body { display: none", "#0b6e6e"),
        ("name", "", "required"),
    ],
)
def test_a_wrong_field_is_named_and_changes_nothing(field: str, value: str, words: str) -> None:
    olivia = people.owner()
    before = brand_of(olivia.account.id)
    answer = olivia.client.post(PAGE, form_of(before, **{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert brand_of(olivia.account.id) == before


def test_the_preview_follows_the_unsaved_form_and_keeps_nothing() -> None:
    olivia = people.owner()
    before = brand_of(olivia.account.id)
    answer = olivia.client.post(f"{PAGE}preview/", form_of(before, name="Another name", kind="invoice"))
    assert b"data:image/png;base64," in answer.content
    assert brand_of(olivia.account.id) == before


def test_a_logo_survives_a_change_of_words_and_can_be_removed() -> None:
    olivia = people.owner()
    olivia.client.post(f"{PAGE}logo/", {"logo": picture()})
    olivia.client.post(PAGE, form_of(brand_of(olivia.account.id), terms="New terms."))
    assert brand_of(olivia.account.id).logo is not None
    olivia.client.post(f"{PAGE}logo/")
    assert brand_of(olivia.account.id).logo is None


def test_a_file_that_is_no_picture_is_refused_in_words() -> None:
    olivia = people.owner()
    bad = io.BytesIO(b"<svg onload='steal()'/>")
    bad.name = "logo.svg"
    answer = olivia.client.post(f"{PAGE}logo/", {"logo": bad})
    assert answer.status_code == 422
    assert "PNG or JPEG" in answer.content.decode()


def test_viewers_and_strangers_cannot_change_documents() -> None:
    olivia = people.owner()
    viewer = people.colleague(olivia, Role.VIEWER)
    assert viewer.client.get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
