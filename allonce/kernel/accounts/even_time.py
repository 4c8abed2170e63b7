"""Answers whose time does not tell what was found."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def in_even_time() -> Iterator[None]:
    """The block takes REGISTER_REFUSAL_SECONDS, well beyond what its work needs, however it ends."""
    end = time.monotonic() + settings.REGISTER_REFUSAL_SECONDS
    try:
        yield
    finally:
        time.sleep(max(0.0, end - time.monotonic()))
