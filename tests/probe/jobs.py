"""Jobs whose effects can be counted."""

import os
import signal
import time
from datetime import timedelta

from allonce.kernel.jobs import RetryLater, job
from tests.probe.models import Effect


@job("probe.mark")
def mark(number: int) -> None:
    Effect.objects.create(mark=f"mark-{number}")


@job("probe.slow_mark")
def slow_mark(number: int) -> None:
    Effect.objects.create(mark=f"mark-{number}")
    time.sleep(0.02)


@job("probe.fail", max_attempts=2)
def fail(number: int) -> None:
    Effect.objects.create(mark=f"fail-{number}")
    raise ValueError("with personal words")


@job("probe.wait", max_attempts=3, transactional=False)
def wait(seconds: int) -> None:
    raise RetryLater(timedelta(seconds=seconds))


@job("probe.kill", max_attempts=2)
def kill(number: int) -> None:
    Effect.objects.create(mark=f"kill-{number}")
    os.kill(os.getpid(), signal.SIGKILL)
