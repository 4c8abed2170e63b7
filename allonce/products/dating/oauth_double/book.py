"""What the demonstration's provider remembers: our registration, its people, codes and tokens. Memory only."""

import hashlib
import hmac
import secrets
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allonce.kernel.clock import now

CODE_LASTS = timedelta(seconds=60)
TOKEN_LASTS = timedelta(minutes=10)
SHORTEST_CHALLENGE = 43


class Refused(Exception):
    """An error of RFC 6749, section 5.2 or 4.1.2.1, with its HTTP status."""

    def __init__(self, error: str, status: int = 400) -> None:
        self.error, self.status = error, status
        super().__init__(error)


@dataclass(frozen=True)
class Somebody:
    """One of its people: what it tells of them, and the seed of their drawn portrait (none: no picture)."""

    subject: str
    label: str
    told: dict[str, Any]
    portrait: str = ""


@dataclass(frozen=True)
class Asked:
    """An authorization that was asked for rightly, or granted; `somebody` is empty before that."""

    redirect: str
    state: str
    scopes: frozenset[str]
    challenge: str
    somebody: str = ""
    until: datetime | None = None


@dataclass
class Book:
    """One client is registered, with one address to come back to."""

    client: str
    secret: str
    redirect: str
    people: dict[str, Somebody]
    address: str = ""
    clock: Callable[[], datetime] = now
    codes: dict[str, Asked] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, Asked] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    # Tests: the next answers are this status instead.
    broken: int = 0

    def asked(self, given: Mapping[str, str]) -> Asked:
        """Judge a request for authorization. Raises Refused; then nobody is sent anywhere (RFC 6749, 4.1.2.1)."""
        if given.get("client_id") != self.client or given.get("redirect_uri") != self.redirect:
            raise Refused("invalid_client")
        if given.get("response_type") != "code":
            raise Refused("unsupported_response_type")
        challenge = given.get("code_challenge", "")
        if given.get("code_challenge_method") != "S256" or len(challenge) != SHORTEST_CHALLENGE:
            raise Refused("invalid_request")
        scopes = frozenset(given.get("scope", "").split())
        return Asked(self.redirect, given.get("state", ""), scopes, challenge)

    def granted(self, asked: Asked, subject: str) -> str:
        """Somebody said yes: where they are sent, with a code that serves once, for a minute."""
        code = secrets.token_urlsafe(24)
        until = self.clock() + CODE_LASTS
        self.codes[code] = Asked(asked.redirect, asked.state, asked.scopes, asked.challenge, subject, until)
        return self.back(asked, code=code)

    def back(self, asked: Asked, **said: str) -> str:
        """The address to come back to, with the answer."""
        return f"{asked.redirect}?{urlencode({**said, 'state': asked.state})}"

    def token(self, given: Mapping[str, str]) -> dict[str, Any]:
        """A token for a code. Raises Refused. A code used twice takes its token back (RFC 6749, 4.1.2)."""
        known = given.get("client_id") == self.client
        if not known or not hmac.compare_digest(given.get("client_secret", ""), self.secret):
            raise Refused("invalid_client", 401)
        if given.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type")
        code = given.get("code", "")
        with self.lock:
            kept = self.codes.pop(code, None)
            if kept is None:
                self.tokens.pop(self.used.get(code, ""), None)
                raise Refused("invalid_grant")
            if not self._fits(kept, given):
                raise Refused("invalid_grant")
            made = secrets.token_urlsafe(32)
            self.used[code], self.tokens[made] = made, kept
        return {"access_token": made, "token_type": "bearer", "expires_in": int(TOKEN_LASTS.total_seconds())}

    def _fits(self, kept: Asked, given: Mapping[str, str]) -> bool:
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        in_time = kept.until is not None and self.clock() <= kept.until
        return in_time and given.get("redirect_uri") == kept.redirect and challenge == kept.challenge

    def profile(self, authorization: str) -> dict[str, Any]:
        """What the token's scopes let us know. Raises Refused."""
        kept = self.tokens.get(authorization.removeprefix("Bearer "))
        if kept is None or not authorization.startswith("Bearer "):
            raise Refused("invalid_token", 401)
        somebody = self.people[kept.somebody]
        needs = {"email": "email", "email_verified": "email", "birthday": "user_birthday", "likes": "user_likes"}
        told = {name: value for name, value in somebody.told.items() if needs.get(name) in {None, *kept.scopes}}
        if somebody.portrait:
            url = f"{self.address}/pictures/{somebody.subject}.jpg"
            told["picture"] = {"data": {"url": url, "is_silhouette": False}}
        return {"id": somebody.subject, **told}
