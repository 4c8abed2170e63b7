"""What the law obliges to keep outlives the person readably; what is broken is named and spoils nothing else."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, today
from allonce.kernel.declarations import PD, declarations
from allonce.kernel.legal.middleware import stays_open
from allonce.kernel.notices.models import Notice
from allonce.kernel.privacy import ports
from allonce.kernel.privacy.rights.disposal import NobodyKeeps
from allonce.kernel.privacy.rights.export import archive
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.vault import Scope, files

pytestmark = pytest.mark.django_db


class Keeping:
    """Writes down what it is given to keep."""

    def __init__(self) -> None:
        self.kept: list[tuple[Any, date]] = []

    def keep(self, rows: Sequence[Any], until: date, reason: str, *, fields: Any = None) -> None:
        assert list(fields) == ["words"]
        assert "duties of law" in reason
        self.kept += [(row.words, until) for row in rows]


@pytest.fixture
def xenia() -> Person:
    person = people.person("xenia@quillfeather.example", "Xenia Quillfeather")
    for number in range(3):
        Notice.objects.create(person=person, kind="k", words={"subject": f"Invoice {number}"})
    return person


@pytest.fixture
def _notices_must_be_kept() -> Iterator[None]:
    held = declarations["notices.Notice"]
    words = held.facts["words"]
    assert isinstance(words, PD)
    kept = replace(words, erase="keep", retention="years_6", purpose="legal")
    declarations["notices.Notice"] = replace(held, facts={**held.facts, "words": kept})
    yield
    declarations["notices.Notice"] = held


@pytest.mark.usefixtures("_notices_must_be_kept")
def test_rows_that_must_be_kept_are_handed_over_readable_before_the_key_goes(
    xenia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = Keeping()
    monkeypatch.setattr(ports, "_keepers", [keeping])
    erasure = erasing.erase_person(xenia.id, actor=SYSTEM)
    assert sorted(words["subject"] for words, _until in keeping.kept) == ["Invoice 0", "Invoice 1", "Invoice 2"]
    assert {until for _words, until in keeping.kept} == {add_months(today(), 72)}
    assert erasure.kept == ["notices.Notice"]
    assert not Notice.objects.exists()


@pytest.mark.usefixtures("_notices_must_be_kept")
def test_where_nobody_keeps_nothing_is_erased(xenia: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_keepers", [])
    with pytest.raises(NobodyKeeps):
        erasing.erase_person(xenia.id, actor=SYSTEM)
    assert Person.objects.get(pk=xenia.pk).name == "Xenia Quillfeather"
    assert Notice.objects.count() == 3


def _elsewhere(_person_id: UUID) -> list[ports.OwnFile]:
    def gone() -> bytes:
        raise files.FileMissing("no such file")

    return [ports.OwnFile("dating/gone.jpg", gone), ports.OwnFile("dating/there.jpg", lambda: b"a file elsewhere")]


@pytest.mark.promise("PRIV-RIGHTS")
def test_broken_values_and_files_are_named_and_the_rest_is_whole(
    xenia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = Scope("person", xenia.id)
    files.save(scope, uuid4(), "whole.txt", b"a whole file")
    torn = files.path_of(files.save(scope, uuid4(), "torn.txt", b"b" * 1000))
    Path(torn).write_bytes(Path(torn).read_bytes()[:-300])
    monkeypatch.setattr(ports, "_own_files", [_elsewhere])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_notice SET words = %s WHERE kind = 'k'", [b"\x01" + b"noise" * 20])
    with ZipFile(BytesIO(archive.of_person(xenia))) as packed:
        problems = json.loads(packed.read("problems.json"))
        notices = json.loads(packed.read("data/notices.Notice.json"))
        inside = [packed.read(name) for name in packed.namelist() if name.startswith("files/")]
        page = packed.read("index.html").decode()
        assert "Xenia Quillfeather" in packed.read("data/accounts.Person.html").decode()
    assert inside == [b"a whole file", b"a file elsewhere"]
    assert [each["words"] for each in notices] == [None, None, None]
    assert {(each["place"], each["field"]) for each in problems} == {("notices.Notice", "words"), ("files", "")}
    assert [each["row"] for each in problems if each["place"] == "files"][1:] == ["dating/gone.jpg"]
    assert "What could not be read" in page


@pytest.mark.parametrize(
    "path",
    [
        "/me/data/",
        "/me/data/confirm/",
        "/me/data/export/",
        "/me/data/export/download/",
        "/me/data/limits/",
        "/me/data/erase/",
        "/erased/",
        "/privacy/register/",
        "/account/passkeys/proof/options/",
    ],
)
def test_rights_need_no_agreement_to_new_terms(path: str) -> None:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    assert stays_open(request)
