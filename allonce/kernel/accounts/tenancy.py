"""The second wall between accounts: which account this request may touch in the database at all.

The first wall is `access_account`. On PostgreSQL, row-level security policies (see `row_security`)
compare each row with what is said here. Inside a web request nothing is open until the door opened
one account; work that rightly spans accounts says so with `across_accounts`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ACCOUNT_SETTING = "allonce.account"
EVERY_ACCOUNT = "*"
NO_ACCOUNT = ""

# Jobs, commands and migrations run outside requests and serve every account.
_open_account: ContextVar[str] = ContextVar("open_account", default=EVERY_ACCOUNT)
_in_request: ContextVar[bool] = ContextVar("in_request", default=False)


def open_account(account_id: UUID) -> None:
    """From here to the end of the request only rows of this account can be seen.

    Outside a request nothing would ever close it again, and the next job would find its rows gone: there it stays open.
    """
    if _in_request.get():
        _tell_database(str(account_id))


@contextmanager
def within_request() -> Iterator[None]:
    """No account's rows can be seen until one is opened: how every request starts and ends."""
    before, inside = _open_account.get(), _in_request.get()
    _in_request.set(True)
    _tell_database(NO_ACCOUNT)
    try:
        yield
    finally:
        _in_request.set(inside)
        _tell_database(before)


@contextmanager
def across_accounts() -> Iterator[None]:
    """For the few look-ups that find out which account it is: sign-in, tokens, the Operator's counts."""
    before = _open_account.get()
    _tell_database(EVERY_ACCOUNT)
    try:
        yield
    finally:
        _tell_database(before)


def tell_new_connection(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """A connection from the pool may remember another request: say it anew each time."""
    if connection.alias == "default":
        _set_on(connection, _open_account.get())


def _tell_database(value: str) -> None:
    _open_account.set(value)
    connection = connections["default"]
    if connection.connection is not None:
        _set_on(connection, value)


def _set_on(connection: BaseDatabaseWrapper, value: str) -> None:
    # A transaction that is about to be undone takes back what was said in it, and refuses to hear more.
    if connection.vendor != "postgresql" or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [ACCOUNT_SETTING, value])
