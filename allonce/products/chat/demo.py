"""The demo of Chat: a Provider's index that lists two Merchants, and the people of one of them.

Fenwick Cars has Fay, who owns it, Ada at a desk and Ben on a phone. Bayside Motors knows nothing of them.
"""

from typing import Any
from uuid import uuid4

from allonce.kernel.accounts import entitlements, tenancy
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import people
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, now, today
from allonce.kernel.legal.demo import agree
from allonce.products.chat.doors import open_door
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, Placement, Tag
from allonce.products.chat.people import DOORS
from allonce.products.chat.services import placing, set_up, starting
from allonce.products.chat.services.consumers import Contact
from allonce.products.chat.services.starting import Opening

PASSWORD = "quayside-demo-2026"  # noqa: S105 - everybody may read the demo's
FENWICK, BAYSIDE, QUAYSIDE = "demo-fenwick-cars", "demo-bayside-motors", "demo-quayside-index"
FENWICK_NUMBER, BAYSIDE_NUMBER = "D-17", "D-18"
NOTICE = "Fenwick Cars answers you here and keeps what you write for {kept_for}. You need not give your name."
ANSWERS = {
    "hello": ("A greeting", "Hello {visitor_name}, this is {agent_name} of {business}. How can I help?"),
    "test-drive": ("Test drive", "You are welcome to drive the {listing_title}. Which day suits you?"),
    "price": ("The price", "The {listing_title} stands at {listing_price}, with a year's warranty."),
    "hours": ("Opening hours", "We are open Monday to Saturday from 9 to 6, at 4 Quay Road."),
}
CAR = {"id": "7", "title": "2022 Morrow Estate, blue", "price": "£14,950", "url": "https://fenwickcars.example/cars/7"}


def load() -> None:
    """Make what is missing; a second call changes nothing."""
    fay = _person("Fay Fenwick", DOORS["merchant"])
    fenwick = _client(fay, "merchant", "Fenwick Cars", "hello@fenwickcars.example", notice=NOTICE)
    _agent(fenwick, _person("Ada Lane", DOORS["agent"]), "Ada")
    _agent(fenwick, _person("Ben Osei", DOORS["agent-phone"]), "Ben")
    _agent(fenwick, fay, "Fay")
    bayside = _client(
        _person("Mo Bay", "mo@baysidemotors.example"), "merchant", "Bayside Motors", "hello@baysidemotors.example"
    )
    quayside = _client(
        _person("Quinn Quay", DOORS["provider"]), "provider", "Quayside Motors Index", "hello@quayside.example"
    )
    _placement(fenwick, FENWICK, title="Our own site", dropin=True, dropin_text="Questions about a car? Ada is here.")
    _placement(bayside, BAYSIDE, title="Our own site", colour="#7a3e9d")
    _placement(quayside, QUAYSIDE, title="Listing pages", label="Ask the dealer", colour="#0b6e6e")
    set_up.list_merchant(quayside, fenwick, FENWICK_NUMBER, actor=SYSTEM)
    set_up.list_merchant(quayside, bayside, BAYSIDE_NUMBER, actor=SYSTEM)
    _words(fenwick)
    _earlier(fenwick)


def _person(name: str, email: str) -> Person:
    known = Person.objects.with_email(email)
    if known is not None:
        return known
    person = people.create_person(people.NewPerson(email, name, PASSWORD))
    person.email_verified_at = now()
    person.save(update_fields=["email_verified_at"])
    return person


def _client(owner: Person, kind: str, name: str, email: str, **settings: Any) -> ChatClient:
    account = Account.objects.with_email(email) or people.open_account(owner, people.NewAccount(name, email))
    if not entitlements.allows(account.id, "chat"):
        entitlements.grant(account.id, "chat", add_months(today(), 24), actor=SYSTEM)
    known = ChatClient.objects.filter(account=account).first()
    agree(owner)
    return known or set_up.open_client(account, kind, name, actor=SYSTEM, **settings)


def _agent(client: ChatClient, person: Person, name: str) -> None:
    Membership.objects.get_or_create(account_id=client.account_id, person=person, defaults={"role": Role.AGENT})
    agree(person)
    if not AgentProfile.objects.filter(account_id=client.account_id, person=person).exists():
        set_up.add_agent(client, person.id, name, actor=SYSTEM)


def _placement(client: ChatClient, key: str, **given: Any) -> None:
    if not Placement.objects.filter(key=key).exists():
        made = Placement(account_id=client.account_id, key=key)
        placing.save_placement(client, made, given, actor=SYSTEM)


def _words(client: ChatClient) -> None:
    if Tag.objects.filter(account_id=client.account_id).exists():
        return
    for title in ("Sales", "Service"):
        placing.save_department(client, None, title, {}, actor=SYSTEM)
    for word in ("part exchange", "finance", "test drive"):
        Tag.objects.create(account_id=client.account_id, word=word)
    for shortcut, (title, text) in ANSWERS.items():
        placing.save_answer(client, None, {"shortcut": shortcut, "title": title, "text": text}, actor=SYSTEM)


def _earlier(client: ChatClient) -> None:
    """Two visitors left messages last night."""
    if Conversation.objects.filter(account_id=client.account_id).exists():
        return
    with tenancy.across_accounts():
        door = open_door(FENWICK)
    for name, email, text in (
        (
            "Priya Shah",
            "priya@shah.example",
            "Could I see the blue Morrow on Saturday morning? I would come with my father.",
        ),
        ("Tom Weir", "tom@weir.example", "Would you take a 2015 hatchback in part exchange?"),
    ):
        contact = Contact(name, email)
        opening = Opening(uuid4(), text, {"url": CAR["url"], "title": CAR["title"]}, CAR, contact)
        starting.leave_message(door, opening, "")
