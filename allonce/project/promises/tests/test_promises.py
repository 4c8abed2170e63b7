"""The page and the command of promises, with registers and tests made up for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence, evidence, register_evidence
from allonce.project.promises import claims as claiming
from allonce.project.promises import views
from allonce.project.promises.claims import read_claims, read_snapshot, snapshot_text
from allonce.project.promises.register import Promise, Register, RegisterBroken, read_register
from allonce.project.promises.standing import Line, State

pytestmark = pytest.mark.django_db

ROW = """
[[promise]]
id = "{id}"
source = "001 terms 1"
says = "Shops sleep well."
shown = "A test sleeps."
"""
MARKED = """
import pytest
pytestmark = [pytest.mark.slow, pytest.mark.promise("A-MODULE")]
@pytest.mark.promise("A-TEST")
def test_one(): ...
class TestMore:
    @pytest.mark.promise("A-METHOD")
    async def test_two(self): ...
def helper(): "promise('NOT-ME')"
"""


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "_sources", {})


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A register of three promises in two services, of which tests claim two."""
    (tmp_path / "platform.toml").write_text(ROW.format(id="A-KEPT") + ROW.format(id="A-OPEN"))
    (tmp_path / "chat.toml").write_text(ROW.format(id="C-LATER"))
    (tmp_path / "later.toml").write_text('[later]\nC-LATER = "Comes with Chat."\n')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text('@pytest.mark.promise("A-KEPT")\ndef test_it(): ...\n')
    monkeypatch.setattr(views, "register", lambda: read_register(tmp_path))
    monkeypatch.setattr(views, "claims", lambda: read_claims(tmp_path))
    yield tmp_path


def page(query: str = "") -> str:
    answer = Client().get(f"/promises/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def command(folder: Path, *more: str) -> None:
    call_command("promises", "--register", str(folder), "--tests", str(folder), *more)


def test_marks_of_modules_classes_and_tests_are_read_without_running_them(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(MARKED)
    one, two = "tests/test_x.py::test_one", "tests/test_x.py::TestMore::test_two"
    assert read_claims(tmp_path) == {"A-MODULE": [one, two], "A-TEST": [one], "A-METHOD": [two]}


def test_an_installation_without_tests_reads_what_was_written_down(tmp_path: Path) -> None:
    assert read_claims(tmp_path) == {}
    (tmp_path / "claims.json").write_text(snapshot_text({"B": ["y::z"], "A": ["x::y"]}))
    assert read_snapshot(tmp_path / "claims.json") == {"A": ["x::y"], "B": ["y::z"]}
    assert read_snapshot(tmp_path / "none.json") == {}


def test_the_command_refuses_a_promise_that_nothing_claims(made_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="A-OPEN: no test claims it"):
        command(made_up)
    assert "A-KEPT" in capsys.readouterr().out
    (made_up / "tests" / "test_more.py").write_text('@pytest.mark.promise("A-OPEN")\ndef test_it(): ...\n')
    command(made_up)


def test_a_promise_cannot_be_claimed_and_come_later(made_up: Path) -> None:
    (made_up / "tests" / "test_more.py").write_text('@pytest.mark.promise("C-LATER", "A-OPEN")\ndef test_it(): ...\n')
    with pytest.raises(CommandError, match=r"C-LATER: in later.toml, but tests claim it now"):
        command(made_up)


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ('A-OPEN = ""\nC-LATER = "x"', "without a reason"),
        ('A-OPEN = "x"\nC-LATER = "x"\nZ = "x"', "Z: in later"),
    ],
)
def test_what_comes_later_has_a_reason_and_is_a_promise(made_up: Path, later: str, said: str) -> None:
    (made_up / "later.toml").write_text(f"[later]\n{later}\n")
    with pytest.raises(CommandError, match=said):
        command(made_up)


def test_a_test_cannot_claim_what_nobody_promised(made_up: Path) -> None:
    (made_up / "tests" / "test_more.py").write_text('@pytest.mark.promise("A-OPEN", "X-NONE")\ndef test_it(): ...\n')
    with pytest.raises(CommandError, match=r"X-NONE: claimed by tests/test_more.py::test_it, but not in the register"):
        command(made_up)


@pytest.mark.parametrize("text", ["", "[[promise]]\nid = 'X'\n", "no toml", ROW.format(id="X") * 2])
def test_a_broken_register_is_refused_and_not_half_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "platform.toml").write_text(text)
    with pytest.raises(RegisterBroken):
        read_register(tmp_path)


