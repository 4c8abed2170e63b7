"""Who knocks: the checks that stand before every realtime address, as Django's middleware does for pages."""

import hashlib
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from allonce.kernel.accounts.access import NotSignedIn
from allonce.kernel.errors import Forbidden, UserError
from allonce.kernel.messaging.realtime.admission import Caller

LONGEST_TOKEN = 600
Scope = Mapping[str, Any]


def caller_of(scope: Scope, *, writes: bool) -> Caller:
    """What this request shows. Raises UserError for a foreign host or origin, NotSignedIn for nothing at all.

    A cookie is sent by the browser unasked, so it counts only with our own origin; a reader's request may lack one.
    """
    headers = _headers(scope)
    _check_place(scope, headers)
    token = _bearer(headers.get(b"authorization", b"").decode("latin-1"))
    if token:
        return Caller(token=token)
    cookie = _session(headers.get(b"cookie", b"").decode("latin-1"))
    if cookie:
        _check_origin(headers, required=writes)
        return Caller(cookie=cookie)
    raise NotSignedIn


def with_token(token: object) -> Caller:
    """A caller by a token that came in a frame. Raises NotSignedIn."""
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise NotSignedIn
    return Caller(token=token)


def key_of(caller: Caller) -> bytes:
    """A short name of a credential, to count by."""
    return hashlib.sha256(f"{caller.token}\0{caller.cookie}".encode()).digest()[:16]


def check_place(scope: Scope) -> None:
    """Refuse a foreign host, and an open line where the installation is reached by a safe one. Raises UserError."""
    _check_place(scope, _headers(scope))


def address_of(scope: Scope) -> str:
    """Where it comes from; the server has put that right by what trusted proxies said."""
    return str((scope.get("client") or ("",))[0])


def _headers(scope: Scope) -> dict[bytes, bytes]:
    return dict(scope["headers"])


def _check_place(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    domain, _port = split_domain_port(headers.get(b"host", b"").decode("latin-1"))
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        raise UserError(code="wrong_host")
    if settings.SECURE and scope.get("scheme") not in ("https", "wss"):
        raise UserError(code="https_needed")


def _check_origin(headers: Mapping[bytes, bytes], *, required: bool) -> None:
    origin = headers.get(b"origin", b"").decode("latin-1")
    same_site = headers.get(b"sec-fetch-site", b"same-origin") == b"same-origin"
    if not origin and not required and same_site:
        return
    host = headers.get(b"host", b"").decode("latin-1")
    scheme = "https" if settings.SECURE else "http"
    if origin not in (f"{scheme}://{host}", *settings.CSRF_TRUSTED_ORIGINS):
        raise Forbidden


def _bearer(value: str) -> str:
    scheme, _space, token = value.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and len(token) <= LONGEST_TOKEN else ""


def _session(value: str) -> str:
    try:
        found = SimpleCookie(value).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found is not None else ""
