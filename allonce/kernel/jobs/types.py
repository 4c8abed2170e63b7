"""What jobs may carry, and how they may end."""

from datetime import timedelta


class BadJob(TypeError):
    """A job was declared or queued with something other than ids."""


class RetryLater(Exception):
    """Raised by a job that wants another try after `after`; it counts as one attempt."""

    def __init__(self, after: timedelta) -> None:
        self.after = after
        super().__init__("retry later")


class LeaseLost(Exception):
    """Another worker has taken the job over, so this one's effects are undone."""
