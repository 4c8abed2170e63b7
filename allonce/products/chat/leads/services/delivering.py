"""Sending a lead on all the ways that its Client chose, each target once, in the transaction that made the lead."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.post import webhooks_out
from allonce.kernel.vault import Scope, keyed_hash
from allonce.products.chat.leads import letters
from allonce.products.chat.leads.jobs import post_adf
from allonce.products.chat.leads.models import Delivery, Lead, LeadSettings
from allonce.products.chat.leads.models.settings import addresses
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.telling import Told, as_payload, told

EVENT = "chat.lead"
Way = Delivery.Way
State = Delivery.State
# Puts the lead on its way and returns the row that carries it.
Sender = Callable[[str], UUID]


def deliver(lead: Lead) -> None:
    """Send the lead by mail, in ADF and by webhook. Safe to repeat: no target gets it twice."""
    about, wanted = told(lead), settings_of(lead.account_id)
    _mails(Way.MAIL, about, addresses(wanted.lead_addresses), lambda to: letters.send_lead(about, to))
    _mails(Way.ADF_MAIL, about, addresses(wanted.adf_addresses), lambda to: letters.send_adf(about, wanted, to))
    if wanted.adf_url:
        row = once(lead, Way.ADF_POST, wanted.adf_url)
        if row is not None:
            post_adf.later(row.id)
    _webhooks(about)


def deliver_transcript(lead: Lead) -> None:
    """Send what was said to those who want it: the Client's addresses and the agent who answered."""
    about, wanted = told(lead), settings_of(lead.account_id)
    agent = lead.conversation.agent
    mine = [agent.person.email] if agent and wanted.agents_get_transcripts else []
    targets = dict.fromkeys([*addresses(wanted.transcript_addresses), *mine])
    _mails(Way.TRANSCRIPT, about, targets, lambda to: letters.send_transcript(about, to), about.said)


def deliver_to_visitor(lead: Lead, email: str) -> None:
    """Send what was said to the visitor, who asked for it."""
    about = told(lead)
    _mails(Way.VISITOR, about, [email], lambda to: letters.send_to_visitor(about, to), about.said)


def once(lead: Lead, way: str, target: str, said: int = 0) -> Delivery | None:
    """A record of this delivery if there was none; None where it was sent before."""
    target_hash = keyed_hash(Scope("account", lead.account_id), "chat_leads.target", target.casefold())
    with transaction.atomic():
        row, is_new = Delivery.objects.get_or_create(
            lead=lead,
            way=way,
            target_hash=target_hash,
            said=said,
            defaults={"account_id": lead.account_id, "target": target},
        )
    return row if is_new else None


def _mails(way: str, about: Told, targets: Iterable[str], send: Sender, said: int = 0) -> None:
    for to in targets:
        row = once(about.lead, way, to, said)
        if row is not None:
            _carried(row, send(to))


def _webhooks(about: Told) -> None:
    """One row for each endpoint that asked. What refuses a webhook must not keep the lead from existing."""
    payload = as_payload(about)
    for endpoint in webhooks_out.endpoints_of(about.lead.account_id).filter(enabled=True):
        if endpoint.events and EVENT not in endpoint.events:
            continue
        row = once(about.lead, Way.WEBHOOK, endpoint.id.hex)
        if row is None:
            continue
        try:
            with transaction.atomic():
                sent = webhooks_out.send_webhook(
                    about.lead.account_id, endpoint.id, EVENT, payload, event_id=about.lead.id
                )
        except UserError as error:
            settle(row, State.DEAD, error.code)
        else:
            _carried(row, sent)


def _carried(row: Delivery, reference: UUID) -> None:
    row.reference = reference
    row.save(update_fields=["reference"])


def settle(row: Delivery, state: str, status: str) -> None:
    """Write down what became of a delivery; the first that arrives makes a new lead a delivered one."""
    row.state, row.status = State(state), status[:40]
    row.settled_at = None if state == State.WAITING else now()
    row.save(update_fields=["state", "status", "settled_at", "attempts"])
    if state == State.DELIVERED and row.way not in {Way.TRANSCRIPT, Way.VISITOR}:
        fresh = Lead.objects.filter(pk=row.lead_id, state=Lead.State.NEW)
        fresh.update(state=Lead.State.DELIVERED, changed_at=now())


def primary_of(wanted: LeadSettings) -> str:
    """Where answers of visitors go: the first of the lead addresses, "" without one."""
    return next(iter(addresses(wanted.lead_addresses)), "")
