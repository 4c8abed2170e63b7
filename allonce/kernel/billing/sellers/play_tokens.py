"""Who speaks for Google: tokens of its pushes, judged with its published keys, and our own token for its API."""

import json
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import jwt

from allonce.kernel.billing.errors import ForgedReport, SellerRefused, SellerSilent
from allonce.kernel.post.outward import NoAnswer, call, fetch

ISSUERS = ["https://accounts.google.com", "accounts.google.com"]
SCOPE = "https://www.googleapis.com/auth/androidpublisher"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# An unknown key is worth one look at the published keys in so many seconds.
PAUSE_SECONDS = 60.0
# Our own token is fetched anew this long before its end.
SPARE_SECONDS = 120.0


class PushKeys:
    """The keys with which pushes are signed, fetched when one is met that is not known yet."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._keys: dict[str, Any] = {}
        self._looked: float | None = None
        self._lock = threading.Lock()

    def of(self, key_id: str) -> Any:
        """The public key. Raises ForgedReport for one that Google does not publish, SellerSilent."""
        with self._lock:
            if key_id not in self._keys and (self._looked is None or time.monotonic() - self._looked > PAUSE_SECONDS):
                self._keys = _fetched(self._address)
                self._looked = time.monotonic()
        if key_id not in self._keys:
            raise ForgedReport
        return self._keys[key_id]


def _fetched(address: str) -> dict[str, Any]:
    try:
        answer = fetch(address, {"Accept": "application/json"}, trusted=True)
    except NoAnswer:
        raise SellerSilent from None
    if not answer.is_good:
        raise SellerSilent
    try:
        return {each.key_id or "": each.key for each in jwt.PyJWKSet.from_json(answer.body.decode()).keys}
    except (jwt.PyJWTError, ValueError):
        raise SellerSilent from None


def require_push(keys: PushKeys, authorization: str, *, audience: str, email: str) -> None:
    """Return if the bearer token was made by Google, for this audience, for the account that we set up.

    Raises ForgedReport, SellerSilent.
    """
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token or not audience or not email:
        raise ForgedReport
    try:
        key = keys.of(str(jwt.get_unverified_header(token).get("kid", "")))
        claims = jwt.decode(
            token, key, algorithms=["RS256"], audience=audience, issuer=ISSUERS, options={"require": ["exp", "iat"]}
        )
    except jwt.PyJWTError:
        raise ForgedReport from None
    if claims.get("email") != email or claims.get("email_verified") is not True:
        raise ForgedReport


class ApiToken:
    """Our own access token, from the service account's key (RFC 7523), kept until it runs out."""

    def __init__(self, account: Mapping[str, Any]) -> None:
        self._account = account
        self._token = ""
        self._until = 0.0
        self._lock = threading.Lock()

    def bearer(self) -> str:
        """The token. Raises SellerSilent, SellerRefused."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._token, seconds = self._fetched()
                self._until = time.monotonic() + max(0.0, seconds - SPARE_SECONDS)
            return self._token

    def _fetched(self) -> tuple[str, float]:
        address = str(self._account["token_uri"])
        # Google compares with its own clock, so the machine's is asked and not one that a demo has moved.
        issued = int(time.time())
        claims = {
            "iss": self._account["client_email"],
            "scope": SCOPE,
            "aud": address,
            "iat": issued,
            "exp": issued + 3600,
        }
        signed = jwt.encode(claims, str(self._account["private_key"]), algorithm="RS256")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            answer = call(address, urlencode({"grant_type": GRANT, "assertion": signed}).encode(), form, trusted=True)
        except NoAnswer:
            raise SellerSilent from None
        if not answer.is_good:
            raise SellerRefused if answer.status in (400, 401, 403) else SellerSilent
        given = json.loads(answer.body)
        return str(given["access_token"]), float(given.get("expires_in", 3600))
