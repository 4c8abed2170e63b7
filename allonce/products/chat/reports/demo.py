"""A month of the demo's dealer: conversations with their leads, what came of them, and how often the button was shown.

Written as rows rather than lived through, so that no mail of a month ago leaves today.
"""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allonce.kernel import messaging
from allonce.kernel.clock import now, travel
from allonce.kernel.messaging import Draft
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.models import (
    AgentProfile,
    ChatClient,
    Consumer,
    Conversation,
    HourlyCount,
    Placement,
    ProviderMerchant,
)
from allonce.products.chat.reports.models import ProviderFigure
from allonce.products.chat.services.counting import NOBODY
from allonce.products.chat.stream import CHAT, VISITOR

DEALER = "Fenwick Cars"
TALKS, DAYS = 48, 34
CARS = (
    ("7", "2022 Morrow Estate, blue", "£14,950"),
    ("12", "2019 Petrel Hatchback", "£8,400"),
    ("15", "2021 Kite Electric", "£19,995"),
    ("21", "2016 Brindle Van", "£6,750"),
)
NAMES = ("Amir Khan", "Beth Cole", "Chloe Diaz", "Dev Patel", "Ella Frost", "Finn Moore", "Gwen Ames", "Hugo Lind", "")
ASKED = (
    "Is it still there?",
    "Does it have a full service history?",
    "What would you give me for a 2014 hatchback?",
    "Can I see it on Saturday?",
    "How far does it go on one charge?",
)
SAID = (
    "It is. Would you like to see it?",
    "Yes, all of it, with us.",
    "Saturday at ten would suit us.",
    "Let me look.",
)
STATES = ("won", "lost", "contacted", "contacted", "delivered", "delivered", "delivered", "new")


def load() -> None:
    """Make what is missing; a second call changes nothing."""
    client = ChatClient.objects.filter(shown_name=DEALER, kind="merchant").first()
    if client is None or Lead.objects.filter(account_id=client.account_id).count() > 10:
        return
    placement = Placement.objects.filter(account_id=client.account_id).order_by("created_at").first()
    agents = list(AgentProfile.objects.filter(account_id=client.account_id).order_by("created_at"))
    provider = ChatClient.objects.filter(kind="provider").order_by("created_at").first()
    if placement is None or not agents:
        return
    dice = random.Random(7)  # noqa: S311 - the same month at every start, and no secret
    for number in range(TALKS):
        _talk(client, placement, agents[number % len(agents)], provider if number % 3 == 0 else None, dice)
    _shown(client, placement, dice)
    if provider is not None:
        for listed in ProviderMerchant.objects.filter(account_id=provider.account_id).order_by("external_id"):
            _months(provider.account_id, listed.merchant_account_id, dice)


def _talk(
    client: ChatClient, placement: Placement, agent: AgentProfile, provider: ChatClient | None, dice: random.Random
) -> None:
    began = _moment(dice)
    outcome = dice.choices(("answered", "missed", "offline"), (7, 1, 2))[0]
    ended = _ended(agent, outcome, began, dice)
    with travel(began):
        consumer = _consumer(client.account_id, dice.choice(NAMES))
        talk = Conversation(account_id=client.account_id, consumer=consumer, start_cid=uuid4(), created_at=began)
        talk.channel = "offline" if outcome == "offline" else "chat"
        shown = placement
        if provider is not None:
            talk.provider_id, talk.provider_title = provider.account_id, provider.shown_name
            shown = Placement.objects.filter(account_id=provider.account_id).order_by("created_at").first() or placement
        talk.placement_id, talk.placement_title = shown.id, shown.title
        talk.context, talk.state = _context(dice.choice(CARS)), Conversation.State.ACTIVE
        talk.save(force_insert=True)
        messaging.open_stream(CHAT, client.account_id, stream_id=talk.id)
        _say(talk.id, VISITOR, dice.choice(ASKED))
    if outcome == "answered":
        with travel(ended["first_answer_at"]):
            _say(talk.id, agent.seat, dice.choice(SAID))
    # Only now, since words of a visitor would wake what has ended.
    Conversation.objects.filter(pk=talk.pk).update(awaiting_since=None, **ended)
    talk.refresh_from_db()
    _lead(talk, consumer, outcome, dice)


