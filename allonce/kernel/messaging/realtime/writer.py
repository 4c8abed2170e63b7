"""The one thread of a process that writes for its connections, so that many sends share one commit."""

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

import structlog
from django.db import connections

from allonce.kernel.errors import Unavailable
from allonce.kernel.messaging.realtime.commit import Answer, Committed, Marking, Sending, commit

log = structlog.get_logger("allonce.messaging")
# How long a first send waits for company, and how many at most share a commit: on SQLite jobs wait meanwhile.
GATHER_SECONDS = 0.002
MOST_TOGETHER = 400
# What waits beyond this is refused at once, with the advice to come back.
MOST_WAITING = 4000

Order = tuple[Sending | Marking, Callable[[Answer], None]]
Deliver = Callable[[list[Order], Committed], None]


class Writer:
    """Takes orders from the event loop and hands back what was committed, in batches, by `deliver` in its thread."""

    def __init__(self, deliver: Deliver) -> None:
        self.deliver = deliver
        self.orders: SimpleQueue[Order | None] = SimpleQueue()
        self.thread = threading.Thread(target=self._work, name="messaging-writer", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def submit(self, order: Order) -> None:
        """Take one order. Raises Unavailable when too many wait."""
        if self.orders.qsize() >= MOST_WAITING:
            raise Unavailable(retry_after=2)
        self.orders.put(order)

    def stop(self) -> None:
        """Write what waits and end."""
        self.orders.put(None)
        if self.thread.is_alive():
            self.thread.join(timeout=10)

    def _work(self) -> None:
        going = True
        while going:
            batch, going = self._gather()
            if batch:
                self._commit(batch)
        connections.close_all()

    def _gather(self) -> tuple[list[Order], bool]:
        first = self.orders.get()
        if first is None:
            return [], False
        if self.orders.qsize() < MOST_TOGETHER:
            time.sleep(GATHER_SECONDS)
        batch = [first]
        while len(batch) < MOST_TOGETHER:
            try:
                order = self.orders.get_nowait()
            except Empty:
                break
            if order is None:
                return batch, False
            batch.append(order)
        return batch, True

    def _commit(self, batch: list[Order]) -> None:
        sendings = [order for order, _done in batch if isinstance(order, Sending)]
        markings = [order for order, _done in batch if isinstance(order, Marking)]
        done = commit(sendings, markings)
        if any(isinstance(each.answer, Unavailable) for each in sendings):
            # Perhaps the database went away under this connection; the next batch gets a new one.
            connections.close_all()
        self.deliver(batch, done)
