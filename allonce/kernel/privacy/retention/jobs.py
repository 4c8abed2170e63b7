"""The nightly sweep, and the hourly look at accounts that end and at copies whose time is over."""

from datetime import timedelta

from allonce.kernel.jobs import every, job
from allonce.kernel.privacy.retention import departure, keeping, sweeping


@every("daily at 01:20")
@job("retention.sweep", transactional=False)
def sweep() -> None:
    sweeping.sweep()


@every(timedelta(hours=1))
@job("retention.advance_endings", transactional=False)
def advance_endings() -> None:
    departure.advance_all()


@every(timedelta(hours=1))
@job("retention.expire_copies", transactional=False)
def expire_copies() -> None:
    keeping.expire()
