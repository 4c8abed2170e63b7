"""Running jobs: lanes that take from one buffer, a heartbeat, and the schedule."""

import threading
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from allonce.kernel.clock import now
from allonce.kernel.jobs import queue
from allonce.kernel.jobs.execute import execute
from allonce.kernel.jobs.models import Job
from allonce.kernel.jobs.schedule import Schedule

log = structlog.get_logger("allonce.jobs")


class Stop(Protocol):
    """An event of threading or multiprocessing that asks the worker to end."""

    def is_set(self) -> bool:
        """Whether to end."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for it, at most `timeout` seconds."""


@dataclass(frozen=True)
class Pace:
    """How a worker keeps time. A lease outlives several heartbeats, else a slow disk would cost jobs."""

    lease: timedelta = timedelta(seconds=60)
    beat_seconds: float = 15
    idle_seconds: float = 0.5
    lanes: int = 2
    claim: int = 10


class LaneDied(RuntimeError):
    """A lane ended by an error that no job caused."""


class Buffer:
    """Jobs this worker holds and has not begun, shared by its lanes."""

    def __init__(self, worker: UUID, pace: Pace) -> None:
        self.worker = worker
        self.pace = pace
        self.lock = threading.Lock()
        self.waiting: deque[Job] = deque()

    def take(self) -> Job | None:
        """The next job, claimed from the queue when none is at hand."""
        with self.lock:
            if not self.waiting:
                self.waiting.extend(queue.claim(self.worker, self.pace.lease, self.pace.claim))
            return self.waiting.popleft() if self.waiting else None

    def give_back(self) -> None:
        """Return what was not begun, so that others need not wait for the lease to end."""
        with self.lock:
            queue.release(list(self.waiting))
            self.waiting.clear()


def work(stop: Stop, pace: Pace | None = None) -> None:
    """Run jobs and schedules until `stop` is set; what is running then is finished first. One per process."""
    pace = pace or Pace()
    buffer = Buffer(uuid4(), pace)
    silence, ending = threading.Event(), threading.Event()
    heart = threading.Thread(target=_beat, args=(buffer.worker, silence, pace), daemon=True)
    lanes = [threading.Thread(target=_lane, args=(buffer, stop, ending, pace)) for _ in range(pace.lanes)]
    for thread in (heart, *lanes):
        thread.start()
    try:
        _tick_until(stop, pace, lanes)
    finally:
        ending.set()
        for lane in lanes:
            lane.join()
        silence.set()
        heart.join()
        buffer.give_back()
        connections.close_all()


def run_due(most: int = 1000) -> int:
    """Run what is due here and now, in this thread; for tests and demos. Returns how many jobs were begun."""
    buffer = Buffer(uuid4(), Pace())
    for count in range(most):
        job = buffer.take()
        if job is None:
            return count
        execute(job)
    buffer.give_back()
    return most


def _lane(buffer: Buffer, stop: Stop, ending: threading.Event, pace: Pace) -> None:
    while not stop.is_set() and not ending.is_set():
        try:
            close_old_connections()
            job = buffer.take()
            if job is None:
                stop.wait(pace.idle_seconds)
            else:
                execute(job)
        except DatabaseError as error:
            # The database is away or locked; the lease decides what becomes of the job.
            log.error("lane_stalled", exc_info=error)
            stop.wait(pace.idle_seconds)
    connections.close_all()


def _tick_until(stop: Stop, pace: Pace, lanes: list[threading.Thread]) -> None:
    schedule = Schedule()
    while not stop.is_set():
        if not all(lane.is_alive() for lane in lanes):
            # Better a restart by whoever looks after this process than a queue that nobody serves.
            raise LaneDied
        try:
            close_old_connections()
            schedule.tick()
        except DatabaseError as error:
            log.error("schedule_stalled", exc_info=error)
        stop.wait(pace.idle_seconds)


def _beat(worker: UUID, silence: threading.Event, pace: Pace) -> None:
    while not silence.wait(pace.beat_seconds):
        try:
            close_old_connections()
            queue.extend(worker, now() + pace.lease)
        except DatabaseError as error:
            # A long transaction on SQLite holds the only write lock; nobody else can claim then either.
            log.warning("heartbeat_missed", exc_info=error)
    connections.close_all()
