"""Whatever any table holds of a person is in their copy, and gone after their erasure; nothing of anybody else is."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from allonce.kernel import jobs
from allonce.kernel.audit import Actor
from allonce.kernel.declarations import PD, declarations
from allonce.kernel.post.delivering import attempt
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.privacy import subjects
from allonce.kernel.privacy.rights.export import archive
from allonce.kernel.privacy.rights.services import erasing
from tests.privacy.canaries import Planted, letters, plant, shown_anywhere

pytestmark = pytest.mark.django_db
names = st.text("abcdefghijklmnopqrstuvwxyz", max_size=8)


@pytest.fixture(autouse=True)
def _places(settings: object, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    settings.LEDGER_PATH = tmp_path / "ledger.jsonl"  # type: ignore[attr-defined]


@pytest.fixture
def _declarations_stay() -> Iterator[None]:
    kept = dict(declarations)
    yield
    declarations.clear()
    declarations.update(kept)


def copy_of(planted: Planted) -> str:
    """All texts of a person's archive in one string, JSON with its escapes undone."""
    with ZipFile(BytesIO(archive.of_person(planted.person))) as packed:
        assert packed.testzip() is None
        texts = {name: packed.read(name).decode() for name in packed.namelist()}
    return "\n".join(str(json.loads(text)) if name.endswith(".json") else text for name, text in texts.items())


def missing_from_copy(planted: Planted) -> list[str]:
    copied = copy_of(planted)
    encoded = {place: planted.canaries[place] for place in planted.told}
    return [place for place, canary in encoded.items() if canary not in copied and not _as_base64(canary, copied)]


def _as_base64(canary: str, copied: str) -> bool:
    return b64encode(canary.encode()).decode() in copied


def left_after_erasure(planted: Planted) -> list[str]:
    erasing.erase_person(planted.person.id, actor=Actor("person", planted.person.id))
    # The goodbye is sealed until it is delivered, and then wiped.
    for letter in OutboxMail.objects.filter(kind="rights.erased", state="waiting"):
        attempt(letter.id)
    # What asks others to forget this person is gone once they have.
    jobs.run_due()
    return [place for place in shown_anywhere(planted.erasable) if place not in planted.may_stay]


@pytest.mark.promise("PRIV-RIGHTS")
@settings(max_examples=3, phases=[Phase.generate])
@given(name=names, rows=st.integers(1, 2))
def test_the_copy_holds_everything_of_one_person_and_erasure_leaves_nothing(name: str, rows: int) -> None:
    name += letters()
    planted, other = plant(f"{name}one", rows), plant(f"{name}two")
    assert len(planted.canaries) > 12
    assert missing_from_copy(planted) == []
    assert f"{name}two" not in copy_of(planted)
    assert left_after_erasure(planted) == []
    assert missing_from_copy(other) == [], "somebody else lost data"


def test_the_search_finds_what_stands_there_before() -> None:
    planted = plant("beforehand")
    found = set(shown_anywhere(planted.canaries))
    assert {place.rsplit(".", 1)[0] for place in planted.canaries if place[-1].isdigit()} <= found


@pytest.mark.usefixtures("_declarations_stay")
@pytest.mark.parametrize("label", ["sessions.Session", "accounts.SignUpRequest"])
def test_a_declaration_changed_to_keep_is_noticed(label: str) -> None:
    planted = plant("keptback")
    facts = {
        name: replace(fact, erase="keep") if isinstance(fact, PD) else fact
        for name, fact in declarations[label].facts.items()
    }
    declarations[label] = replace(declarations[label], facts=facts)
    assert label in {place.rpartition(".")[0] for place in left_after_erasure(planted)}


@pytest.mark.parametrize("name", ["email", "session", "addressee"])
def test_a_resolver_that_finds_nothing_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = plant("unresolved")
    monkeypatch.setitem(subjects._resolvers, name, lambda model, _scope: model._base_manager.none())
    assert left_after_erasure(planted)


@pytest.mark.usefixtures("_declarations_stay")
def test_a_field_taken_out_of_the_copy_is_noticed() -> None:
    planted = plant("leftout")
    label, held = "notices.Notice", declarations["notices.Notice"]
    words = held.facts["words"]
    assert isinstance(words, PD)
    declarations[label] = replace(held, facts={**held.facts, "words": replace(words, export=False)})
    assert missing_from_copy(planted) == ["notices.Notice.words.0"]
