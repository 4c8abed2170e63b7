"""Encrypted files come back whole or not at all."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.vault import Scope, destroy_key, files, rotate_key
from allonce.kernel.vault.errors import KeyDestroyed, KeyMissing, Tampered
from allonce.kernel.vault.segments import SEGMENT

pytestmark = pytest.mark.django_db

SCOPE = Scope("account", UUID(int=3))
OWNER = UUID(int=4)
sizes = st.sampled_from([0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT]) | st.integers(0, 4 * SEGMENT)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path


@given(size=sizes, as_stream=st.booleans())
def test_what_goes_in_comes_out(size: int, as_stream: bool) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    ref = files.save(SCOPE, OWNER, "plan.pdf", BytesIO(content) if as_stream else content)
    assert files.read(ref) == content


@given(size=sizes, place=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_any_changed_byte_is_noticed(size: int, place: int, flip: int) -> None:
    path = files.path_of(files.save(SCOPE, OWNER, "plan.pdf", b"p" * size))
    stored = bytearray(path.read_bytes())
    stored[place % len(stored)] ^= flip
    path.write_bytes(stored)
    with pytest.raises((Tampered, KeyMissing)):
        files.read(files.FileRef(SCOPE, OWNER, "plan.pdf"))


@given(size=sizes, cut=st.integers(1, 5 * SEGMENT))
def test_a_file_cut_short_is_noticed(size: int, cut: int) -> None:
    path = files.path_of(files.save(SCOPE, OWNER, "plan.pdf", b"p" * size))
    stored = path.read_bytes()
    path.write_bytes(stored[: max(0, len(stored) - cut)])
    with pytest.raises(Tampered):
        files.read(files.FileRef(SCOPE, OWNER, "plan.pdf"))


def test_whole_segments_cut_off_the_end_are_noticed() -> None:
    path = files.path_of(files.save(SCOPE, OWNER, "plan.pdf", b"p" * 3 * SEGMENT))
    stored = path.read_bytes()
    path.write_bytes(stored[: files.HEAD + 2 * (SEGMENT + 16)])
    with pytest.raises(Tampered):
        files.read(files.FileRef(SCOPE, OWNER, "plan.pdf"))


@pytest.mark.parametrize(
    "elsewhere",
    [
        files.FileRef(SCOPE, OWNER, "other.pdf"),
        files.FileRef(SCOPE, UUID(int=5), "plan.pdf"),
        files.FileRef(Scope("account", UUID(int=6)), OWNER, "plan.pdf"),
    ],
)
def test_a_file_moved_to_another_name_owner_or_account_is_refused(elsewhere: files.FileRef) -> None:
    path = files.path_of(files.save(SCOPE, OWNER, "plan.pdf", b"plan"))
    target = files.path_of(elsewhere)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    with pytest.raises(Tampered):
        files.read(elsewhere)


def test_neither_name_nor_content_can_be_read_on_the_disk(tmp_path: Path) -> None:
    files.save(SCOPE, OWNER, "Ada Lovelace.pdf", b"Ada Lovelace" * 10_000)
    for path in tmp_path.rglob("*"):
        assert "Ada" not in str(path.relative_to(tmp_path))
        assert not path.is_file() or b"Ada Lovelace" not in path.read_bytes()


def test_rotation_renews_files_and_destruction_ends_them() -> None:
    ref = files.save(SCOPE, OWNER, "plan.pdf", b"plan" * SEGMENT)
    before = files.path_of(ref).read_bytes()[: files.HEAD]
    rotate_key(SCOPE)
    assert files.path_of(ref).read_bytes()[: files.HEAD] != before
    assert files.read(ref) == b"plan" * SEGMENT
    destroy_key(SCOPE)
    with pytest.raises(KeyDestroyed):
        files.read(ref)
    files.delete_scope(SCOPE)
    assert not files.has_files(SCOPE)


def test_missing_and_deleted_files_say_so() -> None:
    ref = files.save(SCOPE, OWNER, "plan.pdf", b"plan")
    files.delete(ref)
    files.delete(ref)
    with pytest.raises(files.FileMissing):
        files.read(ref)


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError

    ref = files.save(SCOPE, OWNER, "plan.pdf", b"first")
    with pytest.raises(OSError):
        files.save(SCOPE, OWNER, "plan.pdf", Broken())
    assert files.read(ref) == b"first"
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_drafts_of_a_crash_are_swept(tmp_path: Path) -> None:
    ref = files.save(SCOPE, OWNER, "plan.pdf", b"plan")
    draft = files.path_of(ref).with_name(f".{uuid4().hex}.part")
    draft.write_bytes(b"half")
    rotate_key(SCOPE)
    assert files.remove_drafts(timedelta(seconds=-5)) == 1
    assert files.read(ref) == b"plan"