def test_the_command_writes_down_what_is_claimed(made_up: Path) -> None:
    with pytest.raises(CommandError):
        command(made_up, "--write")
    assert read_snapshot(made_up / "claims.json") == {"A-KEPT": ["tests/test_it.py::test_it"]}


def test_live_evidence_against_a_promise_fails_the_live_command(made_up: Path, sources: None) -> None:
    (made_up / "later.toml").write_text('[later]\nC-LATER = "x"\nA-OPEN = "x"\n')
    command(made_up, "--live")
    register_evidence("A-KEPT", lambda: Evidence("Two are late.", holds=False))
    with pytest.raises(CommandError, match="A-KEPT: this installation's evidence speaks against it"):
        command(made_up, "--live")


def test_the_page_shows_every_promise_with_its_state_and_gives_no_cookie(made_up: Path, sources: None) -> None:
    register_evidence("A-KEPT", lambda: Evidence("None is late.", at=now(), link="/licences/"))
    answer = Client().get("/promises/")
    text = answer.content.decode()
    assert not answer.cookies
    assert all(f'id="{each}"' in text for each in ("A-KEPT", "A-OPEN", "C-LATER"))
    assert "None is late." in text
    assert "Kept and tested: 1" in text
    assert "No test claims it: 1" in text
    assert "Not yet built: 1" in text


def test_states_follow_tests_and_evidence(made_up: Path, sources: None) -> None:
    assert "Tested, no live evidence: 1" in page()
    register_evidence("A-KEPT", lambda: Evidence("For your information.", holds=None))
    cache.clear()
    assert "Tested, no live evidence: 1" in page()
    register_evidence("A-KEPT", lambda: Evidence("It broke.", holds=False))
    cache.clear()
    assert "Looks broken now: 1" in page()


def test_filters_work_from_the_address_alone_and_ignore_nonsense(made_up: Path, sources: None) -> None:
    chat = page("?service=chat")
    assert 'id="C-LATER"' in chat
    assert 'id="A-KEPT"' not in chat
    assert 'id="A-OPEN"' in page("?state=open")
    assert 'id="A-KEPT"' not in page("?state=open")
    assert "No promise is in that state" in page("?service=chat&state=tested")
    assert 'id="A-KEPT"' in page("?service=%00&state=%27")


def test_a_source_that_fails_is_shown_and_logged_and_hides_no_other(
    made_up: Path, sources: None, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> Evidence:
        raise ZeroDivisionError

    register_evidence("A-KEPT", fails)
    register_evidence("A-KEPT", lambda: Evidence("None is late."))
    text = page()
    assert "Could not be asked" in text
    assert "None is late." in text
    assert "evidence for A-KEPT could not be asked" in caplog.text


def test_a_crowd_of_readers_asks_the_rooms_once(made_up: Path, sources: None) -> None:
    asked: list[int] = []

    def count() -> Evidence:
        asked.append(1)
        return Evidence("Seen.")

    register_evidence("A-KEPT", count)
    for _reader in range(5):
        page()
    assert len(asked) == 1


def test_an_installation_without_its_register_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Register:
        raise RegisterBroken

    monkeypatch.setattr(views, "register", missing)
    answer = Client().get("/promises/")
    assert answer.status_code == 503
    assert "not part of this installation" in answer.content.decode()


@pytest.mark.parametrize("counts", [[1, 1, 1], [1, 998, 1], [3], [7, 11, 13, 5]])
def test_the_picture_is_filled_by_its_pieces(counts: list[int], made_up: Path) -> None:
    promise = Promise("X", "chat", "", "", "")
    states = [State.KEPT, State.TESTED, State.OPEN, State.LATER]
    lines = [Line(promise, state, [], []) for state, n in zip(states, counts, strict=False) for _ in range(n)]
    drawn = views.shares(lines)
    assert sum(share.width for share in drawn) == 1000
    assert [share.start for share in drawn] == [sum(each.width for each in drawn[:n]) for n in range(len(drawn))]


def test_the_real_register_and_tests_make_a_page(settings: Settings) -> None:
    claiming.claims.cache_clear()
    text = page()
    assert 'id="SEC-TENANCY"' in text
    assert "tests/tenancy/test_every_address.py" in text
