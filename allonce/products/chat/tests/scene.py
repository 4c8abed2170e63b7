"""Fenwick Cars answers visitors; Quayside Index lists it; Bayside Motors is another Merchant that knows neither."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils.crypto import get_random_string

from allonce.kernel.accounts.entitlements import grant
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import add_months, today
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.models import Entry
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, Placement
from allonce.products.chat.services import placing, presence, set_up

NONE = UUID(int=0)


@dataclass
class Merchant:
    """A Client with its owner, its placement and its agents by first name."""

    owner: people.Inhabitant
    client: ChatClient
    placement: Placement
    agents: dict[str, "Agent"] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        return self.owner.account

    def agent(self, name: str, *, online: bool = True, **more: Any) -> "Agent":
        """Somebody with the role agent, signed in and (unless told otherwise) online at the desk."""
        person = people.person(f"{name.lower()}@{get_random_string(8).lower()}.example", f"{name} Agent")
        Membership.objects.create(account=self.account, person=person, role=Role.AGENT)
        profile = set_up.add_agent(self.client, person.id, name, actor=SYSTEM, **more)
        made = Agent(self, person, profile, people.browser_of(person))
        self.agents[name] = made
        if online:
            made.online()
        return made


@dataclass
class Agent:
    """An agent and the browser in which the console is open."""

    merchant: Merchant
    person: Person
    profile: AgentProfile
    browser: Client

    @property
    def access(self) -> AgentAccess:
        """As the console's addresses get it."""
        actor = Actor(kind="person", id=self.person.id)
        return AgentAccess(self.merchant.account, self.merchant.client, self.profile, actor, Role.AGENT)

    def online(self, **more: Any) -> None:
        """Sit down at the desk."""
        presence.set_presence(self.access, "online", **more)
        self.profile.refresh_from_db()

    def get(self, path: str) -> Any:
        return self.browser.get(f"/chat/api/{path}")

    def post(self, path: str, **body: Any) -> Any:
        return self.browser.post(f"/chat/api/{path}", json.dumps(body), content_type="application/json")


@dataclass
class Visitor:
    """A browser on a placement's page, without a cookie."""

    placement: Placement
    m: str = ""
    browser: Client = field(default_factory=Client)
    token: str = ""
    conversation_id: UUID = NONE

    def post(self, path: str, **body: Any) -> Any:
        return self.browser.post(f"/w/{self.placement.key}/{path}", json.dumps(body), content_type="application/json")

    def write(self, text: str = "Is it still there?", **more: Any) -> Any:
        """Begin a conversation."""
        body = {"m": self.m, "cid": str(uuid4()), "text": text, "page": {"url": "https://fenwick.example/cars/7"}}
        answer = self.post("start", **(body | more))
        if answer.status_code == 200:
            self.token, self.conversation_id = answer.json()["token"], UUID(answer.json()["s"])
        return answer

    @property
    def conversation(self) -> Conversation:
        """The row, as it stands now."""
        return Conversation.objects.select_related("consumer", "agent").get(pk=self.conversation_id)


def merchant(name: str = "Fenwick Cars", owner: str = "Fay Fenwick", *, sites: list[str] | None = None) -> Merchant:
    """An account that may use Chat, as a Merchant, with one placement."""
    who = people.owner(name, owner)
    return Merchant(who, *_client(who, "merchant", name, sites))


def provider(name: str = "Quayside Index", owner: str = "Quinn Quay") -> Merchant:
    """An account that may use Chat, as a Provider, with one placement."""
    who = people.owner(name, owner)
    return Merchant(who, *_client(who, "provider", name, None))


def _client(who: people.Inhabitant, kind: str, name: str, sites: list[str] | None) -> tuple[ChatClient, Placement]:
    grant(who.account.id, "chat", add_months(today(), 12), actor=SYSTEM)
    client = set_up.open_client(who.account, kind, name, actor=SYSTEM)
    given = {"title": f"{name} site", "sites": sites or []}
    return client, placing.save_placement(client, None, given, actor=SYSTEM)


def list_at(index: Merchant, dealer: Merchant, number: str = "D-17") -> Visitor:
    """A visitor on the Provider's page about this dealer."""
    set_up.list_merchant(index.client, dealer.client, number, actor=SYSTEM)
    return Visitor(index.placement, number)


def entries(conversation_id: UUID, *kinds: str) -> list[tuple[str, str, dict[str, Any] | None]]:
    """(sender, kind, body) of what stands in a stream."""
    rows = Entry.objects.filter(stream_id=conversation_id).order_by("seq")
    return [(each.sender, each.kind, each.body) for each in rows if not kinds or each.kind in kinds]


def console(merchant: Merchant, *kinds: str) -> list[dict[str, Any]]:
    """What the consoles of an account were told."""
    assert merchant.client.console_stream is not None
    return [body or {} for _sender, _kind, body in entries(merchant.client.console_stream, *kinds)]


def codes(conversation_id: UUID) -> list[str]:
    """What the house said in a conversation."""
    return [str((body or {}).get("code")) for _sender, _kind, body in entries(conversation_id, "system")]


def text(words: str) -> Draft:
    """A message as the realtime verbs take it."""
    return Draft(uuid4(), "text", {"text": words})
