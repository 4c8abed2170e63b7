"""One call: to a judged address, in bounded time, following nobody, and reading no more than is needed."""

import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from allonce.kernel.post.outward.addresses import AddressRefused, NotLookedUp, Url, judged_addresses, readable_url

SECONDS = 10.0
MOST_ANSWER = 64 * 1024
OURS = {"User-Agent": "Allonce/1", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Answer:
    """What came back. `body` is cut at the cap; `retry_after` is in whole seconds, 0 where none was asked for."""

    status: int
    body: bytes = field(default=b"", repr=False)
    retry_after: int = 0

    @property
    def is_good(self) -> bool:
        """Whether the call was taken (any 2xx)."""
        return 200 <= self.status < 300


class NoAnswer(Exception):
    """There was no answer. `word` is one of: address_refused, name_unknown, unreachable, tls_failed, timeout, broken.

    `sent` is False where nothing can have arrived, True where it may have.
    """

    def __init__(self, word: str, *, sent: bool = False) -> None:
        self.word = word
        self.sent = sent
        super().__init__(word)


def call(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    trusted: bool = False,
    seconds: float = SECONDS,
) -> Answer:
    """POST `body` and return the answer, a redirect included: it is not followed. Raises NoAnswer.

    `seconds` bound the whole call, from the look-up of the name to the last byte read. `trusted` addresses come
    from the installation's own settings and may lie in its own network.
    """
    return _called(address, _Asked("POST", body, headers), trusted, seconds)


def fetch(
    address: str,
    headers: Mapping[str, str],
    *,
    trusted: bool = False,
    seconds: float = SECONDS,
    most: int = MOST_ANSWER,
) -> Answer:
    """As `call`, with GET. Of the answer no more than `most` bytes are read."""
    return _called(address, _Asked("GET", b"", headers, most), trusted, seconds)


def _called(address: str, asked: "_Asked", trusted: bool, seconds: float) -> Answer:
    deadline = time.monotonic() + seconds
    try:
        url = readable_url(address, trusted=trusted)
        places = judged_addresses(url, trusted=trusted, seconds=seconds)
    except AddressRefused:
        raise NoAnswer("address_refused") from None
    except NotLookedUp as error:
        raise NoAnswer(error.word) from None
    with _connected(url, places, deadline) as line:
        return _exchange(url, line, asked, deadline)


@dataclass(frozen=True)
class _Asked:
    method: str
    body: bytes
    headers: Mapping[str, str]
    most: int = MOST_ANSWER


def _connected(url: Url, places: list[str], deadline: float) -> socket.socket:
    """A line to the first address that takes one, inside TLS that proves the host's name."""
    word = "unreachable"
    for place in places:
        line = None
        try:
            line = socket.create_connection((place, url.port), timeout=_left(deadline))
            return line if url.scheme == "http" else _tls().wrap_socket(line, server_hostname=url.host)
        except TimeoutError:
            word = "timeout"
        except ssl.SSLError:
            word = "tls_failed"
        except OSError:
            pass
        if line is not None:
            line.close()
    raise NoAnswer(word)


def _exchange(url: Url, line: socket.socket, asked: _Asked, deadline: float) -> Answer:
    connection = HTTPConnection(url.host, url.port)
    connection.sock = line
    try:
        line.settimeout(_left(deadline))
        body = asked.body if asked.method == "POST" else None
        connection.request(asked.method, url.path, body, {"Host": url.authority, **OURS, **asked.headers})
        response = HTTPResponse(_Patient(line, deadline), method=asked.method)  # type: ignore[arg-type]  # reads only
        with response:
            response.begin()
            return Answer(response.status, _body(response, asked.most), _seconds(response.headers.get("Retry-After")))
    except TimeoutError:
        raise NoAnswer("timeout", sent=True) from None
    except (OSError, HTTPException, ValueError):
        raise NoAnswer("broken", sent=True) from None


def _body(response: HTTPResponse, most: int) -> bytes:
    """What can be had of it: an answer whose status is known stands, even if its words break off."""
    try:
        return response.read(most)
    except (OSError, HTTPException, ValueError):
        return b""


class _Patient:
    """A socket as HTTPResponse wants it, whose reads all end at one deadline: no server can drip for ever."""

    def __init__(self, line: socket.socket, deadline: float) -> None:
        self._line = line
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reads(self._line, self._deadline))


class _Reads(io.RawIOBase):
    def __init__(self, line: socket.socket, deadline: float) -> None:
        self._line = line
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(_left(self._deadline))
        return self._line.recv_into(buffer)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are checked against the machine's authorities and the host's name."""
    return ssl.create_default_context()


def _seconds(text: str | None) -> int:
    """Retry-After in its form of seconds; a date is not worth a parser of its own."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
