"""Workers are killed without warning; every job's effect happens exactly once."""

import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.probe.installation import Installation, installed

COUNT = "from tests.probe.models import Effect\nprint(*Effect.objects.values_list('mark', flat=True))"
WAIT = """
import time
from allonce.kernel.jobs.models import Job
end = time.monotonic() + {seconds}
while Job.objects.exclude(state="dead").exists() and time.monotonic() < end:
    time.sleep(0.05)
"""


def enqueue(place: Installation, job: str, count: int) -> None:
    place.python(f"from tests.probe.jobs import {job}\nfor number in range({count}): {job}.later(number)")


def effects(place: Installation) -> Counter[str]:
    return Counter(place.python(COUNT).split())


def worker(place: Installation) -> "subprocess.Popen[bytes]":
    return place.start("work", "--lease-seconds", "1")


def finish(place: Installation, workers: list["subprocess.Popen[bytes]"], seconds: int) -> None:
    """Let the workers work until nothing is left, then stop them politely."""
    place.python(WAIT.format(seconds=seconds))
    for running in workers:
        _await_listening(running)
        running.send_signal(signal.SIGTERM)
    for running in workers:
        assert running.wait(timeout=30) == 0


def _await_listening(running: "subprocess.Popen[bytes]") -> None:
    """One that was just started may not listen for signals yet, and would die of them."""
    status = Path(f"/proc/{running.pid}/status")
    while not int(status.read_text().partition("SigCgt:")[2].split()[0], 16) >> (signal.SIGTERM - 1) & 1:
        assert running.poll() is None
        time.sleep(0.05)


def torture(place: Installation, jobs: int, workers: int, kills: int) -> Counter[str]:
    enqueue(place, "slow_mark", jobs)
    running = [worker(place) for _ in range(workers)]
    for _ in range(kills):
        time.sleep(random.uniform(1.0, 2.0))
        victim = random.randrange(workers)
        running[victim].kill()
        running[victim].wait()
        running[victim] = worker(place)
    finish(place, running, seconds=100)
    return effects(place)


@pytest.mark.slow
@pytest.mark.scale
def test_a_killed_workers_jobs_are_done_once_by_others(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        assert torture(place, jobs=120, workers=2, kills=2) == {f"mark-{number}": 1 for number in range(120)}


@pytest.mark.slow
def test_twenty_kills_among_three_workers_lose_and_double_nothing(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        assert torture(place, jobs=1500, workers=3, kills=20) == {f"mark-{number}": 1 for number in range(1500)}


@pytest.mark.slow
def test_a_job_that_kills_its_worker_ends_as_a_dead_letter_and_takes_no_other_with_it(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        enqueue(place, "kill", 1)
        enqueue(place, "mark", 12)
        for _ in range(2):
            assert worker(place).wait(timeout=60) == -signal.SIGKILL
        finish(place, [worker(place)], seconds=60)
        assert effects(place) == {f"mark-{number}": 1 for number in range(12)}
        dead = "from allonce.kernel.jobs import dead_letters\nprint(dead_letters().get().error_type)"
        assert place.python(dead).strip() == "WorkerDied"
