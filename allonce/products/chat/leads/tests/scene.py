"""A dealer with one agent, and visitors of its site, for tests of what comes after a conversation."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from allonce.kernel import messaging
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import add_months, today
from allonce.kernel.messaging import Draft
from allonce.kernel.post.models import AccountContent, OutboxMail
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.doors import Door
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, Placement
from allonce.products.chat.services import answering, ending, placing, set_up, starting
from allonce.products.chat.services.consumers import Contact

FOCUS = {"id": "F-114", "title": "2019 Ford Focus 1.0", "price": "£11,495", "url": "https://fenwick.example/f-114"}
PAGE = {"url": "https://fenwick.example/f-114", "title": "Used cars"}
NIA = Contact("Nia New", "nia@post.example", "+447400123456")


@dataclass(frozen=True)
class Dealer:
    """A Merchant whose owner is an agent, too."""

    who: Inhabitant
    client: ChatClient
    placement: Placement
    agent: AgentProfile

    @property
    def account(self) -> Account:
        return self.who.account

    @property
    def access(self) -> AccountAccess:
        actor = Actor(kind="person", id=self.who.person.id)
        return AccountAccess(self.account, self.who.person, Role.OWNER, actor)

    @property
    def at_work(self) -> AgentAccess:
        return AgentAccess(self.account, self.client, self.agent, self.access.actor, Role.OWNER)

    @property
    def door(self) -> Door:
        return Door(self.placement, self.client, None, "")

    def asks(self, text: str = "Is it still there?", contact: Contact = NIA, listing: Any = FOCUS) -> Conversation:
        """A visitor begins a conversation."""
        return starting.start(self.door, starting.Opening(uuid4(), text, PAGE, listing, contact), "198.51.100.7")

    def leaves(self, text: str = "Call me back, please.", contact: Contact = NIA, listing: Any = FOCUS) -> Lead:
        """A visitor leaves a message while nobody is there."""
        opening = starting.Opening(uuid4(), text, PAGE, listing, contact)
        return Lead.objects.get(pk=starting.leave_message(self.door, opening, "198.51.100.7"))

    def talks(self, *said: str, contact: Contact = NIA, listing: Any = FOCUS, whisper: str = "") -> Conversation:
        """A conversation that the agent accepts; visitor and agent take turns, and nobody has closed it yet."""
        conversation = self.asks(said[0] if said else "Is it still there?", contact, listing)
        answering.accept(self.at_work, conversation.id)
        for number, text in enumerate(said[1:]):
            seat = self.agent.seat if number % 2 == 0 else "visitor"
            messaging.append(conversation.id, seat, Draft(uuid4(), "text", {"text": text, "links": []}))
        if whisper:
            messaging.append(conversation.id, self.agent.seat, Draft(uuid4(), "whisper", {"text": whisper}, "staff"))
        conversation.refresh_from_db()
        return conversation

    def closes(self, conversation: Conversation, disposition: str | None = None) -> Lead:
        """The agent ends it."""
        ending.close(self.at_work, conversation.id, disposition)
        return Lead.objects.get(conversation=conversation)


def dealer(name: str = "Fenwick Cars", person: str = "Dana Fenwick") -> Dealer:
    """A Merchant with Chat, its placement, and its owner as its agent."""
    who = people.owner(name, person)
    entitlements.grant(who.account.id, "chat", add_months(today(), 12), actor=SYSTEM)
    client = set_up.open_client(who.account, "merchant", name, actor=SYSTEM)
    placement = placing.save_placement(client, None, {"title": "Every page"}, actor=SYSTEM)
    agent = set_up.add_agent(client, who.person.id, person.split(maxsplit=1)[0], actor=SYSTEM)
    return Dealer(who, client, placement, agent)


def mails(kind: str = "", account: Account | None = None) -> list[dict[str, Any]]:
    """What waits in the outbox for accounts' readers, oldest first."""
    rows = OutboxMail.objects.order_by("created_at", "pk")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(scope_id=account.id) if account else rows
    contents = {row.id: row.mail for row in AccountContent.objects.all()}
    return [contents[row.id] for row in rows if row.id in contents]
