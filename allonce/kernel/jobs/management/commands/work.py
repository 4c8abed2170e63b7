"""`allonce work`: run jobs and schedules in this process until asked to stop."""

import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from allonce.kernel.jobs.starting import require_ready
from allonce.kernel.jobs.worker import Pace, work


class Command(BaseCommand):
    help = "Run jobs and schedules until SIGTERM or SIGINT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lanes", type=int, default=Pace.lanes, help="how many jobs may run at a time")
        parser.add_argument(
            "--lease-seconds",
            type=int,
            default=int(Pace.lease.total_seconds()),
            help="after how long a silent worker's jobs go to another",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        require_ready()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        lease = timedelta(seconds=options["lease_seconds"])
        work(stop, Pace(lanes=options["lanes"], lease=lease, beat_seconds=lease.total_seconds() / 4))
