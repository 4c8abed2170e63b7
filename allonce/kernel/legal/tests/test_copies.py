"""Everybody gets exactly what they agreed to, as a PDF that never reads differently."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.legal import durable
from allonce.kernel.legal.models import Acceptance, Version
from allonce.kernel.legal.rendering import typesetting
from allonce.kernel.legal.rendering.blocks import as_blocks
from allonce.kernel.legal.services import publishing
from allonce.kernel.legal.tests.library import CHANGED, TERMS, files_of, letters, terms, tick

pytestmark = pytest.mark.django_db


def words_of(blocks: list[dict[str, object]]) -> str:
    """All text that reaches the typesetter."""
    return " ".join(_texts(blocks))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["text"])] if "text" in value else []
        return own + [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []


@pytest.mark.promise("LEGAL-DURABLE-COPY")
def test_the_confirmation_lacks_the_exact_version_agreed_to_as_pdf(olivia: Inhabitant) -> None:
    version = terms()
    tick(olivia.client, version)
    terms(CHANGED)
    durable.send_waiting_copies(olivia.person.id)
    [letter] = letters(olivia.person, durable.KIND)
    assert letter["to"] == olivia.person.email
    assert files_of(letter) == {"terms-version-1.pdf": durable.pdf(version)}
    assert durable.pdf(version).startswith(b"%PDF")
    assert Acceptance.objects.get().copy_sent_at is not None


@pytest.mark.promise("LEGAL-DURABLE-COPY")
def test_agreeing_sends_no_copy(olivia: Inhabitant) -> None:
    agreement = publishing.publish("processing", publishing.Text("## 1. Orders\n\nOnly as told.\n"))
    tick(olivia.client, terms(), agreement)
    run_due()
    run_due()
    [letter] = [each for each in mail.outbox if each.to == [olivia.person.email]]
    names = [name for name, _content, _kind in letter.attachments]
    assert sorted(names) == ["processing-version-1.pdf", "terms-version-1.pdf"]


def test_a_repeated_job_sends_a_copy_twice(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    durable.send_waiting_copies(olivia.person.id)
    durable.send_waiting_copies(olivia.person.id)
    assert len(letters(olivia.person, durable.KIND)) == 1


@pytest.mark.promise("LEGAL-DURABLE-COPY")
def test_the_copy_of_an_old_version_reads_differently_later(olivia: Inhabitant) -> None:
    version = terms()
    before = durable.pdf(version)
    with travel(now().replace(year=now().year + 5)):
        terms(CHANGED)
        assert durable.pdf(Version.objects.get(pk=version.pk)) == before


@pytest.mark.promise("LEGAL-DURABLE-COPY")
def test_the_copy_leaves_a_word_of_the_text_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets: list[typesetting.Sheet] = []

    def noting(sheet: typesetting.Sheet) -> bytes:
        sheets.append(sheet)
        return b""

    monkeypatch.setattr(typesetting, "typeset", noting)
    durable.pdf(terms())
    assert [sheet.text for sheet in sheets] == [TERMS]
    listed = "1. six\n   - seven\n\n| a | b |\n|---|---|\n| eight | nine |\n"
    text = f"## Head\n\nOne *two* **three** [four](/legal/) `five`\n\n{listed}"
    shown = words_of(as_blocks(text))
    for word in ["Head", "One", "two", "three", "four", "five", "six", "seven", "eight", "nine"]:
        assert word in shown


def test_every_shipped_text_cannot_be_typeset() -> None:
    publishing.publish_shipped()
    assert all(durable.pdf(version).startswith(b"%PDF") for version in Version.objects.all())


def test_the_copy_cannot_be_fetched_from_the_agreements_page(olivia: Inhabitant) -> None:
    version = terms()
    answer = olivia.client.get("/me/agreements/terms/1/copy.pdf")
    assert answer.content == durable.pdf(version)
    assert 'filename="terms-version-1.pdf"' in answer["Content-Disposition"]
    assert Client().get("/me/agreements/terms/1/copy.pdf").status_code == 302
    assert olivia.client.get("/me/agreements/terms/9/copy.pdf").status_code == 404


def test_a_person_who_has_gone_stops_the_job() -> None:
    durable.send_waiting_copies(uuid4())
    assert not mail.outbox
