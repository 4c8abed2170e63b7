"""Slowing down guesses at emails, User IDs and codes."""

from datetime import timedelta

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.devices.services.registration import Asking, holds_code

PER_ADDRESS = (30, timedelta(hours=1))
PER_EMAIL = (10, timedelta(hours=1))


def count_try(address: str, asking: Asking) -> None:
    """Count one try to register; raises TooMany alike for emails that exist and that do not.

    Whoever holds a code is not kept out by a stranger's guesses, with codes of his own invention or without.
    """
    throttle.hit("register-address", address, *PER_ADDRESS)
    if not holds_code(asking):
        throttle.hit("register-email", asking.email, *PER_EMAIL)
