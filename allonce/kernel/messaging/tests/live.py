"""A real server process on an installation of its own, to be killed and started again, and clients for it."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

from allonce.kernel.post.tests.ports import free_port
from tests.probe.installation import Installation, installed

ROOT = Path(__file__).resolve().parents[4]
READY_SECONDS = 60
PATIENCE = 40.0
MAKE = """
from uuid import UUID
from allonce.kernel.messaging import open_stream
from tests.probe.streams import token_for
for number in range({count}):
    stream = open_stream("probe", UUID("{account}"))
    print(stream.id, token_for(stream.id, "visitor"), token_for(stream.id, "agent:ann", staff=True))
"""


@dataclass(frozen=True)
class Room:
    """A stream with a token for the visitor and one for the agent."""

    id: UUID
    visitor: str
    agent: str


@dataclass
class Server:
    """`python -m uvicorn` as `allonce up` starts it."""

    made: Installation
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    # One for all requests: making one reads the machine's certificates each time.
    client: httpx.Client = field(default_factory=lambda: httpx.Client(verify=False, timeout=40))

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def rooms(self, count: int) -> list[Room]:
        printed = self.made.python(MAKE.format(count=count, account=uuid4()))
        parts = [line.split() for line in printed.splitlines()]
        return [Room(UUID(stream), visitor, agent) for stream, visitor, agent in parts]

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "allonce.project.asgi:application", "--port", str(self.port)]
        command += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", str(128 * 1024)]
        command += ["--log-level", "warning", "--timeout-graceful-shutdown", "5"]
        self.process = subprocess.Popen(command, env=self.made.environment, cwd=ROOT)
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert self.process.poll() is None, "the server ended at its start"
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server does not answer")

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As an operator would; the exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        return self.process.wait(30)

    def send(self, token: str, stream: UUID, words: str, *, cid: UUID | None = None, **more: Any) -> httpx.Response:
        frame = {"s": str(stream), "cid": str(cid or uuid4()), "kind": "text", "body": {"text": words}, **more}
        return self.post("send", token, frame)

    def post(self, verb: str, token: str, frame: dict[str, Any]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return self.client.post(f"http://{self.address}/rt/v1/{verb}", json=frame, headers=headers)

    def get(self, verb: str, token: str, **query: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return self.client.get(f"http://{self.address}/rt/v1/{verb}", params=query, headers=headers)


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Server]:
    """An installation with one running server."""
    with installed(folder, **variables) as made:
        server = Server(made)
        server.start()
        try:
            yield server
        finally:
            if server.process is not None and server.process.poll() is None:
                server.stop()


class Talk:
    """A client on a WebSocket that says what it means and waits for what it expects."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.seen: list[dict[str, Any]] = []

    async def say(self, **frame: Any) -> None:
        await self.line.send(json.dumps(frame, default=str))

    async def send(self, stream: UUID, words: str, *, cid: UUID | None = None, **more: Any) -> UUID:
        cid = cid or uuid4()
        await self.say(**{"t": "send", "s": stream, "cid": cid, "kind": "text", "body": {"text": words}, **more})
        return cid

    async def deliver(self, stream: UUID, words: str) -> None:
        """Send until it is acknowledged, at the pace that the server asks for."""
        cid = uuid4()
        while True:
            await self.send(stream, words, cid=cid)
            answer = await self.until("ack", "nack", cid=str(cid))
            if answer["t"] == "ack":
                return
            await asyncio.sleep(answer["problem"]["retry_after"])

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):  # a frame that never comes fails its test, it does not stop the suite
            frame: dict[str, Any] = json.loads(await self.line.recv())
        self.seen.append(frame)
        return frame

    async def until(self, *kinds: str, **wanted: Any) -> dict[str, Any]:
        """The next frame of one of these kinds with those values; what comes before it is kept in `seen`."""
        while True:
            frame = await self.next()
            if frame["t"] in kinds and all(frame.get(name) == value for name, value in wanted.items()):
                return frame


def narrow_line(server: Server) -> socket.socket:
    """A line that holds little on the way, whatever the machine's defaults: what is not read piles up at the server."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    host, port = server.address.split(":")
    line.connect((host, int(port)))
    return line


@asynccontextmanager
async def talking(
    server: Server, token: str | None, *streams: UUID, after: int = 0, **more: Any
) -> AsyncIterator[Talk]:
    """Connected, said hello, live in these streams."""
    async with connect(f"ws://{server.address}/rt/v1/socket", compression=None, **more) as line:
        talk = Talk(line)
        if token is not None:
            await talk.say(t="hello", token=token)
        for stream in streams:
            await talk.say(t="sub", s=stream, after=after)
            await talk.until("live", s=str(stream))
        yield talk
