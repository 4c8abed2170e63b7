"""What quoting hears from relays, and what it adds to a phone's synchronisation."""

from datetime import datetime
from typing import Any

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.products.quoting.api import told
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.queries import told_to_device

State = Delivery.State
# A report says nothing about a mail that is being sent anew under another Message-ID.
REPORTED = (State.SENDING, State.ACCEPTED, State.UNCERTAIN, State.RETRY, State.BOUNCED, State.DELIVERED)


class RelayReports:
    """Puts reports of relays beside the deliveries they are about."""

    def on_event(self, message_hash: str, state: str, reason: str, at: datetime, event_id: str) -> None:  # noqa: ARG002 - the port's signature
        stands = {"accepted": State.ACCEPTED, "deferred": State.ACCEPTED}.get(state, state)
        # The relay's webhook cannot say whose account its report is about; the hash does.
        with tenancy.across_accounts():
            Delivery.objects.filter(message_hash=message_hash, state__in=REPORTED).update(
                state=stands, reason=reason, at=at, claim=None, claimed_until=None
            )


class DeliveriesPart:
    """How this phone's recent mails stand."""

    name = "deliveries"

    def part(self, device: DeviceAccess) -> Any:
        found = told_to_device(device.account.id, device.device.id)
        return [
            {**told(one), "at": one.at.isoformat(), "job_ref": str(one.job_ref), "revision": one.revision}
            for one in found
        ]
