"""Where the event loop has blocking work done: a few threads, each with its own connection to the database."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connections

P = ParamSpec("P")
T = TypeVar("T")
READERS = 4


class Threads:
    """Readers for what somebody waits for, and one aside for what nobody waits for."""

    def __init__(self) -> None:
        self.readers = ThreadPoolExecutor(READERS, thread_name_prefix="messaging-reader")
        self.aside = ThreadPoolExecutor(1, thread_name_prefix="messaging-aside")

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "asyncio.Future[T]":
        """Have it done, and the result to await."""
        return asyncio.get_running_loop().run_in_executor(self.readers, lambda: _tidily(work, *args, **kwargs))

    def later(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have it done some time, one after the other. It must look after its own failures."""
        self.aside.submit(lambda: _tidily(work, *args, **kwargs))

    def stop(self) -> None:
        for pool in (self.readers, self.aside):
            pool.shutdown(wait=False, cancel_futures=True)


def _tidily(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return work(*args, **kwargs)
    except DatabaseError:
        connections.close_all()
        raise
    finally:
        # A server's connections are few and shared; a file's are cheap to keep and dear to open.
        for each in connections.all(initialized_only=True):
            if each.vendor == "postgresql":
                each.close()