def _ended(agent: AgentProfile, outcome: str, began: datetime, dice: random.Random) -> dict[str, Any]:
    """How the conversation stands after it."""
    if outcome != "answered":
        return {"state": "hand_over", "last_at": began, "handed_at": began + timedelta(minutes=2)}
    wait, length = timedelta(seconds=dice.randint(6, 95)), timedelta(seconds=dice.randint(120, 1500))
    return {
        "state": "closed",
        "closed_by": "agent",
        "agent": agent,
        "accepted_at": began + wait / 2,
        "first_answer_at": began + wait,
        "closed_at": began + length,
        "last_at": began + length,
        "stars": dice.choice((None, None, 5, 5, 4, 3)),
    }


def _lead(talk: Conversation, consumer: Consumer, outcome: str, dice: random.Random) -> None:
    state = dice.choice(STATES) if outcome == "answered" else dice.choice(("contacted", "delivered", "lost"))
    made = Lead(account_id=talk.account_id, conversation=talk, consumer=consumer, kind=talk.channel, state=state)
    made.created_at = made.changed_at = talk.last_at
    made.save(force_insert=True)


def _consumer(account_id: UUID, name: str) -> Consumer:
    first, _blank, last = name.lower().partition(" ")
    email = f"{first}@{last}.example" if name else None
    made = Consumer(account_id=account_id, name=name or None, email=email)
    made.save(force_insert=True)
    return made


def _context(car: tuple[str, str, str]) -> dict[str, Any]:
    number, title, price = car
    url = f"https://fenwickcars.example/cars/{number}"
    listing = {"id": number, "title": title, "price": price, "url": url, "image": ""}
    return {"page": {"url": url, "title": title, "referrer": ""}, "listing": listing}


def _say(stream_id: UUID, seat: str, text: str) -> None:
    messaging.append(stream_id, seat, Draft(uuid4(), "text", {"text": text, "links": []}))


def _moment(dice: random.Random) -> datetime:
    """Some working hour of the last days."""
    day = now() - timedelta(days=dice.randint(1, DAYS))
    hour = dice.choices(range(8, 22), (2, 4, 6, 7, 6, 5, 6, 6, 5, 5, 4, 3, 2, 1))[0]
    return day.replace(hour=hour, minute=dice.randint(0, 59), second=dice.randint(0, 59), microsecond=0)


def _shown(client: ChatClient, placement: Placement, dice: random.Random) -> None:
    today = now().replace(minute=0, second=0, microsecond=0)
    rows = []
    for back in range(1, DAYS):
        for hour in (9, 13, 17, 21):
            named = {"account_id": client.account_id, "placement_id": placement.id, "peer_id": NOBODY}
            at = (today - timedelta(days=back)).replace(hour=hour)
            online = 0 if hour == 21 else dice.randint(20, 60)
            rows.append(HourlyCount(**named, hour=at, kind="shown_online", count=online))
            rows.append(HourlyCount(**named, hour=at, kind="shown_offline", count=dice.randint(2, 25)))
    HourlyCount.objects.bulk_create(rows, ignore_conflicts=True)


def _months(provider_id: UUID, merchant_id: UUID, dice: random.Random) -> None:
    first = now().date().replace(day=1)
    for _back in range(3):
        first = (first - timedelta(days=1)).replace(day=1)
        counts = {"answered": dice.randint(60, 160), "missed": dice.randint(20, 30), "offline": dice.randint(20, 50)}
        counts["lead"] = sum(counts.values()) - dice.randint(5, 9)
        ProviderFigure.objects.bulk_create(
            [
                ProviderFigure(account_id=provider_id, merchant_id=merchant_id, month=first, kind=kind, count=count)
                for kind, count in counts.items()
            ],
            ignore_conflicts=True,
        )
