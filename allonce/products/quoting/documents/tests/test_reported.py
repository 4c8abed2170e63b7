"""What a quote says can be reported by whoever gets it, removed by a person, and put back after an appeal."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from allonce.kernel.accounts.devices.tests.scene import access_for
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.casework.models import Case, Decision, RemovedContent
from allonce.kernel.casework.services import appealing
from allonce.kernel.casework.tests.scene import answered, decided
from allonce.kernel.jobs import run_due
from allonce.products.quoting.demo import BRAND, draw_logo
from allonce.products.quoting.documents.letters import render_letters
from allonce.products.quoting.documents.sample import sample_document
from allonce.products.quoting.documents.store import brand_of, save_brand, save_logo

pytestmark = [pytest.mark.django_db, pytest.mark.promise("LEGAL-CONTENT-RULES")]
WORDS = "The logo is the one of my own shop in Littleport."


@pytest.fixture
def shop() -> Inhabitant:
    made = people.owner()
    access = access_for(made.person, made.account, Role.OWNER)
    save_brand(access, BRAND)
    save_logo(access, draw_logo())
    return made


def reported(shop: Inhabitant) -> Case:
    """As a customer does, who has the quote's mail and no account."""
    [letter, *_] = [render_letters(sample_document(), brand_of(shop.account.id)).customer]
    found = re.search(r"https?://\S+/report/\S+/", letter.text)
    assert found
    assert found[0] in letter.html
    path = urlsplit(found[0]).path
    assert Client().get(path).status_code == 200
    assert Client().post(path, {"ground": "rights", "words": WORDS}).status_code == 302
    return Case.objects.get()


def terms_of(shop: Inhabitant) -> str:
    return brand_of(shop.account.id).terms


def test_reporting_alone_removes_nothing(shop: Inhabitant) -> None:
    case = reported(shop)
    assert (case.kind, case.account_id, case.state) == ("content", shop.account.id, "open")
    assert brand_of(shop.account.id).logo
    assert terms_of(shop)
    run_due()
    assert not mail.outbox


def test_a_named_person_removes_it_and_the_owner_hears_why(shop: Inhabitant) -> None:
    case = reported(shop)
    sam = people.staff()
    decision = decided(sam, case, "remove")
    plain = brand_of(shop.account.id)
    assert (plain.logo, plain.terms, plain.address, plain.name) == (None, "", (), shop.account.name)
    assert decision.decided_by == sam.person
    run_due()
    [told] = mail.outbox
    assert told.to == [shop.person.email]
    assert "Content of yours was removed" in told.body
    assert "appeal until" in told.body
    assert "Somebody reported it" in told.body
    assert WORDS not in told.body
    assert BRAND.terms[:30] not in str(RemovedContent.objects.values_list("kept"))


def test_an_upheld_appeal_puts_it_back_but_for_what_the_shop_has_written_since(shop: Inhabitant) -> None:
    case = reported(shop)
    sam = people.staff()
    decided(sam, case, "remove")
    brand = brand_of(shop.account.id)
    access = access_for(shop.person, shop.account, Role.OWNER)
    save_brand(access, type(brand)(name=brand.name, email=brand.email, website="new.example"))
    page = f"/me/decisions/{Decision.objects.get().pk}/"
    assert shop.client.post(page, {"text": "It is our own logo, and has been since 1990."}).status_code == 302
    answered(people.fellow(sam, "moderation"), case, upheld=True)
    back = brand_of(shop.account.id)
    assert back.logo
    assert (back.terms, back.website) == (BRAND.terms, "new.example")
    assert not RemovedContent.objects.exists()


def test_a_dismissed_appeal_leaves_it_removed(shop: Inhabitant) -> None:
    case = reported(shop)
    sam = people.staff()
    appealing.file(decided(sam, case, "remove"), "It is our own logo, and has been since 1990.", by=shop.person)
    answered(people.fellow(sam, "moderation"), case, upheld=False)
    assert not terms_of(shop)
