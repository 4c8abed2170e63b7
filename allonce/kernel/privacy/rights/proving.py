"""A copy of everything, and the end of everything, want proof that it is still the same person at the screen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url

from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.clock import now

PROVED_AT = "proved_at"
GOOD_FOR = timedelta(minutes=15)
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, SignInSession, P], HttpResponseBase]


def note(request: HttpRequest) -> None:
    """The person has just given their password or used their passkey."""
    request.session[PROVED_AT] = now().isoformat()


def is_recent(request: HttpRequest, session: SignInSession) -> bool:
    """Whether they signed in, or proved themselves again, within the last quarter of an hour."""
    kept: Any = request.session.get(PROVED_AT)
    proved = max(session.created_at, datetime.fromisoformat(kept)) if kept else session.created_at
    return now() - proved < GOOD_FOR


def recently_proved(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Under @signed_in: ask for a proof first where the last one is older than a quarter of an hour."""

    @wraps(view)
    def guarded(request: HttpRequest, session: SignInSession, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_recent(request, session):
            return view(request, session, *args, **kwargs)
        back = request.path
        return redirect(f"{resolve_url('rights:confirm')}?{urlencode({'next': back})}")

    return guarded
