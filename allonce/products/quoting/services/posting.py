"""Posts one job: each mail once, from memory, whatever breaks on the way."""

from dataclasses import dataclass
from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.kernel.errors import Unavailable
from allonce.kernel.post import Attachment, Relay, RelayMail
from allonce.products.quoting.documents import Brand, DocumentJob, Letter, Letters, brand_of, render_letters
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.parcels import BadJob, Parcel
from allonce.products.quoting.queries import deliveries_of
from allonce.products.quoting.services.claims import Slot, Ticket, may_send, record, take
from allonce.products.quoting.services.prices import priced_proposals
from allonce.products.quoting.services.settling import settle

log = structlog.get_logger("allonce.quoting")

JOB_FILE_TYPE = "application/vnd.allonce.job"
TRY_AGAIN_AFTER = 60
ROLES = ("customer", "shop")
RELAY_TROUBLE = frozenset({"relay_down", "relay_busy", "relay_setup"})


class RelayDown(Unavailable):
    """The relay took nothing; the job stays on the phone and goes out later."""

    code = "relay_down"
    message = _("The mail relay does not answer. Nothing is lost: the job stays on the phone and goes later.")


def post_job(access: DeviceAccess, parcel: Parcel, again: frozenset[str]) -> list[Delivery]:
    """Send whatever of the job is still to be sent, and tell how each of its mails stands.

    `again` names roles that a person asked to send again. Raises NotSubscribed, PricesDiffer, BadJob or
    RelayDown, each of which leaves the job on the phone.
    """
    waiting = _waiting(access, parcel, again)
    if waiting:
        entitlements.require(access.account.id, "field")
        brand = brand_of(access.account.id)
        letters = _letters(access, parcel, brand)
        with Relay(access.account.id) as relay:
            for slot in waiting:
                _send(relay, slot, _Mail(getattr(letters, slot.role), brand, parcel), again=slot.role in again)
    found = deliveries_of(access.account.id, parcel.job_ref, parcel.revision)
    if found and all(one.state == Delivery.State.RETRY and one.reason in RELAY_TROUBLE for one in found):
        raise RelayDown(TRY_AGAIN_AFTER)
    return found


def _slots(access: DeviceAccess, parcel: Parcel) -> list[Slot]:
    recipients = {"customer": parcel.customer_email, "shop": access.account.email}
    return [
        Slot(access, parcel.job_ref, parcel.revision, role, recipients[role], parcel.label)
        for role in ROLES
        if recipients[role]
    ]


def _waiting(access: DeviceAccess, parcel: Parcel, again: frozenset[str]) -> list[Slot]:
    """The slots that this post would send; most repeated posts have none, and then nothing is typeset."""
    earlier = deliveries_of(access.account.id, parcel.job_ref, parcel.revision)
    settle(earlier)
    known = {one.role: one for one in earlier}
    slots = _slots(access, parcel)
    return [slot for slot in slots if may_send(known.get(slot.role), again=slot.role in again)]


def _letters(access: DeviceAccess, parcel: Parcel, brand: Brand) -> Letters:
    totals = priced_proposals(access, parcel)
    job: dict[str, Any] = {"surveyor": access.user.name, **parcel.job}
    try:
        return render_letters(DocumentJob(job, totals, parcel.photos), brand)
    except Exception as error:  # the typesetter and the job's own shapes throw what they like
        # Trying again would fail again; the phone's user is told, and the log holds places, not words.
        log.exception("documents_failed", exc_info=error, account_id=str(access.account.id))
        raise BadJob(fields={"job": "documents"}) from None


def _send(relay: Relay, slot: Slot, mail: "_Mail", *, again: bool) -> None:
    ticket = take(slot, again=again)
    if ticket is None:
        return
    outcome = relay.hand_over(mail.to(slot, ticket))
    record(ticket, outcome, slot.access)
    if outcome.state == "uncertain":
        settle([Delivery.objects.get(id=ticket.delivery_id)])


@dataclass(frozen=True)
class _Mail:
    """One role's letter, ready to be addressed."""

    letter: Letter
    brand: Brand
    parcel: Parcel

    def to(self, slot: Slot, ticket: Ticket) -> RelayMail:
        letter = self.letter
        attachments = [Attachment(one.name, one.type, one.content) for one in letter.attachments]
        if slot.role == "shop":
            name = f"{self.parcel.number}.allonce"
            attachments.append(Attachment(name, JOB_FILE_TYPE, self.parcel.job_file))
        return RelayMail(
            to=slot.recipient,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachments=attachments,
            message_id=ticket.message_id,
            idempotency_key=ticket.message_id.strip("<>"),
            reply_to=self.brand.email or slot.access.account.email,
            from_name=self.brand.name,
        )
