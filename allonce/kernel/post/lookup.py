"""Asks a relay what became of a mail, where the relay can be asked."""

import json
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from allonce.kernel.clock import now
from allonce.kernel.post.ports import Finding, RelayLookup

PATIENCE_SECONDS = 10
# Mailgun lists events some time after they happen; before that, finding none says nothing.
SETTLES_AFTER = timedelta(minutes=10)
# A relay that cannot be reached for this long will not help; a person decides then.
PATIENT_FOR = timedelta(hours=1)
MAILGUN = "https://api.mailgun.net/v3"


@dataclass(frozen=True)
class MailgunLookup:
    """Mailgun's events list, searched by Message-ID. `domain` is the sending domain."""

    api_key: str
    domain: str
    api_url: str = MAILGUN

    def find(self, message_id: str, *, handed_at: datetime) -> Finding:
        age = now() - handed_at
        try:
            items = self._events(message_id.strip("<>"))
        except (urllib.error.URLError, OSError, ValueError, KeyError):
            return "cannot_tell" if age > PATIENT_FOR else "not_yet"
        if any(item.get("event") in {"accepted", "delivered", "failed"} for item in items):
            return "taken"
        return "never_taken" if age > SETTLES_AFTER else "not_yet"

    def _events(self, message_id: str) -> list[dict[str, Any]]:
        query = urllib.parse.urlencode({"message-id": message_id, "limit": 25})
        address = f"{self.api_url.rstrip('/')}/{urllib.parse.quote(self.domain)}/events?{query}"
        credentials = b64encode(f"api:{self.api_key}".encode()).decode()
        request = urllib.request.Request(  # noqa: S310 - the address comes from the installation's settings
            address, headers={"Authorization": f"Basic {credentials}"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            found: list[dict[str, Any]] = json.load(answer)["items"]
        return found


class NoLookup:
    """A relay that cannot be asked, like every plain SMTP server."""

    def find(self, message_id: str, *, handed_at: datetime) -> Finding:  # noqa: ARG002 - the port's signature
        return "cannot_tell"


def relay_lookup() -> RelayLookup:
    """How the configured relay is asked. Mailgun answers also for what went to it by SMTP."""
    api_key = settings.ANYMAIL.get("MAILGUN_API_KEY")
    if not api_key:
        return NoLookup()
    domain = settings.ANYMAIL.get("MAILGUN_SENDER_DOMAIN", settings.MAIL_DOMAIN)
    return MailgunLookup(api_key, domain, settings.ANYMAIL.get("MAILGUN_API_URL", MAILGUN))
