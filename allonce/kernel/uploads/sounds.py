"""Whether a file is a sound recording: told by the tracks that its container lists. Nothing is decoded.

What browsers record: Opus in WebM or Ogg, AAC in MP4. A container that lists anything else beside is none of these.
"""

from collections.abc import Iterator
from itertools import islice

# Containers list their tracks at the beginning; a recorder writes little before them.
_HEAD = 64 * 1024
_MOST_BOXES = 10_000
_EBML, _SEGMENT, _TRACKS, _TRACK, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1654AE6B, 0xAE, 0x1F43B675
_DOC_TYPE, _TRACK_TYPE, _CODEC = 0x4282, 0x83, 0x86
_AUDIO = b"\x02"
_UNKNOWN_SIZES = {(1 << 7 * length) - 1: length for length in range(1, 9)}
_OGG_PAGE, _OGG_FIRST = 27, 2
_STSD = ("mdia", "minf", "stbl", "stsd")


def is_webm_opus(data: bytes) -> bool:
    """Opus and nothing else in a WebM file."""
    try:
        return data.startswith(b"\x1a\x45\xdf\xa3") and _tracks(data[:_HEAD]) == {(_AUDIO, b"A_OPUS")}
    except (IndexError, ValueError):
        return False


def is_ogg_opus(data: bytes) -> bool:
    """Opus and nothing else in an Ogg file: every stream that begins is one."""
    firsts = list(_first_packets(data[:_HEAD]))
    return bool(firsts) and all(each.startswith(b"OpusHead") for each in firsts)


def is_mp4_aac(data: bytes) -> bool:
    """AAC and nothing else in an MP4 file."""
    if data[4:8] != b"ftyp":
        return False
    tracks = [body for moov in _inside(data, "moov") for body in _inside(moov, "trak")]
    return bool(tracks) and all(_is_aac(track) for track in tracks)


def _tracks(head: bytes) -> set[tuple[bytes, bytes]]:
    """Type and codec of each track of a WebM file."""
    found, is_webm = set(), False
    for name, body in _elements(head):
        if name == _EBML:
            is_webm = dict(_elements(body)).get(_DOC_TYPE) == b"webm"
        elif name == _SEGMENT and is_webm:
            for track in _listed(body):
                told = dict(_elements(track))
                found.add((told.get(_TRACK_TYPE, b""), told.get(_CODEC, b"")))
    return found


def _listed(segment: bytes) -> Iterator[bytes]:
    """The track entries of a segment, which stand before its first cluster."""
    for name, body in _elements(segment):
        if name == _CLUSTER:
            return
        if name == _TRACKS:
            yield from (track for inner, track in _elements(body) if inner == _TRACK)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The EBML elements in a row (RFC 8794); one of unknown size reaches to the end."""
    at = 0
    while at < len(data):
        length = _length(data[at])
        name = int.from_bytes(data[at : at + length], "big")
        at += length
        length = _length(data[at])
        size = int.from_bytes(data[at : at + length], "big") & ((1 << 7 * length) - 1)
        at += length
        end = len(data) if _UNKNOWN_SIZES.get(size) == length else at + size
        yield name, data[at:end]
        at = end


def _length(first: int) -> int:
    """How many bytes a variable-size integer takes, by its first one. Raises ValueError."""
    if not first:
        raise ValueError("no such integer")
    return 9 - first.bit_length()


def _first_packets(head: bytes) -> Iterator[bytes]:
    """What stands in the pages with which streams begin; those come before all others (RFC 3533)."""
    at = 0
    while head[at : at + 4] == b"OggS" and len(head) > at + _OGG_PAGE and head[at + 5] & _OGG_FIRST:
        segments = head[at + 26]
        start = at + _OGG_PAGE + segments
        at = start + sum(head[at + _OGG_PAGE : start])
        yield head[start:at]


def _boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The boxes in a row (ISO/IEC 14496-12)."""
    at = 0
    while at + 8 <= len(data):
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        size = size or len(data) - at
        if size < head:
            return
        yield data[at + 4 : at + 8].decode("latin-1"), data[at + head : at + size]
        at += size


def _inside(data: bytes, *path: str) -> list[bytes]:
    """The bodies of the boxes to which this path leads."""
    bodies = [data]
    for name in path:
        bodies = [body for outer in bodies for kind, body in islice(_boxes(outer), _MOST_BOXES) if kind == name]
    return bodies


def _is_aac(track: bytes) -> bool:
    handlers = [body[8:12] for body in _inside(track, "mdia", "hdlr")]
    formats = [kind for body in _inside(track, *_STSD) for kind, _entry in _boxes(body[8:])]
    return handlers == [b"soun"] and set(formats) == {"mp4a"}
