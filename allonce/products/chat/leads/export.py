"""Leads and Consumers as files to take along."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from allonce.products.chat.leads.models import Lead
from allonce.products.chat.leads.services.contacting import lines_about
from allonce.products.chat.leads.spreadsheets import table
from allonce.products.chat.leads.telling import as_payload, told
from allonce.products.chat.models import ChatClient, Consumer

COLUMNS = (
    *("requested", "state", "kind", "name", "email", "phone", "listing", "price", "page", "source", "placement"),
    *("agent", "disposition", "hot", "question", "lead"),
)


def leads_csv(client: ChatClient, rows: Iterable[Lead]) -> str:
    """The leads as a table; times in the Client's zone."""
    zone = ZoneInfo(client.zone)
    return table(COLUMNS, (list(_row(each, zone)) for each in rows))


def consumer_json(client: ChatClient, consumer: Consumer) -> str:
    """Everything that this Client holds of one Consumer, for an answer to their request."""
    leads = Lead.objects.filter(account_id=client.account_id, consumer=consumer)
    related = leads.select_related("conversation__agent", "conversation__disposition", "consumer")
    held: dict[str, Any] = {
        "held_by": client.shown_name,
        "consumer": {
            "id": str(consumer.id),
            "name": consumer.name,
            "email": consumer.email,
            "phone": consumer.phone,
            "first_here": consumer.created_at.isoformat(),
            "last_here": consumer.last_at.isoformat(),
        },
        "no_contact_since": [each.at.isoformat() for each in lines_about(consumer)],
        "consents_to_texts": [
            {"number": each.number, "given": each.given_at.isoformat(), "withdrawn": _iso(each.withdrawn_at)}
            for each in consumer.text_consents.order_by("given_at")
        ],
        "calls": [
            {"number": each.number, "at": each.started_at.isoformat(), "seconds": each.seconds, "outcome": each.outcome}
            for each in consumer.calls.order_by("started_at")
        ],
        "conversations": [as_payload(told(each)) | {"note": each.note} for each in related.order_by("created_at")],
        "conversations_without_lead": [
            {"id": str(each.id), "began": each.created_at.isoformat(), "about": each.context}
            for each in consumer.conversations.filter(lead=None).order_by("created_at")
        ],
    }
    return json.dumps(held, indent=1, ensure_ascii=False)


def _row(lead: Lead, zone: ZoneInfo) -> Iterator[object]:
    about = told(lead)
    yield lead.conversation.created_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    yield from (lead.get_state_display(), lead.get_kind_display(), about.name, about.email, about.phone)
    yield from (about.listing.get("title"), about.listing.get("price"), about.page.get("url"))
    yield from (about.source, lead.conversation.placement_title, about.agent)
    yield lead.conversation.disposition.label if lead.conversation.disposition else ""
    yield _("yes") if lead.conversation.hot else ""
    yield from (about.question, str(lead.id))


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
