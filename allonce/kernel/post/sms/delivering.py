"""One try to hand one text message to the gateway, and what reports say of it later."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.jobs import RetryLater
from allonce.kernel.post.ports import ProcessorNotAllowed, processor_gate
from allonce.kernel.post.sms.gateway import configured
from allonce.kernel.post.sms.models import Sms
from allonce.kernel.post.sms.ports import OutgoingSms, SmsOutcome, state_listeners
from allonce.kernel.post.sms.stopping import is_stopped
from allonce.kernel.vault import INSTALL, keyed_hash
from allonce.kernel.vault.errors import KeyDestroyed

State = Sms.State
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
# A text that is half a day late tells its reader nothing that is still true.
KEPT_TRYING = timedelta(hours=12)
FINAL = frozenset({State.DELIVERED, State.UNDELIVERED})


def attempt(sms_id: UUID) -> None:
    """Try once. Settled messages are left alone, so a repeated job does nothing; the key is the same at each try.

    Raises RetryLater when it must be tried again.
    """
    sms = Sms.objects.filter(id=sms_id, state=State.WAITING).first()
    if sms is None:
        return
    sms.attempts += 1
    sms.save(update_fields=["attempts"])
    try:
        content = sms.content
    except KeyDestroyed:
        _settle(sms, State.FAILED, "")
        return
    if is_stopped(sms.account_id, content["to"]):
        _settle(sms, State.STOPPED, "")
        return
    outcome = _handed_over(sms, OutgoingSms(sms.id.hex, content["sender"], content["to"], content["text"]))
    if outcome.state != "retry":
        _settle(sms, State(outcome.state), outcome.reason, outcome.gateway_id)
    elif now() - sms.created_at > KEPT_TRYING:
        _settle(sms, State.FAILED, outcome.reason)
    else:
        Sms.objects.filter(id=sms.id, state=State.WAITING).update(reason=outcome.reason)
        wait = max(FIRST_WAIT * 2 ** min(sms.attempts - 1, 12), timedelta(seconds=outcome.wait_seconds))
        raise RetryLater(min(wait, LONGEST_WAIT))


def _handed_over(sms: Sms, message: OutgoingSms) -> SmsOutcome:
    gateway = configured()
    if gateway is None:
        return SmsOutcome("retry", "relay_setup")
    try:
        processor_gate().may_use(gateway.connector, sms.account_id)
    except ProcessorNotAllowed:
        return SmsOutcome("retry", "relay_setup")
    return gateway.hand_over(message)


def _settle(sms: Sms, state: State, reason: str, gateway_id: str = "") -> None:
    sms.state, sms.reason, sms.content, sms.settled_at = state, reason, None, now()
    sms.gateway_hash = named_by_gateway(gateway_id) if gateway_id else ""
    with transaction.atomic():
        if not Sms.objects.select_for_update().filter(id=sms.id, state=State.WAITING).exists():
            return  # recalled, or reported on before the gateway's answer was read
        sms.save(update_fields=["state", "reason", "content", "settled_at", "gateway_hash"])
        _tell(sms)


def named_by_gateway(gateway_id: str) -> str:
    """How a gateway's own number for a message is kept."""
    return keyed_hash(INSTALL, "post_sms.gateway_id", gateway_id)


def reported(reference: str, gateway_id: str, state: str, at: datetime) -> bool:
    """Fold one report in, in a transaction; False where no message is known by these names (yet).

    A final report outweighs others, and of two final ones the later holds.
    """
    sms = _named(reference, gateway_id)
    if sms is None:
        return False
    outdated = sms.reported_at is not None and at < sms.reported_at
    if State(state) not in FINAL or (sms.state in FINAL and outdated) or sms.state == state:
        return True
    sms.state, sms.reported_at, sms.content, sms.settled_at = State(state), at, None, sms.settled_at or now()
    sms.reason = "" if state == State.DELIVERED else "bounced"
    sms.save(update_fields=["state", "reported_at", "content", "settled_at", "reason"])
    _tell(sms)
    return True


def _named(reference: str, gateway_id: str) -> Sms | None:
    """By our own reference where the gateway gives it back, else by its number."""
    try:
        ours = Sms.objects.select_for_update().filter(id=UUID(reference)).first() if reference else None
    except ValueError:
        ours = None
    if ours is None and gateway_id:
        ours = Sms.objects.select_for_update().filter(gateway_hash=named_by_gateway(gateway_id)).first()
    return ours


def _tell(sms: Sms) -> None:
    for listener in state_listeners():
        listener(sms.account_id, sms.key, sms.state, sms.reason)
