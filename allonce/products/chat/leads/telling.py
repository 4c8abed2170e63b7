"""What a lead says, gathered once for every way on which it is told: mail, ADF, webhook, table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.accounts import tenancy
from allonce.kernel.messaging import Seat, backlog
from allonce.products.chat.leads import adf
from allonce.products.chat.leads.models import Lead, LeadSettings
from allonce.products.chat.models import AgentProfile, ChatClient, ProviderMerchant

# As a visitor sees a conversation: nothing that was whispered or noted leaves the house with a lead.
NOBODY = "lead"
PAGE = 500
MOST_LINES = 2000
HOUSE = "Allonce"


@dataclass(frozen=True)
class Line:
    """Something that was said. `at` is in the Client's zone."""

    seq: int
    at: datetime
    who: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Told:
    """A lead with everything that belongs to it; `said` is the number of the last words."""

    lead: Lead
    client: ChatClient
    listing: dict[str, Any] = field(repr=False)
    page: dict[str, Any] = field(repr=False)
    lines: list[Line] = field(repr=False)
    agent: str = ""

    @property
    def name(self) -> str:
        return self.lead.consumer.name or ""

    @property
    def email(self) -> str:
        return self.lead.consumer.email or ""

    @property
    def phone(self) -> str:
        return self.lead.consumer.phone or ""

    @property
    def said(self) -> int:
        return self.lines[-1].seq if self.lines else 0

    @property
    def about(self) -> str:
        """What was asked about, in a few words."""
        return str(self.listing.get("title") or self.page.get("title") or _("your site"))

    @property
    def source(self) -> str:
        """The site that brought the visitor: the Provider's, or else the Client's own."""
        return self.lead.conversation.provider_title or self.client.shown_name

    @property
    def transcript(self) -> str:
        """All that was said as plain text, with times of the Client's zone."""
        return "\n".join(f"[{line.at:%d %b %Y %H:%M}] {line.who}: {line.text}" for line in self.lines)

    @property
    def question(self) -> str:
        """The visitor's first words."""
        return self.lines[0].text if self.lines else ""


def told(lead: Lead) -> Told:
    """Gather a lead. Reads its conversation's stream; the Client's account must be open."""
    conversation = lead.conversation
    client = ChatClient.objects.get(account_id=lead.account_id)
    context = conversation.context or {}
    agent = conversation.agent.name if conversation.agent else ""
    names = {each.seat: each.name for each in AgentProfile.objects.filter(account_id=lead.account_id)}
    lines = list(_lines(conversation.id, names, lead.consumer.name or _("Visitor"), ZoneInfo(client.zone)))
    return Told(lead, client, dict(context.get("listing") or {}), dict(context.get("page") or {}), lines, agent)


def as_prospect(about: Told, wanted: LeadSettings) -> adf.Prospect:
    """The lead as ADF tells it."""
    lead, conversation = about.lead, about.lead.conversation
    first = lead.duplicate_of_id or lead.id
    kind = str(lead.kind)
    return adf.Prospect(
        id=str(first),
        source=HOUSE,
        requested_at=conversation.created_at.astimezone(ZoneInfo(about.client.zone)),
        thing=adf.thing_of(about.listing, about.page),
        name=about.name,
        email=about.email,
        phone=about.phone,
        comments=about.transcript,
        vendor=about.client.shown_name,
        vendor_id=_external_id(about),
        provider=adf.provider_name(about.source, wanted.adf_word, wanted.adf_position),
        service=kind if about.client.white_label else f"{HOUSE} {kind}",
        provider_url=str(about.page.get("url") or ""),
        resend=lead.is_duplicate,
    )


def as_payload(about: Told) -> dict[str, Any]:
    """The lead as webhooks and the API tell it."""
    lead, conversation = about.lead, about.lead.conversation
    return {
        "id": str(lead.id),
        "kind": str(lead.kind),
        "state": str(lead.state),
        "duplicate_of": str(lead.duplicate_of_id) if lead.duplicate_of_id else None,
        "conversation": str(conversation.id),
        "requested_at": conversation.created_at.isoformat(),
        "consumer": {"id": str(lead.consumer_id), "name": about.name, "email": about.email, "phone": about.phone},
        "listing": about.listing,
        "page": about.page,
        "source": about.source,
        "placement": conversation.placement_title,
        "agent": about.agent or None,
        "hot": conversation.hot,
        "disposition": conversation.disposition.code if conversation.disposition else None,
        "transcript": [{"at": line.at.isoformat(), "who": line.who, "text": line.text} for line in about.lines],
    }


def link_to(lead: Lead) -> str:
    """The lead's page in the portal."""
    return settings.PUBLIC_URL + reverse("chat_portal:lead", args=[lead.id])


def _external_id(about: Told) -> str:
    """What the Provider calls this Merchant. The row is the Provider's; only this Merchant's own number is read."""
    provider = about.lead.conversation.provider_id
    if provider is None:
        return about.client.public_id
    with tenancy.across_accounts():
        listed = ProviderMerchant.objects.filter(account_id=provider, merchant_account_id=about.client.account_id)
        number = listed.order_by("created_at").values_list("external_id", flat=True).first()
    return str(number or about.client.public_id)


def _lines(stream_id: UUID, names: dict[str, str], visitor: str, zone: ZoneInfo) -> Iterator[Line]:
    for frame in _frames(stream_id):
        text = _text(frame)
        if text:
            who = visitor if frame["from"] == "visitor" else names.get(frame["from"], _("Agent"))
            yield Line(frame["seq"], datetime.fromisoformat(frame["at"]).astimezone(zone), who, text)


def _frames(stream_id: UUID) -> Iterator[dict[str, Any]]:
    after, seat = 0, Seat(stream_id, NOBODY, False)
    while after < MOST_LINES:
        page = backlog(stream_id, after, seat, PAGE)
        yield from (frame for frame in page if frame["t"] == "msg")
        if len(page) < PAGE:
            return
        after = page[-1]["seq"]


def _text(frame: dict[str, Any]) -> str:
    """What people said. Lines of the house, ratings and whispers are not among it."""
    body = frame.get("body") or {}
    if frame["kind"] == "text":
        return str(body.get("text", ""))
    if frame["kind"] == "picture":
        return str(_("Picture: %s") % body.get("name", ""))
    return ""
