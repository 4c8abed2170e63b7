"""Who may send which mail now: a claim is committed before the relay is asked, its outcome after."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from allonce.kernel import audit
from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.kernel.clock import now
from allonce.kernel.post import RelayOutcome, message_id_for
from allonce.kernel.post.events import known_as, message_hash, standing
from allonce.kernel.vault import Scope, keyed_hash
from allonce.products.quoting.models import Delivery

State = Delivery.State

# What a person may send again, knowing that it may have arrived.
SENT_AGAIN_BY_A_PERSON = frozenset({State.UNCERTAIN, State.BOUNCED, State.REFUSED})
OUTCOMES = {"accepted": State.ACCEPTED, "refused": State.REFUSED, "retry": State.RETRY}


@dataclass(frozen=True)
class Slot:
    """One role of one revision of a job, and where its mail goes."""

    access: DeviceAccess
    job_ref: UUID
    revision: int
    role: str
    recipient: str
    label: str

    @property
    def key(self) -> dict[str, object]:
        """What the database holds at most once."""
        return {
            "account_id": self.access.account.id,
            "job_ref": self.job_ref,
            "revision": self.revision,
            "role": self.role,
        }


@dataclass(frozen=True)
class Ticket:
    """The right to send one mail once."""

    delivery_id: UUID
    claim: UUID
    message_id: str


def delivery_message_id(delivery: Delivery) -> str:
    """The Message-ID of a delivery's latest send; only a person's sending again makes a new one."""
    parts = (delivery.account_id.hex, delivery.job_ref.hex, delivery.revision, delivery.role, delivery.sends)
    return message_id_for("job", *map(str, parts))


def may_send(delivery: Delivery | None, *, again: bool) -> bool:
    """Whether a post may send this now: never what was taken, what is being sent, or what is in doubt."""
    if delivery is None or delivery.state == State.RETRY:
        return True
    return again and delivery.state in SENT_AGAIN_BY_A_PERSON


def take(slot: Slot, *, again: bool) -> Ticket | None:
    """Claim the sending of a slot, or None where another has it or nothing is to be sent.

    Committed on return, so that a server that dies while sending leaves a trace.
    """
    with transaction.atomic(durable=True):
        delivery = Delivery.objects.select_for_update().filter(**slot.key).first()
        if delivery is None:
            return _first(slot)
        if not may_send(delivery, again=again):
            return None
        if delivery.state != State.RETRY:
            delivery.sends += 1
        return _claim(delivery, slot)


def _first(slot: Slot) -> Ticket | None:
    """Claim a slot that nobody had; None where another was quicker by a hair."""
    try:
        with transaction.atomic():
            return _claim(Delivery(**slot.key, created_at=now()), slot)
    except IntegrityError:
        return None


def _claim(delivery: Delivery, slot: Slot) -> Ticket:
    access, moment = slot.access, now()
    message_id = delivery_message_id(delivery)
    scope = Scope("account", access.account.id)
    delivery.state, delivery.reason, delivery.at = State.SENDING, "", moment
    delivery.device, delivery.user, delivery.label = access.device, access.user, slot.label or None
    delivery.recipient_hash = keyed_hash(scope, "quoting.recipient", slot.recipient.casefold())
    delivery.message_hash = message_hash(message_id)
    delivery.attempts += 1
    delivery.claim = uuid4()
    delivery.claimed_until = moment + timedelta(seconds=settings.POST_LEASE_SECONDS)
    delivery.save(force_insert=delivery._state.adding)
    return Ticket(delivery.id, delivery.claim, message_id)


def record(ticket: Ticket, outcome: RelayOutcome, access: DeviceAccess) -> None:
    """Commit what the relay said. Whoever lost the claim meanwhile still knows best that it was taken."""
    with transaction.atomic(durable=True):
        delivery = Delivery.objects.select_for_update().get(id=ticket.delivery_id)
        if delivery.claim != ticket.claim and not _still_news(delivery, ticket, outcome):
            return
        if outcome.state == "uncertain":
            _let_go(delivery)
            return
        known_as(ticket.message_id, outcome.relay_id)
        conclude(delivery, OUTCOMES[outcome.state], outcome.detail)
        _audit(delivery, access)


def _still_news(delivery: Delivery, ticket: Ticket, outcome: RelayOutcome) -> bool:
    """Whether an acceptance that comes after the claim was lost is about the mail that the row is about."""
    same_mail = delivery.message_hash == message_hash(ticket.message_id)
    return outcome.state == "accepted" and same_mail and delivery.state != State.SENDING


def _let_go(delivery: Delivery) -> None:
    """The claim ends now; `settling` finds out what became of it."""
    delivery.claimed_until = now()
    delivery.reason = "no_answer"
    delivery.save(update_fields=["claimed_until", "reason"])


def conclude(delivery: Delivery, state: str, reason: str) -> None:
    """Set where a delivery stands; reports that came before our own record win over it."""
    stands = standing(delivery.message_hash) if state in {State.ACCEPTED, State.UNCERTAIN} else None
    if stands and stands.state in {State.DELIVERED, State.BOUNCED}:
        state, reason = stands.state, stands.reason
    elif stands:
        state, reason = State.ACCEPTED, stands.reason
    delivery.state, delivery.reason, delivery.at = state, reason, now()
    delivery.claim, delivery.claimed_until = None, None
    delivery.save(update_fields=["state", "reason", "at", "claim", "claimed_until"])


def _audit(delivery: Delivery, access: DeviceAccess) -> None:
    audit.record(
        "quoting.posted",
        actor=access.actor,
        account_id=delivery.account_id,
        target=f"quoting.Delivery:{delivery.id}",
        data={"role": delivery.role, "state": delivery.state, "sends": delivery.sends},
    )
