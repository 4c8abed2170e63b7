"""Checks and reads what a gateway calls us with."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext_lazy

from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.post import signing
from allonce.kernel.post.sms.ports import Told

STANDARD = "standard"
# Seconds that a signed time may be off; the standard's own tolerance.
TOLERANCE = 300
LONGEST_TEXT = 2000
# Gateways' words, in lower case, for where a message stands.
STATES = {
    **dict.fromkeys(("queued", "accepted", "submitted", "sending", "sent", "buffered"), "accepted"),
    **dict.fromkeys(("delivered", "delivrd", "received"), "delivered"),
    **dict.fromkeys(
        ("failed", "undelivered", "undeliv", "undeliverable", "rejected", "rejectd", "expired", "deleted"),
        "undelivered",
    ),
}


class BadCall(UserError):
    """A call that the gateway did not make, or that nobody can read."""

    code = "bad_call"
    status = 400
    message = gettext_lazy("This is not a readable message that the gateway has signed.")


def require_signed(sms: Mapping[str, Any], headers: Mapping[str, str], body: bytes) -> None:
    """Return if the gateway signed this. Raises NotFound where no secret is set up, BadCall otherwise.

    `standard` is Standard Webhooks; any other word names the header with an HMAC-SHA256 of the body, in hex or base64.
    """
    if not sms["webhook_secret"]:
        raise NotFound
    given = {name.casefold(): value for name, value in headers.items()}
    if sms["signature"] == STANDARD:
        good = signing.is_signed(sms["webhook_secret"], given, body, at=int(now().timestamp()), tolerance=TOLERANCE)
    else:
        good = _is_plain_hmac(sms["webhook_secret"], given.get(sms["signature"].casefold(), ""), body)
    if not good:
        raise BadCall


def read(sms: Mapping[str, Any], headers: Mapping[str, str], body: bytes) -> list[Told]:
    """The reports and texts in one signed call, one or a list of them. Raises BadCall."""
    given = {name.casefold(): value for name, value in headers.items()}
    try:
        whole = _parsed(given.get("content-type", ""), body)
        rows = whole if isinstance(whole, list) else [whole]
        called = given.get("webhook-id") if sms["signature"] == STANDARD else ""
        return [_told(sms["fields"], row, f"{called}:{place}" if called else "") for place, row in enumerate(rows)]
    except (ValueError, TypeError, AttributeError, OverflowError, OSError):
        raise BadCall from None


def _is_plain_hmac(secret: str, given: str, body: bytes) -> bool:
    digest = hmac.new(secret.encode(), body, hashlib.sha256)
    right = (digest.hexdigest(), b64encode(digest.digest()).decode())
    bare = given.strip().removeprefix("sha256=").encode()
    return any(hmac.compare_digest(each.encode(), bare) for each in right)


def _parsed(kind: str, body: bytes) -> Any:
    if "form-urlencoded" in kind:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    return json.loads(body)


def _told(fields: Mapping[str, str], row: Mapping[str, Any], event_id: str) -> Told:
    def part(name: str) -> str:
        value = row.get(fields[name], "")
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    status = part("status").strip().casefold()
    told = Told(
        # A gateway that numbers no calls is known by what it says.
        event_id=event_id or hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest(),
        at=_moment(part("at")),
        gateway_id=part("id")[:200],
        reference=part("reference")[:200],
        state=STATES.get(status, "accepted") if status else "",
        sender=part("from")[:40],
        to=part("to")[:40],
        text=part("text").replace("\x00", "")[:LONGEST_TEXT],
    )
    if not told.state and not (told.sender and fields["text"] in row):
        raise ValueError("neither a report nor a text")
    return told


def _moment(text: str) -> datetime | None:
    """ISO 8601 or seconds since 1970; None where the gateway does not say."""
    if not text:
        return None
    if text.isdigit():
        return datetime.fromtimestamp(int(text), UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
