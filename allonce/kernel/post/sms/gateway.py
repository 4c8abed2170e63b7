"""The one gateway this installation uses, over HTTP with a bearer key, its field names from the settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from allonce.kernel.post.connectors import LOCAL
from allonce.kernel.post.outward import Answer, NoAnswer, call, readable_url
from allonce.kernel.post.sms import reading
from allonce.kernel.post.sms.ports import OutgoingSms, SmsGateway, SmsOutcome, Told

BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
SETUP = frozenset({401, 402, 403, 404, 405})


@dataclass(frozen=True)
class HttpGateway:
    """A gateway that takes one POST per message, as JSON or as a form."""

    name: str
    url: str
    key: str = field(repr=False)
    form: bool
    fields: Mapping[str, str]
    settings: Mapping[str, Any] = field(repr=False)

    @property
    def connector(self) -> str:
        """Its name for the list of processors; "local" on this machine."""
        return LOCAL if readable_url(self.url, trusted=True).is_local else f"sms:{self.name}"

    def hand_over(self, sms: OutgoingSms) -> SmsOutcome:
        """Post one message. What nobody can tell is tried again: the gateway knows the key."""
        named = {"to": sms.to, "from": sms.sender, "text": sms.text, "reference": sms.key}
        body = {self.fields[name]: value for name, value in named.items() if self.fields[name]}
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": sms.key,
            "Content-Type": "application/x-www-form-urlencoded" if self.form else "application/json",
            "Accept": "application/json",
        }
        try:
            answer = call(self.url, (urlencode if self.form else json.dumps)(body).encode(), headers, trusted=True)
        except NoAnswer as error:
            return SmsOutcome("retry", "no_answer" if error.sent else "relay_down")
        return self._outcome(answer)

    def _outcome(self, answer: Answer) -> SmsOutcome:
        if answer.is_good:
            return SmsOutcome("accepted", gateway_id=self._id_in(answer.body))
        if answer.status in SETUP or 300 <= answer.status < 400:
            return SmsOutcome("retry", "relay_setup")
        if answer.status in BUSY or answer.status >= 500:
            return SmsOutcome("retry", "relay_busy", wait_seconds=answer.retry_after)
        return SmsOutcome("refused", "recipient_refused")

    def _id_in(self, body: bytes) -> str:
        """The gateway's own number for the message, where its answer holds one."""
        try:
            found = json.loads(body).get(self.fields["id"], "")
        except (ValueError, AttributeError):
            return ""
        return str(found)[:200] if isinstance(found, str | int) else ""

    def read(self, headers: Mapping[str, str], body: bytes) -> list[Told]:
        """What a signed call of the gateway's says. Raises NotFound, BadCall."""
        reading.require_signed(self.settings, headers, body)
        return reading.read(self.settings, headers, body)


def configured() -> SmsGateway | None:
    """The gateway of the settings; None where there is none."""
    sms = settings.SMS
    if not sms["gateway"] or not sms["url"]:
        return None
    return HttpGateway(sms["gateway"], sms["url"], sms["key"], sms["form"], sms["fields"], sms)
