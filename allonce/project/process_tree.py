"""One process tree: the parts of an installation as children that are restarted when they die."""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

QUIET_SECONDS = 0.5
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
GRACE_SECONDS = 15.0


@dataclass
class Part:
    """One child: what it is called, how it is started, and how its restarts are spaced."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    not_before: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(self.command)  # noqa: S603  the commands are our own
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start the part, or start it again after a pause that grows while it keeps dying."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self._note_death(now)
        if now >= self.not_before:
            self.start()

    def _note_death(self, now: float) -> None:
        assert self.process is not None
        steady = now - self.started > STEADY_SECONDS
        self.pause = FIRST_PAUSE if steady else min(self.pause * 2, LONGEST_PAUSE)
        self.not_before = now + self.pause
        sys.stderr.write(f"{self.name} ended with {self.process.returncode}; again in {self.pause:.0f} s\n")
        self.process = None


@dataclass
class ProcessTree:
    """Runs its parts until it is told to stop; then stops them all, gently first."""

    parts: list[Part]
    stopping: bool = field(default=False)

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        while not self.stopping:
            for part in self.parts:
                part.look_after()
            time.sleep(QUIET_SECONDS)
        self.end()

    def end(self) -> None:
        running = [part.process for part in self.parts if part.process and part.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
