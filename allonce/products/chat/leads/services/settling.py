"""What became of deliveries: read from the rows that carry them, tried again over HTTP, and sent again by hand."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.jobs import RetryLater
from allonce.kernel.post import webhooks_out
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.post.outward import AddressRefused, NoAnswer, call, readable_url
from allonce.kernel.post.ports import ProcessorNotAllowed
from allonce.kernel.post.webhooks_out.connectors import require_allowed
from allonce.kernel.post.webhooks_out.models import Delivery as Webhook
from allonce.products.chat.leads import adf, letters
from allonce.products.chat.leads.jobs import post_adf
from allonce.products.chat.leads.models import Delivery
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.services.delivering import settle
from allonce.products.chat.leads.telling import as_prospect, told

Way = Delivery.Way
State = Delivery.State
BATCH = 500
MAILS = (Way.MAIL, Way.TRANSCRIPT, Way.ADF_MAIL, Way.VISITOR)
# 20 s, 40 s, ... up to half a day: thirteen tries in nearly a day, as webhooks.
FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = timedelta(seconds=20), timedelta(hours=12), 13
OF_MAIL = {
    OutboxMail.State.ACCEPTED: State.DELIVERED,
    OutboxMail.State.DELIVERED: State.DELIVERED,
    OutboxMail.State.BOUNCED: State.DEAD,
    OutboxMail.State.REFUSED: State.DEAD,
    OutboxMail.State.FAILED: State.DEAD,
}
# A relay may report days later that a mail it took came back.
STILL_WATCHED = timedelta(days=5)


class NotReplayed(UserError):
    """It is on its way or has arrived."""

    code = "not_replayed"
    status = 409
    message = gettext_lazy("Only what was not delivered can be sent again.")


def catch_up() -> int:
    """Take over what the post knows of deliveries that are on their way or went lately; returns how many changed."""
    recent = Delivery.objects.filter(created_at__gte=now() - STILL_WATCHED, reference__isnull=False)
    waiting = Delivery.objects.filter(state=State.WAITING, reference__isnull=False)
    rows = list((waiting | recent.filter(state=State.DELIVERED, way__in=MAILS)).order_by("created_at")[:BATCH])
    references = [row.reference for row in rows if row.reference]
    mails = {each.id: each for each in OutboxMail.objects.filter(id__in=references)}
    hooks = {each.id: each for each in Webhook.objects.filter(id__in=references)}
    return sum(_take_over(row, mails, hooks) for row in rows if row.reference)


def _take_over(row: Delivery, mails: dict[UUID, OutboxMail], hooks: dict[UUID, Webhook]) -> bool:
    mail, hook = mails.get(row.reference or row.id), hooks.get(row.reference or row.id)
    if mail is not None:
        state, status, tries = OF_MAIL.get(OutboxMail.State(mail.state), State.WAITING), mail.reason, mail.attempts
    elif hook is not None:
        state, status, tries = State(hook.state), hook.status, hook.attempts
    else:
        return False
    if (state, status, tries) == (row.state, row.status, row.attempts):
        return False
    row.attempts = tries
    with transaction.atomic():
        settle(row, state, status)
    return True


def attempt_adf(delivery_id: UUID) -> None:
    """Post the lead once. Settled deliveries are left alone. Raises RetryLater where it must be tried again."""
    rows = Delivery.objects.select_related("lead__conversation", "lead__consumer")
    row = rows.filter(pk=delivery_id, way=Way.ADF_POST, state=State.WAITING).first()
    if row is None:
        return
    row.attempts += 1
    row.save(update_fields=["attempts"])
    status, asked = _posted(row)
    if status.startswith("2"):
        settle(row, State.DELIVERED, status)
    elif row.attempts >= MOST_ATTEMPTS or status == "410":
        settle(row, State.DEAD, status)
    else:
        settle(row, State.WAITING, status)
        raise RetryLater(min(max(FIRST_WAIT * 2 ** (row.attempts - 1), timedelta(seconds=asked)), LONGEST_WAIT))


def _posted(row: Delivery) -> tuple[str, int]:
    """The answer's status in one word, and for how many seconds the receiver asked to be left alone."""
    body = adf.write(as_prospect(told(row.lead), settings_of(row.account_id))).encode()
    # The same key at each try, by which a receiver that knows such keys takes a lead once.
    headers = {"Content-Type": f"{adf.MEDIA_TYPE}; charset=utf-8", "Idempotency-Key": row.id.hex}
    try:
        require_allowed(readable_url(row.target), row.account_id)
        answer = call(row.target, body, headers)
    except ProcessorNotAllowed:
        return "not_approved", 0
    except AddressRefused:
        return "address_refused", 0
    except NoAnswer as error:
        return error.word, 0
    return str(answer.status), answer.retry_after


@transaction.atomic
def replay(access: AccountAccess, delivery_id: UUID) -> None:
    """Send a delivery again that did not arrive. Raises NotFound or NotReplayed. Audited."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("lead__conversation", "lead__consumer")
    row = rows.filter(pk=delivery_id, account=access.account).first()
    if row is None:
        raise NotFound
    if row.state != State.DEAD:
        raise NotReplayed
    _send_again(access, row)
    target = f"chat_leads.Delivery:{row.pk}"
    audit.record("chat.delivery_replayed", actor=access.actor, account_id=row.account_id, target=target, data={})


def _send_again(access: AccountAccess, row: Delivery) -> None:
    row.attempts = 0
    if row.way == Way.ADF_POST:
        settle(row, State.WAITING, "")
        post_adf.later(row.id)
        return
    if row.way == Way.WEBHOOK:
        if row.reference is None:
            raise NotReplayed
        webhooks_out.replay(row.account_id, row.reference, access.actor)
    else:
        row.reference = letters.send(row.way, told(row.lead), settings_of(row.account_id), row.target)
        row.save(update_fields=["reference"])
    settle(row, State.WAITING, "")
