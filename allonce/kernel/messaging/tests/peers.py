"""A client that follows docs/messaging.md, on a line that is cut and that loses frames."""

import asyncio
import json
import random
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

LOOK_SECONDS = 0.05
RESEND_SECONDS = 0.6
SYNC_SECONDS = 0.8


@dataclass
class Peer:
    """Keeps its outbox until each send is acknowledged; applies only the next number."""

    address: str
    token: str
    stream: UUID
    chance: random.Random
    # Of the frames that come in, every so many is lost on the way.
    loses_every: int = 0
    cuts: float = 0.0
    outbox: deque[tuple[UUID, str]] = field(default_factory=deque)
    acknowledged: dict[UUID, int] = field(default_factory=dict)
    log: list[dict[str, Any]] = field(default_factory=list)
    cursor: int = 0
    connected: int = 0
    came: int = 0
    sent_at: float = 0.0
    moved_at: float = 0.0

    def write(self, words: str) -> UUID:
        """Put a message into the outbox; the cid is made once."""
        cid = uuid4()
        self.outbox.append((cid, words))
        return cid

    async def live(self) -> None:
        """Connect, talk and connect again, for ever."""
        wait = 0.05
        while True:
            try:
                async with connect(f"ws://{self.address}/rt/v1/socket", compression=None, open_timeout=5) as line:
                    self.connected += 1
                    wait = 0.05
                    await self._talk(line)
            except (OSError, WebSocketException, TimeoutError):
                pass
            await asyncio.sleep(self.chance.uniform(0, wait))
            wait = min(2 * wait, 1.0)

    async def _talk(self, line: ClientConnection) -> None:
        await line.send(json.dumps({"t": "hello", "token": self.token}))
        await self._sync(line)
        self.sent_at = 0.0
        while True:
            await self._send_next(line)
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    text = await line.recv()
            except TimeoutError:
                text = ""
            if text:
                self._lose_or_take(json.loads(text))
            if monotonic() - self.moved_at > SYNC_SECONDS:
                await self._sync(line)
            if self.chance.random() < self.cuts:
                line.transport.abort()
                return

    async def _sync(self, line: ClientConnection) -> None:
        self.moved_at = monotonic()
        await line.send(json.dumps({"t": "sub", "s": str(self.stream), "after": self.cursor}))

    async def _send_next(self, line: ClientConnection) -> None:
        """One in flight: the next goes when this one is acknowledged, so that order holds whatever is lost."""
        if not self.outbox or monotonic() - self.sent_at < RESEND_SECONDS:
            return
        cid, words = self.outbox[0]
        self.sent_at = monotonic()
        frame = {"t": "send", "s": str(self.stream), "cid": str(cid), "kind": "text", "body": {"text": words}}
        await line.send(json.dumps(frame))

    def _lose_or_take(self, frame: dict[str, Any]) -> None:
        self.came += 1
        if self.loses_every and self.came % self.loses_every == 0:
            return
        if frame["t"] == "ack":
            self._acknowledge(UUID(frame["cid"]), frame["seq"])
        elif frame["t"] in ("msg", "gap") and frame["seq"] == self.cursor + 1:
            self.cursor = frame["seq"]
            self.moved_at = monotonic()
            self.log.append(frame)

    def _acknowledge(self, cid: UUID, seq: int) -> None:
        assert self.acknowledged.setdefault(cid, seq) == seq, "one send was given two numbers"
        if self.outbox and self.outbox[0][0] == cid:
            self.outbox.popleft()
            self.sent_at = 0.0
