"""A recording is told by what its container holds: a sound, and nothing to look at."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel import uploads
from allonce.kernel.uploads.kinds import recognise
from allonce.kernel.uploads.scanner import EICAR
from allonce.kernel.uploads.tests.recordings import AUDIO, VIDEO, element, mp4, mp4_track, ogg, webm

pytestmark = pytest.mark.promise("SEC-UPLOADS")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [(webm(), "note.webm", "webm"), (ogg(), "note.opus", "ogg"), (mp4(), "note.m4a", "mp4"), (mp4(), "", "mp4")],
)
def test_what_browsers_record_is_taken_as_it_is(data: bytes, name: str, kind: str) -> None:
    taken = uploads.accept(data, name, uploads.SOUNDS, 10_000)
    assert (taken.kind, taken.data) == (kind, data)


@pytest.mark.parametrize(
    "data",
    [
        webm((AUDIO, b"A_OPUS"), (VIDEO, b"V_VP8")),
        webm((VIDEO, b"V_VP9")),
        webm((AUDIO, b"A_VORBIS")),
        webm(doc_type=b"matroska"),
        element("1A45DFA3", element("4282", b"webm")),
        webm()[:20],
        ogg(b"OpusHead\x01", b"\x80theora"),
        ogg(b"\x01vorbis"),
        b"OggS",
        mp4(mp4_track(), mp4_track(b"vide", "avc1")),
        mp4(mp4_track(codec="avc1")),
        mp4(mp4_track(b"vide")),
        mp4(b""),
        b"\0\0\0\x08ftyp",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"ID3\x04\0\0\0\0\0\0",
    ],
)
def test_moving_pictures_and_other_sounds_are_not(data: bytes) -> None:
    with pytest.raises(uploads.WrongKind):
        uploads.accept(data, "note.webm", uploads.SOUNDS, 10_000)


@pytest.mark.parametrize("name", ["note.exe", "note.ogg", "note.html"])
def test_a_recording_that_is_called_something_else_is_refused(name: str) -> None:
    with pytest.raises(uploads.NotAsNamed):
        uploads.accept(webm(), name, uploads.SOUNDS, 10_000)


def test_the_test_file_inside_a_recording_is_found() -> None:
    with pytest.raises(uploads.Malware):
        uploads.accept(webm(inside=EICAR), "", uploads.SOUNDS, 10_000)


@given(st.sampled_from([webm(), ogg(), mp4()]), st.data())
def test_a_recording_torn_or_changed_anywhere_is_a_recording_or_refused(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    torn = whole[:at] + data.draw(st.binary(max_size=9)) + whole[at + data.draw(st.integers(0, 9)) :]
    with contextlib.suppress(uploads.WrongKind):
        recognise(torn)
