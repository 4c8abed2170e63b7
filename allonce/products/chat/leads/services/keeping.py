"""How long a Client keeps what its visitors said: removing it when the period is over, or at a person's wish."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from allonce.kernel import post
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.errors import UserError
from allonce.kernel.post import webhooks_out
from allonce.kernel.privacy import ledger
from allonce.kernel.privacy.retention.holding import not_held
from allonce.kernel.vault import Scope
from allonce.products.chat.leads.models import Delivery
from allonce.products.chat.leads.services.contacting import own_consumer, record
from allonce.products.chat.models import ChatClient, Consumer, Conversation
from allonce.products.chat.services.housekeeping import remove_consumer, remove_conversation

BATCH = 100


class Held(UserError):
    """A legal hold keeps it."""

    code = "held"
    status = 409
    message = gettext_lazy("A legal hold keeps this for now. The Operator can tell you about it.")


def sweep() -> int:
    """Remove conversations and Consumers past their Client's period, and what a restored backup brought back.

    Call it outside a transaction: each removal commits by itself. Returns how many rows of both went.
    """
    gone = 0
    for client in ChatClient.objects.order_by("pk"):
        gone += sum(_remove_conversation(each) for each in _batches(over(client)))
        gone += sum(_remove_consumer(each) for each in _batches(idle(client)))
    return gone + _removed_before()


def over(client: ChatClient) -> QuerySet[Conversation]:
    """Conversations in which nothing was said for longer than the Client keeps them, and which no hold keeps."""
    limit = now() - timedelta(days=client.retention_days)
    return not_held(Conversation.objects.filter(account_id=client.account_id, last_at__lt=limit))


def idle(client: ChatClient) -> QuerySet[Consumer]:
    """Consumers without a conversation who were not here for as long, and whom no hold keeps."""
    limit = now() - timedelta(days=client.retention_days)
    rows = Consumer.objects.filter(account_id=client.account_id, last_at__lt=limit, conversations=None)
    return not_held(rows)


@transaction.atomic
def erase(access: AccountAccess, consumer_id: UUID) -> None:
    """Delete a Consumer with all that was said and sent, and take back what is on its way. Audited.

    Their line on the list of those who must not be contacted stays: it protects them and names nobody. Raises
    NotFound or Held.
    """
    consumer = own_consumer(access, consumer_id)
    held = Conversation.objects.filter(consumer=consumer)
    if not not_held(Consumer.objects.filter(pk=consumer.pk)).exists() or not_held(held).count() < held.count():
        raise Held
    record("chat.consumer_deleted", access.actor, consumer)
    ledger.note_erasure(Scope("person", consumer.pk))
    _forget(consumer)


def evidence() -> Evidence:
    """Whether anything is held past its Client's period. The sweep comes nightly, so a day of grace."""
    late = held = 0
    grace = timedelta(days=1)
    for client in ChatClient.objects.all():
        rows = Conversation.objects.filter(account_id=client.account_id)
        held += rows.count()
        limit = now() - timedelta(days=client.retention_days) - grace
        late += not_held(rows.filter(last_at__lt=limit)).count()
    says = ngettext("%d conversation is held", "%d conversations are held", held) % held
    past = _("none past its period") if not late else _("%d past their period") % late
    return Evidence(f"{says}, {past}.", at=now(), holds=not late)


def _batches(rows: QuerySet[Conversation] | QuerySet[Consumer]) -> Iterator[UUID]:
    """Ids of all rows, read in batches, each after the one before was dealt with."""
    after: UUID | None = None
    while True:
        left = rows.order_by("pk") if after is None else rows.filter(pk__gt=after).order_by("pk")
        ids = list(left.values_list("pk", flat=True)[:BATCH])
        yield from ids
        if len(ids) < BATCH:
            return
        after = ids[-1]


@transaction.atomic
def _remove_conversation(conversation_id: UUID) -> int:
    rows = Conversation.objects.select_for_update().filter(pk=conversation_id)
    found = not_held(rows).first()
    if found is None:
        return 0
    _recall(Delivery.objects.filter(lead__conversation=found))
    remove_conversation(found)
    return 1


@transaction.atomic
def _remove_consumer(consumer_id: UUID) -> int:
    # Of itself alone: PostgreSQL locks no row of a join that may be empty.
    rows = Consumer.objects.select_for_update(of=("self",)).filter(pk=consumer_id, conversations=None)
    found = not_held(rows).first()
    if found is None:
        return 0
    remove_consumer(found)
    return 1


@transaction.atomic
def _forget(consumer: Consumer) -> None:
    _recall(Delivery.objects.filter(lead__consumer=consumer))
    remove_consumer(consumer)


def _recall(rows: QuerySet[Delivery]) -> None:
    """Take back mails and webhooks that nobody has taken yet: they would tell of what is gone."""
    waiting = rows.filter(reference__isnull=False)
    post.recall([each for each in waiting.values_list("reference", flat=True) if each])
    for account_id, lead_id in set(rows.filter(way=Delivery.Way.WEBHOOK).values_list("account_id", "lead_id")):
        webhooks_out.recall_webhooks(account_id, lead_id)


def _removed_before() -> int:
    """Consumers who were deleted and are here again, as after a restore from an older backup."""
    marks = {line.mark for line in ledger.lines() if line.kind == "person"}
    if not marks:
        return 0
    back = [
        each for each in Consumer.objects.values_list("pk", flat=True) if ledger.mark_of(Scope("person", each)) in marks
    ]
    for consumer in Consumer.objects.filter(pk__in=back):
        _forget(consumer)
    return len(back)
