"""Looking for malware: the test file that every scanner knows, always; a ClamAV daemon, where one is configured.

The daemon is spoken to in its own INSTREAM protocol (man 8 clamd): length-prefixed chunks, an empty one at the end,
and an answer that ends in "OK" or "FOUND".
"""

import socket
import struct
from collections.abc import Iterator

from django.conf import settings

from allonce.kernel.uploads.refusals import Malware, ScannerDown

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
RETRY_SECONDS = 60
# In two halves: whole, it would have scanners remove this very file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"


def scanner_in_use() -> bool:
    """Whether this installation has a malware scanner beside the built-in check."""
    return bool(settings.CLAMD)


def scan(data: bytes) -> None:
    """Raises Malware, or ScannerDown where a scanner is configured and gives no clear answer (fails closed)."""
    refuse_test_file(data)
    if settings.CLAMD:
        _judge(_ask(data))


def refuse_test_file(data: bytes) -> None:
    """Raises Malware for the EICAR test string, wherever it stands in the bytes."""
    if EICAR in data:
        raise Malware


def _judge(answer: bytes) -> None:
    said = answer.rstrip(b"\0\n").strip()
    if said.endswith(b" FOUND"):
        raise Malware
    if said != b"stream: OK":
        raise ScannerDown(RETRY_SECONDS)


def _ask(data: bytes) -> bytes:
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for piece in _pieces(data):
                line.sendall(piece)
            return _answer(line)
    except OSError as error:
        raise ScannerDown(RETRY_SECONDS) from error


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        yield struct.pack("!I", len(chunk)) + chunk
    yield struct.pack("!I", 0)


def _answer(line: socket.socket) -> bytes:
    """What the daemon says, up to its closing NUL or the end of the connection."""
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        more = line.recv(1024)
        if not more:
            break
        said += more
    return said


def _connected() -> socket.socket:
    """`ALLONCE_CLAMD` is "unix:/path/of/socket" or "host:port"."""
    kind, _, rest = settings.CLAMD.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(settings.CLAMD_TIMEOUT)
        line.connect(rest)
        return line
    host, _, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=settings.CLAMD_TIMEOUT)
