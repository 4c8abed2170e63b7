"""Scheduled tidying of what has run out."""

from datetime import timedelta

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.session_store import SessionStore
from allonce.kernel.jobs import every, job


@every(timedelta(hours=1))
@job("accounts.sweep")
def sweep() -> None:
    """Remove counts of past windows and browser sessions that are over: there are many, and each is short-lived."""
    throttle.sweep()
    SessionStore.clear_expired()
