"""Staff write, compare and publish legal texts; the account's people cannot."""

import pytest
from django.urls import reverse

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.legal.models import Draft, Version
from allonce.kernel.legal.tests.library import CHANGED, in_days, terms, tick

pytestmark = pytest.mark.django_db
DRAFT = "/operator/legal/terms/draft/"


def words(text: str = CHANGED, **more: str) -> dict[str, str]:
    return {"text": text, "changes": "The tape is longer.", "effective_on": in_days(30).isoformat(), **more}


@pytest.fixture
def writer(sam: Inhabitant, olivia: Inhabitant) -> Inhabitant:
    version = terms()
    tick(sam.client, version)
    tick(olivia.client, version)
    return sam


def test_a_draft_cannot_be_saved_compared_and_published(writer: Inhabitant) -> None:
    assert writer.client.post(DRAFT, words(material="on"))["Location"] == DRAFT
    page = writer.client.get(DRAFT).content.decode()
    assert "A tape is a <ins>long </ins>measure." in page
    assert "Publish Terms of use, version 2?" in page
    assert writer.client.post("/operator/legal/terms/publish/").status_code == 302
    made = Version.objects.get(number=2)
    assert (made.text, made.material, made.published_by) == (CHANGED, True, writer.person)
    assert Entry.objects.filter(action="legal.published").latest("number").actor_id == writer.person.id
    assert not Draft.objects.exists()
    assert b"Version 2" in writer.client.get("/operator/legal/").content


def test_a_second_press_publishes_twice(writer: Inhabitant) -> None:
    writer.client.post(DRAFT, words())
    writer.client.post("/operator/legal/terms/publish/")
    assert writer.client.post("/operator/legal/terms/publish/").status_code == 404
    assert Version.objects.count() == 2


def test_a_draft_that_reduces_rights_is_not_material(writer: Inhabitant) -> None:
    writer.client.post(DRAFT, words(reduces_rights="on"))
    assert Draft.objects.get().material


def test_a_day_too_early_publishes_or_loses_the_draft(writer: Inhabitant) -> None:
    writer.client.post(DRAFT, words(material="on", effective_on=in_days(3).isoformat()))
    answer = writer.client.post("/operator/legal/terms/publish/", follow=True)
    assert "at least 30 days from now" in answer.content.decode()
    assert Draft.objects.exists()
    assert Version.objects.count() == 1


def test_an_unknown_placeholder_is_saved(writer: Inhabitant) -> None:
    answer = writer.client.post(DRAFT, words("By {operater_name}."))
    assert answer.status_code == 422
    assert "{operater_name}" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_cannot_be_discarded(writer: Inhabitant) -> None:
    writer.client.post(DRAFT, words())
    writer.client.post("/operator/legal/terms/discard/")
    assert not Draft.objects.exists()
    assert writer.client.post("/operator/legal/terms/discard/").status_code == 404


def test_the_console_names_who_agreed(writer: Inhabitant, olivia: Inhabitant) -> None:
    page = "".join(writer.client.get(path).content.decode() for path in ("/operator/legal/", "/operator/legal/terms/"))
    assert olivia.person.name not in page
    assert olivia.person.email not in page
    assert '<td class="num" data-label="Agreements">2</td>' in page


@pytest.mark.parametrize("name", ["draft", "console_document"])
def test_a_text_that_does_not_exist_has_a_console_page(writer: Inhabitant, name: str) -> None:
    assert writer.client.get(reverse(f"legal:{name}", args=["nothing"])).status_code == 404


def test_an_owner_or_staff_without_the_duty_writes_legal_texts(writer: Inhabitant, olivia: Inhabitant) -> None:
    viewer = people.colleague(writer, Role.VIEWER, "vic@operator.example")
    tick(viewer.client, Version.objects.get())
    for browser in (olivia.client, viewer.client):
        assert browser.post(DRAFT, words()).status_code == 404
        assert browser.get("/operator/legal/").status_code == 404
    assert not Draft.objects.exists()
