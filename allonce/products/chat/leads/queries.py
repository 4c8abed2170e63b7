"""Reading leads, and the settings that say where they go."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.products.chat.leads.models import Delivery, Lead, LeadSettings
from allonce.products.chat.models import ChatClient, Consumer

# How many of the latest leads are looked through for words, which no index can find in sealed fields.
MOST_SEARCHED = 2000


def settings_of(account_id: UUID) -> LeadSettings:
    """The Client's, made at the first look: until it says otherwise all goes to the account's own address."""
    found = LeadSettings.objects.filter(account_id=account_id).first()
    if found is None:
        own = Account.objects.get(pk=account_id).email
        defaults = {"lead_addresses": own, "transcript_addresses": own}
        found, _made = LeadSettings.objects.get_or_create(account_id=account_id, defaults=defaults)
    return found


@dataclass(frozen=True)
class Filter:
    """Which leads: by state, kind, source, days in the Client's zone, and words in who asked."""

    state: str = ""
    kind: str = ""
    placement: str = ""
    since: str = ""
    until: str = ""
    q: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was chosen, by name."""
        return [(each.name, getattr(self, each.name)) for each in fields(self) if getattr(self, each.name)]


def leads_of(client: ChatClient, chosen: Filter | None = None) -> QuerySet[Lead]:
    """The Client's leads, latest first, without those that only repeat another unless they are asked for."""
    chosen = chosen or Filter()
    rows = Lead.objects.filter(account_id=client.account_id)
    if chosen.state in Lead.State.values:
        rows = rows.filter(state=chosen.state)
    elif not chosen.q:
        rows = rows.exclude(state=Lead.State.DUPLICATE)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.placement:
        rows = rows.filter(conversation__placement_title=chosen.placement)
    rows = _within(rows, client.zone, chosen)
    if chosen.q.strip():
        rows = rows.filter(pk__in=_with_words(rows, client.account_id, chosen.q.strip()))
    related = rows.select_related("conversation__agent", "conversation__disposition", "consumer", "duplicate_of")
    return related.order_by("-created_at", "-id")


def consumers_of(client: ChatClient, q: str = "") -> QuerySet[Consumer]:
    """The Client's Consumers, the one who was last here first; found by exact address or number, or parts of names."""
    rows = Consumer.objects.filter(account_id=client.account_id)
    if q.strip():
        latest = rows.order_by("-last_at")[:MOST_SEARCHED]
        wanted = q.strip().casefold()
        named = [each.pk for each in latest if wanted in " ".join(_known(each)).casefold()]
        rows = rows.filter(_exactly(client.account_id, q) | Q(pk__in=named))
    talks = Count("conversations")
    return rows.annotate(talks=talks).order_by("-last_at", "-id")


def deliveries_of(lead: Lead) -> list[Delivery]:
    """Where the lead was sent, in the order in which it was."""
    return list(lead.deliveries.order_by("created_at", "way", "id"))


def undelivered(account_id: UUID) -> QuerySet[Delivery]:
    """What did not arrive and waits for somebody to send it again, latest first."""
    dead = Delivery.objects.filter(account_id=account_id, state=Delivery.State.DEAD)
    return dead.select_related("lead__conversation", "lead__consumer").order_by("-created_at")


def placements_named(account_id: UUID) -> list[str]:
    """The titles of placements that brought leads."""
    titles = Lead.objects.filter(account_id=account_id).exclude(conversation__placement_title="")
    return sorted(set(titles.values_list("conversation__placement_title", flat=True)))


def begins(day: date, zone: str) -> datetime:
    """The moment at which a day begins in a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def evidence() -> Evidence:
    """Whether leads of the last day have arrived where they were to go."""
    recent = Delivery.objects.filter(created_at__gte=now() - timedelta(days=1))
    found = recent.aggregate(sent=Count("pk"), dead=Count("pk", filter=Q(state=Delivery.State.DEAD)))
    sent = ngettext("%d delivery of a lead in the last day", "%d deliveries of leads in the last day", found["sent"])
    dead = _("none failed") if not found["dead"] else _("%d failed and can be sent again") % found["dead"]
    return Evidence(f"{sent % found['sent']}, {dead}.", at=now(), holds=None)


def _within(rows: QuerySet[Lead], zone: str, chosen: Filter) -> QuerySet[Lead]:
    since, until = _day(chosen.since), _day(chosen.until)
    if since:
        rows = rows.filter(created_at__gte=begins(since, zone))
    return rows.filter(created_at__lt=begins(until + timedelta(days=1), zone)) if until else rows


def _with_words(rows: QuerySet[Lead], account_id: UUID, q: str) -> Iterable[UUID]:
    exact = set(rows.filter(consumer__in=Consumer.objects.filter(_exactly(account_id, q))).values_list("pk", flat=True))
    latest = rows.select_related("consumer", "conversation").order_by("-created_at")[:MOST_SEARCHED]
    wanted = q.casefold()
    return exact | {each.pk for each in latest if wanted in _text_of(each).casefold()}


def _exactly(account_id: UUID, q: str) -> Q:
    email, phone = (Consumer._meta.get_field(f"{each}_index") for each in ("email", "phone"))
    found = Q(account_id=account_id, email_index=email.index(account_id, q))  # type: ignore[union-attr]
    return found | Q(account_id=account_id, phone_index=phone.index(account_id, q))  # type: ignore[union-attr]


def _text_of(lead: Lead) -> str:
    listing = (lead.conversation.context or {}).get("listing") or {}
    return " ".join([*_known(lead.consumer), str(listing.get("title") or "")])


def _known(consumer: Consumer) -> list[str]:
    return [each for each in (consumer.name, consumer.email, consumer.phone) if each]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
