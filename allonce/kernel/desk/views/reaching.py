"""A sender's own pages: tickets lie with the desk, not with an account, so no account's wall may hide them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from allonce.kernel.accounts import tenancy

P = ParamSpec("P")
R = TypeVar("R")


def across_accounts(view: Callable[P, R]) -> Callable[P, R]:
    """For views that find rows by a person or a mailed link themselves."""

    @wraps(view)
    def reaching(*args: P.args, **kwargs: P.kwargs) -> R:
        with tenancy.across_accounts():
            return view(*args, **kwargs)

    return reaching
