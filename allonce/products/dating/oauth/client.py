"""The way to the provider and back: RFC 6749's authorization code, with PKCE (RFC 7636) and a state used once.

State and verifier lie in the browser's own session, so that an answer to somebody else's visit is worth nothing here.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from allonce.kernel.clock import now
from allonce.kernel.post.outward import Answer, NoAnswer, call, fetch
from allonce.kernel.post.ports import processor_gate
from allonce.products.dating.oauth.errors import Declined, NoProvider, ProviderSilent, VisitOver
from allonce.products.dating.oauth.profile import Profile, read
from allonce.products.dating.oauth.provider import Provider, back_address, provider

KEY = "dating_provider_visit"
LASTS = timedelta(minutes=10)
LONGEST_CODE = 2000
MOST_PICTURE = 8 * 1024 * 1024


@dataclass(frozen=True)
class Visit:
    """A visit that came back rightly. `person` is who had begun it signed in; empty for a stranger."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    person: str = ""


def required() -> Provider:
    """The provider. Raises NoProvider."""
    found = provider()
    if found is None:
        raise NoProvider
    return found


def begin(request: HttpRequest, person: str = "") -> str:
    """Start a visit in this browser; the address of the provider's page. Raises NoProvider, ProcessorNotAllowed."""
    known = required()
    processor_gate().may_use(known.connector, None)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    until = (now() + LASTS).timestamp()
    request.session[KEY] = {"state": state, "verifier": verifier, "until": until, "person": person}
    asked = {
        "response_type": "code",
        "client_id": known.client,
        "redirect_uri": back_address(),
        "scope": " ".join(known.scopes),
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    }
    return _with(known.authorize, asked)


def challenge_of(verifier: str) -> str:
    """RFC 7636: the verifier's SHA-256 in base64url, without padding."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def returned(request: HttpRequest) -> Visit:
    """The visit that this answer belongs to; it counts once. Raises VisitOver, Declined, ProviderSilent."""
    kept = request.session.get(KEY)
    state = request.GET.get("state", "")
    if not kept or not constant_time_compare(state, kept["state"]):
        # A forged answer does not use up the visit that is under way.
        raise VisitOver
    del request.session[KEY]
    if now().timestamp() > kept["until"]:
        raise VisitOver
    error, code = request.GET.get("error", ""), request.GET.get("code", "")
    if error:
        raise Declined if error == "access_denied" else ProviderSilent
    if not 0 < len(code) <= LONGEST_CODE:
        raise ProviderSilent
    return Visit(code, kept["verifier"], kept["person"])


def profile_of(visit: Visit) -> Profile:
    """Who came, asked at the provider with the code. Our token is forgotten at once. Raises ProviderSilent."""
    known = required()
    processor_gate().may_use(known.connector, None)
    form = {
        "grant_type": "authorization_code",
        "code": visit.code,
        "redirect_uri": back_address(),
        "client_id": known.client,
        "client_secret": known.secret,
        "code_verifier": visit.verifier,
    }
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    token = _asked(lambda: call(known.token, urlencode(form).encode(), kind, trusted=True))
    bearer = token.get("access_token") if isinstance(token, dict) else None
    if not isinstance(bearer, str) or not bearer.isascii() or not bearer.isprintable():
        raise ProviderSilent
    headers = {"Authorization": f"Bearer {bearer}", "Accept": "application/json"}
    return read(_asked(lambda: fetch(known.profile, headers, trusted=True)))


def picture_at(address: str) -> bytes | None:
    """The picture's bytes; None if there is none to be had. The address is the provider's word, so it is judged."""
    processor_gate().may_use(required().connector, None)
    try:
        answer = fetch(address, {"Accept": "image/*"}, most=MOST_PICTURE)
    except NoAnswer:
        return None
    return answer.body if answer.is_good and len(answer.body) < MOST_PICTURE else None


def _asked(ask: Any) -> Any:
    try:
        answer: Answer = ask()
        if not answer.is_good:
            raise ProviderSilent
        return json.loads(answer.body)
    except (NoAnswer, ValueError):
        # The provider's own words may quote the person; they go no further.
        raise ProviderSilent from None


def _with(address: str, asked: dict[str, str]) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *asked.items()])))
