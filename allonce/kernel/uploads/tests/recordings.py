"""Containers as browsers write them around what a microphone heard, with a little nothing inside."""

AUDIO, VIDEO = b"\x02", b"\x01"
SILENCE = b"\xf8\xff\xfe"


def element(name: str, body: bytes, *, endless: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if endless else (len(body) | 1 << 28).to_bytes(4, "big")
    return bytes.fromhex(name) + size + body


def webm(*codecs: tuple[bytes, bytes], doc_type: bytes = b"webm", inside: bytes = SILENCE) -> bytes:
    """As a live recorder writes it: a segment and a cluster whose ends nobody knows yet."""
    wanted = codecs or ((AUDIO, b"A_OPUS"),)
    tracks = b"".join(element("AE", element("83", kind) + element("86", codec)) for kind, codec in wanted)
    cluster = element("1F43B675", element("A3", inside), endless=True)
    head = element("1A45DFA3", element("4282", doc_type))
    return head + element("18538067", element("1654AE6B", tracks) + cluster, endless=True)


def ogg_page(packet: bytes, flags: int = 2) -> bytes:
    laced = [255] * (len(packet) // 255) + [len(packet) % 255]
    return b"OggS\0" + bytes([flags]) + bytes(20) + bytes([len(laced), *laced]) + packet


def ogg(*firsts: bytes) -> bytes:
    begun = b"".join(ogg_page(each) for each in firsts or (b"OpusHead\x01",))
    return begun + ogg_page(b"OpusTags", 0) + ogg_page(SILENCE, 0)


def box(kind: str, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind.encode() + body


def mp4_track(handler: bytes = b"soun", codec: str = "mp4a") -> bytes:
    described = box("stsd", bytes(8) + box(codec, bytes(28)))
    return box("trak", box("mdia", box("hdlr", bytes(8) + handler) + box("minf", box("stbl", described))))


def mp4(*tracks: bytes) -> bytes:
    """The sound first and the list of tracks behind it, as some phones do."""
    return box("ftyp", b"M4A ") + box("mdat", SILENCE) + box("moov", b"".join(tracks or (mp4_track(),)))
