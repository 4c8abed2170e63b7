"""Finds the living session behind each request, and starts every request with no account open."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import known_browsers, sessions, traces
from allonce.kernel.clock import now

SEEN_EVERY = timedelta(minutes=1)


class KeepNothingMiddleware:
    """Browsers and proxies keep no answer, unless its view says otherwise: most hold somebody's data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.setdefault("Cache-Control", "private, no-store")
        return answer


class SignInMiddleware:
    """Sets `request.sign_in_session`; a browser whose session was ended elsewhere is signed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with tenancy.within_request():
            request.sign_in_session = _living_session(request)  # type: ignore[attr-defined]
            answer = self.get_response(request)
            known_browsers.write(request, answer)
            return answer


def _living_session(request: HttpRequest) -> SignInSession | None:
    session_id = request.session.get(sessions.SESSION_KEY)
    if session_id is None:
        return None
    session = sessions.living(session_id)
    if session is None or not request.user.is_authenticated:
        logout(request)
        return None
    if now() - session.last_seen_at > SEEN_EVERY:
        SignInSession.objects.filter(pk=session.pk).update(last_seen_at=now())
        traces.keep_browser(session, session.account_id)  # for sessions that began before names were kept
    return session
