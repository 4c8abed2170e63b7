"""Where a scanner is configured its word counts, and without its word nothing is taken."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from allonce.kernel import uploads
from allonce.kernel.uploads.tests.scanners import PLANTED, Scripted, clamd, scripted

pytestmark = pytest.mark.promise("SEC-UPLOADS")
SHEET = b"Range,Colour\nLinen,White\n"


@pytest.fixture
def scanner(settings: Settings) -> Iterator[Scripted]:
    with scripted() as made:
        settings.CLAMD, settings.CLAMD_TIMEOUT = made.address, 1
        yield made


def take(data: bytes = SHEET) -> uploads.Upload:
    return uploads.accept(data, "prices.csv", {"csv"}, 10_000_000)


def test_a_clean_file_is_taken_and_the_scanner_saw_all_of_it(scanner: Scripted) -> None:
    large = SHEET * 20_000
    assert take(large).data == large
    assert scanner.heard == [large]


def test_a_file_that_the_scanner_knows_is_refused(scanner: Scripted) -> None:
    scanner.answer = b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
    with pytest.raises(uploads.Malware):
        take()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"\0", b"OK", None])
def test_an_answer_that_is_no_clear_yes_takes_nothing(scanner: Scripted, answer: bytes | None) -> None:
    scanner.answer = answer
    with pytest.raises(uploads.ScannerDown) as refused:
        take()
    assert refused.value.status == 503
    assert "Try again" in str(refused.value.message)


def test_a_scanner_that_says_nothing_takes_nothing(scanner: Scripted) -> None:
    scanner.silent = True
    with pytest.raises(uploads.ScannerDown):
        take()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nowhere/clamd.ctl", "[::1]:1"])
def test_a_scanner_that_is_not_there_takes_nothing(settings: Settings, address: str) -> None:
    settings.CLAMD = address
    with pytest.raises(uploads.ScannerDown):
        take()


def test_what_the_server_may_never_store_is_not_sent_to_a_scanner_that_would(scanner: Scripted) -> None:
    written = io.BytesIO()
    Image.new("RGB", (20, 20)).save(written, "PNG")
    uploads.accept_image(written.getvalue(), "", {"png"}, uploads.Bounds(10_000), in_memory_only=True)
    assert scanner.heard == []


@pytest.mark.real
def test_a_real_daemon_finds_what_it_knows_and_passes_what_it_does_not(settings: Settings) -> None:
    with clamd() as address:
        settings.CLAMD = address
        assert take().kind == "csv"
        with pytest.raises(uploads.Malware):
            take(SHEET + PLANTED)
        with pytest.raises(uploads.ScannerDown):
            take(SHEET * 100_000)  # beyond what this daemon may be sent
    with pytest.raises(uploads.ScannerDown):
        take()
