from allonce.kernel.jobs import every
from allonce.kernel.privacy.analytics import counting, visits


@every("daily at 00:40")
def count_yesterday() -> None:
    """Turns visits and events of the last whole days into figures."""
    counting.count_days()


@every("daily at 03:40")
def forget_visits() -> None:
    """Removes visits older than thirty days."""
    visits.sweep()
