"""An account with very many conversations, written in bulk: two entries each, of as many visitors."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.messaging.models import Entry, Stream
from allonce.products.chat.demo import CAR
from allonce.products.chat.models import AgentProfile, Consumer, Conversation

EMAIL = "hello@fenwickcars.example"
BATCH = 500
# As a busy house has them: some answered now, some left to mail, and what was closed over the years.
ANSWERED, BY_MAIL = 60, 300
NAMES = ("Priya Shah", "Tom Weir", "Ines Duarte", "Bartholomew Featherstonehaugh-Cholmondeley", "Bo Li")
SAID = "Is the blue one still there, and could my father and I see it on Saturday morning before eleven?"


def fill(count: int) -> None:
    """Make `count` conversations of the demo's dealer; those answered now are with the agents in turn."""
    account = Account.objects.with_email(EMAIL)
    assert account is not None
    agents = list(AgentProfile.objects.filter(account=account).order_by("created_at"))
    for first in range(0, count, BATCH):
        with transaction.atomic():
            _write(account, agents, range(first, min(count, first + BATCH)))


def _write(account: Account, agents: list[AgentProfile], numbers: range) -> None:
    people = [Consumer(account=account, name=NAMES[each % len(NAMES)]) for each in numbers]
    Consumer.objects.bulk_create(people)
    streams = [Stream(id=uuid4(), kind="chat", account_id=account.id, head=2) for _each in numbers]
    Stream.objects.bulk_create(streams)
    Entry.objects.bulk_create(entry for stream in streams for entry in _entries(stream))
    Conversation.objects.bulk_create(
        _conversation(account, agents, number, person, stream)
        for number, person, stream in zip(numbers, people, streams, strict=True)
    )


def _entries(stream: Stream) -> list[Entry]:
    shown = {"stream": stream, "account_id": stream.account_id, "kind": "text"}
    asked = Entry(**shown, seq=1, sender="visitor", cid=uuid4(), body={"text": SAID, "links": []})
    more = Entry(**shown, seq=2, sender="visitor", cid=uuid4(), body={"text": "Thank you.", "links": []})
    return [asked, more]


def _conversation(
    account: Account, agents: list[AgentProfile], number: int, person: Consumer, stream: Stream
) -> Conversation:
    state = Conversation.State.CLOSED
    if number < ANSWERED + BY_MAIL:
        state = Conversation.State.ACTIVE if number < ANSWERED else Conversation.State.HAND_OVER
    return Conversation(
        id=stream.id,
        account=account,
        consumer=person,
        state=state,
        agent=agents[number % len(agents)],
        context={"page": {"url": CAR["url"]}, "listing": CAR},
        start_cid=uuid4(),
        placement_title="Our own site",
        last_at=now() - timedelta(minutes=number),
    )
