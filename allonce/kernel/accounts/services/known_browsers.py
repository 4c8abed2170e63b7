"""Browsers in which somebody signed in before, so that guesses from elsewhere cannot lock them out.

The cookie opens nothing: it only counts this browser's tries apart from strangers'.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from allonce.kernel.accounts.models import Person

COOKIE = "known_browser"
SALT = "accounts.known-browser"
REMEMBERED = timedelta(days=180)


def known_as(request: HttpRequest, email: str) -> str:
    """The name of this browser, if the person with that address signed in here before; else empty."""
    try:
        who, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)
    except (signing.BadSignature, ValueError):
        return ""
    person = Person.objects.with_email(email)
    return f"{who} {browser}" if person is not None and person.id.hex == who else ""


def remember(request: HttpRequest, person: Person) -> None:
    """Let the answer to this request tell the browser who signed in."""
    request.known_browser = signing.dumps([person.id.hex, secrets.token_hex(8)], salt=SALT)  # type: ignore[attr-defined]


def write(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Put into the answer what `remember` noted, if anything."""
    noted = getattr(request, "known_browser", None)
    if noted:
        answer.set_cookie(
            COOKIE,
            noted,
            max_age=REMEMBERED,
            path=reverse(settings.LOGIN_URL),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
