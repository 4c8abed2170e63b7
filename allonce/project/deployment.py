"""`allonce check --deploy`: what must be right before anybody outside this machine uses the installation."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from allonce.kernel.post.connectors import SMTP_BACKENDS as SMTP
from allonce.kernel.post.connectors import is_this_machine as is_local
from allonce.project.hardening import OTHERS

SHORTEST_SECRET = 32
PLACE = ("HOST", "PORT", "NAME")
SEALED = ("require", "verify-ca", "verify-full")


def register_checks() -> None:
    """Hook into `check --deploy`."""
    checks.register(check_deployment, checks.Tags.security, deploy=True)


def check_deployment(**_options: Any) -> list[checks.CheckMessage]:
    """Every finding. An installation that only this machine can reach may do without encrypted transport."""
    if is_local(urlsplit(settings.PUBLIC_URL).hostname or "") and is_local(settings.LISTENS_ON):
        return []
    return [
        *_transport(),
        *_sign_in(),
        *_mail(),
        *_exposure(),
        *_trust(),
        *_secrets(),
        *where_data_lies(settings.DATABASES),
    ]


def _transport() -> Iterator[checks.CheckMessage]:
    if urlsplit(settings.PUBLIC_URL).scheme != "https":
        yield _error(1, "ALLONCE_PUBLIC_URL is reachable from outside and must start with https://")
    if not settings.SECURE_SSL_REDIRECT:
        yield _error(2, "plain HTTP must be redirected (SECURE_SSL_REDIRECT)")
    if settings.SECURE_HSTS_SECONDS < 31536000:
        yield _error(3, "browsers must be told to keep to HTTPS for a year (SECURE_HSTS_SECONDS)")


def _sign_in() -> Iterator[checks.CheckMessage]:
    if not settings.SESSION_COOKIE_SECURE or not settings.CSRF_COOKIE_SECURE:
        yield _error(4, "cookies must be Secure (SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE)")


def _mail() -> Iterator[checks.CheckMessage]:
    plain = settings.EMAIL_BACKEND in SMTP and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    if plain and not is_local(settings.EMAIL_HOST):
        yield _error(5, "mail would go to the relay unencrypted: set ALLONCE_SMTP_TLS=true")
    for name, value in settings.ANYMAIL.items():
        address = urlsplit(str(value)) if name.endswith("_API_URL") else None
        if address and address.scheme != "https" and not is_local(address.hostname or ""):
            yield _error(5, f"mail would go to the relay unencrypted: {name} in ALLONCE_ANYMAIL must be https://")


def _exposure() -> Iterator[checks.CheckMessage]:
    if settings.DEBUG:
        yield _error(6, "ALLONCE_DEBUG shows the insides of errors to everybody")
    if settings.DEMO:
        yield _error(7, "ALLONCE_DEMO opens the demo's doors to everybody")
    if settings.LOOPBACK_CALLS and not settings.DEMO:
        yield _error(14, "ALLONCE_LOOPBACK_CALLS lets webhooks reach this machine's own services")


def _trust() -> Iterator[checks.CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS:
        yield _error(8, "ALLONCE_EXTRA_HOSTS lets anybody choose the name in our links: list the names")
    if "*" in settings.TRUSTED_PROXIES:
        yield _error(9, "ALLONCE_TRUSTED_PROXIES lets anybody forge where a request comes from: list the proxies")


def _secrets() -> Iterator[checks.CheckMessage]:
    for name in ("SECRET_KEY", "VAULT_ROOT_KEY"):
        if len(getattr(settings, name)) < SHORTEST_SECRET:
            yield _error(10, f"ALLONCE_{name} is short enough to be guessed: use {SHORTEST_SECRET} random characters")
    if settings.DATA_DIR.stat().st_mode & OTHERS:
        yield _error(11, f"others on this machine may look into {settings.DATA_DIR}: chmod 700 it")


def where_data_lies(databases: Mapping[str, Mapping[str, Any]]) -> Iterator[checks.CheckMessage]:
    """What is wrong with these databases, given as in Django's settings."""
    places = [tuple(str(base.get(part, "")) for part in PLACE) for base in databases.values()]
    if len(set(places)) < len(places):
        yield _error(12, "data and keys lie in one database, so a copy of it opens everything")
    for base in databases.values():
        host = str(base.get("HOST", ""))
        if host and not host.startswith("/") and not is_local(host) and base["OPTIONS"].get("sslmode") not in SEALED:
            yield _error(13, f"what is said to the database at {host} can be read on the way: add ?sslmode=verify-full")


def _error(number: int, text: str) -> checks.Error:
    return checks.Error(text, id=f"deployment.E{number:03d}")
