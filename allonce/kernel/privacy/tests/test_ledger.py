"""The ledger keeps every erasure through crashes, and notices when somebody changes it."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from allonce.kernel.privacy import ledger
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def path(settings: Settings, tmp_path: Path) -> Path:
    settings.LEDGER_PATH = tmp_path / "ledger" / "erasures.jsonl"
    return tmp_path / "ledger" / "erasures.jsonl"


def note() -> str:
    scope = Scope("person", uuid4())
    ledger.note_erasure(scope)
    return ledger.mark_of(scope)


@given(cut=st.integers(1, 150))
def test_a_line_cut_off_by_a_crash_spoils_neither_those_before_nor_those_after(path: Path, cut: int) -> None:
    path.unlink(missing_ok=True)
    first, _lost = note(), note()
    whole = path.read_bytes()
    path.write_bytes(whole[: max(whole.index(b"\n") + 1, len(whole) - cut)])
    third = note()
    marks = [line.mark for line in ledger.lines()]
    assert marks == [first, third]


def test_a_crash_just_before_the_line_end_does_not_glue_lines_together(path: Path) -> None:
    first = note()
    path.write_bytes(path.read_bytes() + path.read_bytes().rstrip(b"\n"))
    second = note()
    assert [line.mark for line in ledger.lines()] == [first, second]


def test_what_is_noted_twice_stands_once_and_a_changed_line_is_noticed(path: Path) -> None:
    scope = Scope("account", uuid4())
    ledger.note_erasure(scope)
    ledger.note_erasure(scope)
    assert len(ledger.lines()) == 1
    assert scope.id.hex not in path.read_text()
    path.write_text(path.read_text().replace("account", "person", 1))
    with pytest.raises(ledger.LedgerBroken):
        ledger.lines()
