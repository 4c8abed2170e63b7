"""Counting for Providers, in the transaction that made the lead."""

from django.db.models import F

from allonce.kernel.accounts import tenancy
from allonce.kernel.clock import now
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.models import Conversation
from allonce.products.chat.reports.models import ProviderFigure

Kind = ProviderFigure.Kind


def count_for_provider(lead: Lead) -> None:
    """A lead was made of a conversation: its Provider, if it has one, learns the number and nothing else."""
    conversation = lead.conversation
    if conversation.provider_id is None:
        return
    kinds = [_what_came_of(conversation)] + ([] if lead.is_duplicate else [Kind.LEAD])
    month = now().date().replace(day=1)
    with tenancy.across_accounts():
        for kind in kinds:
            named = {
                "account_id": conversation.provider_id,
                "merchant_id": conversation.account_id,
                "month": month,
                "kind": kind,
            }
            ProviderFigure.objects.bulk_create([ProviderFigure(**named)], ignore_conflicts=True)
            ProviderFigure.objects.filter(**named).update(count=F("count") + 1)


def _what_came_of(conversation: Conversation) -> ProviderFigure.Kind:
    if conversation.channel == Conversation.Channel.OFFLINE:
        return Kind.OFFLINE
    return Kind.ANSWERED if conversation.first_answer_at else Kind.MISSED
