"""One lead of each conversation, made in the transaction that ended it or took the offline message."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.models import Consumer, Conversation

State = Lead.State
# Somebody who asks about the same thing again within this time is still the same lead.
SAME_WITHIN = timedelta(days=14)
CHOSEN = (State.NEW, State.DELIVERED, State.CONTACTED, State.WON, State.LOST)


class NotMerged(UserError):
    """These two cannot be one lead."""

    code = "not_merged"
    status = 409
    message = gettext_lazy("A lead cannot be merged into itself, into a duplicate, or while others are merged into it.")


def lead_for(conversation: Conversation) -> Lead:
    """The conversation's lead, made now if there is none, as a duplicate if its Consumer asked the same before.

    In the caller's transaction, with the conversation's row locked.
    """
    found = Lead.objects.filter(conversation=conversation).select_related("conversation", "consumer").first()
    if found is not None:
        found.conversation = conversation
        return found
    lead = Lead(account_id=conversation.account_id, conversation=conversation, consumer=conversation.consumer)
    lead.kind = conversation.channel
    earlier = _earlier(lead)
    if earlier is not None:
        lead.state, lead.state_before, lead.duplicate_of = State.DUPLICATE, State.NEW, earlier
    lead.save(force_insert=True)
    return lead


@transaction.atomic
def set_state(access: AccountAccess, lead_id: UUID, state: str) -> Lead:
    """Say how far the Client is with a lead. Raises NotFound, also for a state that nobody chooses. Audited."""
    lead = own(access, lead_id)
    if state not in CHOSEN or lead.is_duplicate:
        raise NotFound
    lead.state, lead.changed_at = State(state), now()
    lead.save(update_fields=["state", "changed_at"])
    record(f"chat.lead_{state}", access.actor, lead)
    return lead


@transaction.atomic
def set_note(access: AccountAccess, lead_id: UUID, note: str) -> Lead:
    """Keep the Client's own words about a lead; none take them away. Raises NotFound. Audited."""
    lead = own(access, lead_id)
    lead.note, lead.changed_at = note.strip() or None, now()
    lead.save(update_fields=["note", "changed_at"])
    record("chat.lead_noted", access.actor, lead)
    return lead


@transaction.atomic
def merge(access: AccountAccess, lead_id: UUID, into: UUID) -> Lead:
    """Count a lead as part of another one of the same account. Raises NotFound or NotMerged. Audited."""
    lead, first = own(access, lead_id), own(access, into)
    if lead.pk == first.pk or first.is_duplicate or lead.is_duplicate or lead.duplicates.exists():
        raise NotMerged
    lead.state_before, lead.state, lead.duplicate_of = lead.state, State.DUPLICATE, first
    lead.changed_at = now()
    lead.save(update_fields=["state", "state_before", "duplicate_of", "changed_at"])
    record("chat.lead_merged", access.actor, lead)
    return lead


@transaction.atomic
def part(access: AccountAccess, lead_id: UUID) -> Lead:
    """Undo a merging, also one that was found here: the lead stands on its own as before. Audited. Raises NotFound."""
    lead = own(access, lead_id)
    if lead.is_duplicate:
        lead.state, lead.state_before, lead.duplicate_of = State(lead.state_before or State.NEW), "", None
        lead.changed_at = now()
        lead.save(update_fields=["state", "state_before", "duplicate_of", "changed_at"])
        record("chat.lead_parted", access.actor, lead)
    return lead


def own(access: AccountAccess, lead_id: UUID) -> Lead:
    """A lead of this account, its row locked. Raises NotFound for everything else."""
    rows = Lead.objects.select_for_update(of=("self",)).select_related("conversation", "consumer")
    found = rows.filter(pk=lead_id, account=access.account).first()
    if found is None:
        raise NotFound
    return found


def record(action: str, actor: Actor, lead: Lead) -> None:
    """Into the account's record of who did what. Last in a service: writers queue at its end."""
    audit.record(action, actor=actor, account_id=lead.account_id, target=f"chat_leads.Lead:{lead.pk}", data={})


def _earlier(lead: Lead) -> Lead | None:
    """The lead of the same account that this one repeats: the same person, lately, about the same listing."""
    recent = Lead.objects.filter(account_id=lead.account_id, created_at__gte=now() - SAME_WITHIN, duplicate_of=None)
    same = recent.filter(consumer__in=_the_same(lead.consumer)).select_related("conversation")
    wanted = _listing(lead.conversation)
    return next((each for each in same.order_by("created_at") if _listing(each.conversation) == wanted), None)


def _the_same(consumer: Consumer) -> list[UUID]:
    """This Consumer, and others of the same Client with the same address or number."""
    same = Q(pk=consumer.pk)
    if consumer.email_index:
        same |= Q(email_index=consumer.email_index)
    if consumer.phone_index:
        same |= Q(phone_index=consumer.phone_index)
    return list(Consumer.objects.filter(same, account_id=consumer.account_id).values_list("pk", flat=True))


def _listing(conversation: Conversation) -> str:
    return str(((conversation.context or {}).get("listing") or {}).get("id") or "")
