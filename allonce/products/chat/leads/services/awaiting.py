"""The nightly list of Consumers who wait for an answer, at each Client's own hour."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel import post
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope
from allonce.products.chat.leads.models import LeadSettings
from allonce.products.chat.leads.models.settings import addresses
from allonce.products.chat.models import ChatClient, Conversation

MOST = 200
# An hour that was missed because the machine stood still is made up for, but not in the middle of the next day.
LATEST = timedelta(hours=6)


def tell_all() -> int:
    """Send every list that is due; returns how many mails went. Safe to repeat: one a day for each Client."""
    sent = 0
    for wanted in LeadSettings.objects.filter(account__ended_at=None).order_by("pk"):
        client = ChatClient.objects.filter(account_id=wanted.account_id, hidden_at=None).first()
        if client is not None and wanted.awaiting_addresses:
            sent += _tell(client, wanted.pk)
    return sent


def awaiting(account_id: UUID) -> list[Conversation]:
    """Conversations whose visitor had the last word, the longest wait first."""
    waiting = Conversation.objects.filter(account_id=account_id, awaiting_since__isnull=False)
    rows = waiting.exclude(state=Conversation.State.CLOSED).filter(consumer__blocked_at=None)
    return list(rows.select_related("consumer").order_by("awaiting_since")[:MOST])


@transaction.atomic
def _tell(client: ChatClient, settings_id: UUID) -> int:
    wanted = LeadSettings.objects.select_for_update().get(pk=settings_id)
    due = _due(wanted, now().astimezone(ZoneInfo(client.zone)))
    if due is None or (wanted.awaiting_sent_on and wanted.awaiting_sent_on >= due.date()):
        return 0
    wanted.awaiting_sent_on = due.date()
    wanted.save(update_fields=["awaiting_sent_on"])
    rows = awaiting(client.account_id)
    for to in addresses(wanted.awaiting_addresses) if rows else ():
        mail = post.letter(Scope("account", client.account_id), "chat.awaiting", to, _words(client, rows))
        post.send(replace(mail, from_name=client.shown_name))
    return len(addresses(wanted.awaiting_addresses)) if rows else 0


def _due(wanted: LeadSettings, local: datetime) -> datetime | None:
    """The hour that has come and is not long past, in the Client's zone."""
    hour = local.replace(hour=wanted.awaiting_hour, minute=0, second=0, microsecond=0)
    last = hour if hour <= local else hour - timedelta(days=1)
    return last if local - last < LATEST else None


def _words(client: ChatClient, rows: list[Conversation]) -> post.Words:
    zone = ZoneInfo(client.zone)
    count = len(rows)
    waits = ngettext("%d visitor waits for an answer", "%d visitors wait for an answer", count) % count
    return post.Words(
        subject=waits,
        paragraphs=["\n".join(_line(each, zone) for each in rows)],
        action=post.Action(_("Open the conversations"), settings.PUBLIC_URL + reverse("chat:inbox")),
        closing=[_("You get this list each day at your own hour. Change the addresses under Chat, Settings.")],
    )


def _line(conversation: Conversation, zone: ZoneInfo) -> str:
    since = conversation.awaiting_since
    listing = (conversation.context or {}).get("listing") or {}
    about = str(listing.get("title") or conversation.placement_title)
    who = conversation.consumer.name or _("Visitor")
    return f"{since.astimezone(zone):%d %b %H:%M}  {who}, {about}" if since else who
