"""The generator's ends of lines: as little work as possible for each, so that the server is what is measured."""

import asyncio
import os
import resource
from collections.abc import Callable
from uuid import UUID

from benchmarks._chat.tokens import stream_numbered, token_for

CID = b'"cid":"'
Heard = Callable[[bytes], None]


def allow_many_files() -> int:
    """Raise this process's limit of open files as far as it goes; returns it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class WebSocket(asyncio.Protocol):
    """A client's end of a WebSocket (RFC 6455) for small text frames."""

    def __init__(self, port: int, heard: Heard) -> None:
        self.port = port
        self.heard = heard
        self.buffer = b""
        self.open = False
        self.opened = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        request = f"GET /rt/v1/socket HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\n"
        request += "Connection: Upgrade\r\nSec-WebSocket-Key: c2FtZSBmb3IgYWxsISEhIQ==\r\nSec-WebSocket-Version: 13\r\n"
        transport.write(request.encode() + b"\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                raise RuntimeError(head.decode())
            self.open, self.buffer = True, rest
            self.opened.set_result(None)
        self._read_frames()

    def _read_frames(self) -> None:
        data, at = self.buffer, 0
        while len(data) - at >= 2:
            size, start = data[at + 1] & 0x7F, at + 2
            if size == 126:
                size, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if len(data) < start + size:
                break
            if data[at] & 0x0F == 1:
                self.heard(data[start : start + size])
            elif data[at] & 0x0F == 9:
                self._write(0x8A, data[start : start + size])
            at = start + size
        self.buffer = data[at:]

    def say(self, text: str) -> None:
        """Send a text frame."""
        self._write(0x81, text.encode())

    def _write(self, first: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([first, 0x80 | size]) if size < 126 else bytes([first, 0xFE]) + size.to_bytes(2, "big")
        # A mask of zeros is a mask: the bytes stay as they are.
        self.transport.write(head + b"\0\0\0\0" + payload)


async def talk(port: int, stream: UUID, name: str, heard: Heard) -> WebSocket:
    """A line that is live in its stream."""
    live = asyncio.get_running_loop().create_future()

    def first(frame: bytes) -> None:
        if frame.startswith(b'{"t":"live"'):
            live.set_result(None)
        elif frame.startswith(b'{"t":"nack"'):
            live.set_exception(RuntimeError(frame.decode()))

    loop = asyncio.get_running_loop()
    _transport, line = await loop.create_connection(lambda: WebSocket(port, first), "127.0.0.1", port)
    await line.opened
    line.say(f'{{"t":"hello","token":"{token_for(stream, name)}"}}')
    line.say(f'{{"t":"sub","s":"{stream}","after":0}}')
    await live
    line.heard = heard
    return line


class Events(asyncio.Protocol):
    """A client's end of a stream of server-sent events; `live` is done when the backlog is in."""

    def __init__(self, port: int, number: int, after: int) -> None:
        self.port = port
        self.stream = stream_numbered(number)
        self.after = after
        self.messages = 0
        self.tail = b""
        self.live = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        request = f"GET /rt/v1/stream?s={self.stream}&after={self.after} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        request += f"Authorization: Bearer {token_for(self.stream, 'visitor')}\r\n"
        # What browsers send besides: it costs the server memory for each connection.
        request += (
            "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36\r\n"
        )
        request += (
            "Accept: text/event-stream\r\nAccept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\n"
        )
        transport.write(request.encode() + b"\r\n")

    def data_received(self, data: bytes) -> None:
        text = self.tail + data
        self.tail = text[-40:]
        self.messages += text.count(b'data: {"t":"msg"') - self.tail.count(b'data: {"t":"msg"')
        if not self.live.done() and b'{"t":"live"' in text:
            self.live.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.live.done():
            self.live.set_exception(ConnectionError(str(error)))


async def listen(port: int, number: int, after: int) -> Events:
    """A line of events that has been given its backlog."""
    loop = asyncio.get_running_loop()
    _transport, line = await loop.create_connection(lambda: Events(port, number, after), "127.0.0.1", port)
    await line.live
    return line


def fresh_cid() -> str:
    """A UUID in text, cheaply."""
    raw = os.urandom(16).hex()
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


def cid_in(frame: bytes) -> str:
    """The cid of an ack or a message."""
    start = frame.index(CID) + len(CID)
    return frame[start : start + 36].decode()


def sending(stream: UUID, cid: str) -> str:
    """A frame that sends sixty characters."""
    words = "Good morning, is the blue one on your page still there?"
    return f'{{"t":"send","s":"{stream}","cid":"{cid}","kind":"text","body":{{"text":"{words}"}}}}'
