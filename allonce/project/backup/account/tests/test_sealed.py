"""Encrypted contents read from any place as their plain ones would."""

import io
import os
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.vault.segments import SEGMENT
from allonce.products.catalogue.models import Catalogue, Chunk
from allonce.project.backup.account.sealed import Spool
from allonce.project.backup.account.services import copy_to
from allonce.project.backup.account.writing import write_backup

SIZES = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 7]


@given(st.sampled_from(SIZES), st.lists(st.tuples(st.integers(0, 4 * SEGMENT), st.integers(0, 2 * SEGMENT))))
def test_any_part_reads_as_that_part_of_the_content(size: int, looks: list[tuple[int, int]]) -> None:
    content = os.urandom(size)
    spool = Spool()
    spool.write(content)
    with spool.reader() as reader:
        assert reader.size == size
        for place, length in looks:
            reader.seek(place)
            assert _exactly(reader, length) == content[place : place + length]
        reader.seek(0)
        assert reader.readall() == content


def _exactly(reader: io.RawIOBase, length: int) -> bytes:
    """A raw file may give less than it is asked for."""
    found = b""
    while piece := reader.read(length - len(found)):
        found += piece
    return found


def test_what_waits_to_be_downloaded_lies_on_no_disk_readable() -> None:
    spool = Spool()
    spool.write(b"Xenophon-Quillfeather-2719" * 10_000)
    with spool.reader():
        spool.file.seek(0)
        assert b"Xenophon" not in spool.file.read()
    assert spool.file.closed


@pytest.mark.django_db
def test_a_backup_takes_no_more_memory_for_a_larger_account(olivia: Inhabitant) -> None:
    catalogue = Catalogue.objects.get(account=olivia.account)
    for start in range(0, 2000, 100):
        Chunk.objects.bulk_create(
            Chunk(catalogue=catalogue, hash=f"{number:064}", body=os.urandom(20_000), size=20_000)
            for number in range(start, start + 100)
        )
    tracemalloc.start()
    try:
        spool = Spool()
        write_backup(olivia.account, spool)
        written = _Counter()
        copy_to(spool.reader(), written)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written.size > 40_000_000
    assert peak < 25_000_000


class _Counter:
    size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return len(data)
