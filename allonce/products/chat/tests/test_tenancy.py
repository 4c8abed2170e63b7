"""Every address of Chat with a stranger's credentials: nobody, a viewer, another merchant's agent and visitor."""

import itertools
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client

from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import Credential, StreamKind
from allonce.products.chat.models import Consumer, Conversation
from allonce.products.chat.stream import ConsoleKind, ConversationKind
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.public import PUBLIC
from allonce.products.chat.tests.scene import Agent, Merchant, Visitor
from allonce.products.chat.tokens import token_for
from tests.tenancy.addresses import Address, every_address
from tests.tenancy.rows import Row, picture, rows_of, value_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
SECRET = "Priya Quillfeather"
SHUT = {401, 403, 404, 405}


@pytest.fixture
def ada(fenwick: Merchant, visitor: Visitor) -> Agent:
    """Ada, with a visitor's conversation in which there is something to hide."""
    ada = fenwick.agent("Ada")
    visitor.write(f"I am {SECRET}", name=SECRET, email="priya@shah.example")
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    return ada


@pytest.fixture
def stranger() -> Merchant:
    return scene.merchant("Bayside Motors", "Mo Bay")


def console_addresses() -> list[Address]:
    """The agents' own; the portal's pages have tests of their own."""
    return [each for each in every_address() if each.route.startswith(("chat/api/", "chat/inbox/"))]


def paths(address: Address, rows: list[Row]) -> Iterator[str]:
    parameters = address.parameters()
    tried = [value_for(kind, name, rows) for kind, name in parameters]
    for values in itertools.product(*tried):
        yield address.filled(dict(zip([name for _, name in parameters], values, strict=True)))


def answers(browser: Client, address: Address, rows: list[Row]) -> Iterator[tuple[str, Any]]:
    for path, method in itertools.product(paths(address, rows), ("get", "post", "delete")):
        yield f"{method} {path}", getattr(browser, method)(path)


@pytest.mark.promise("SEC-TENANCY")
def test_every_address_of_the_console_is_tried() -> None:
    assert len(console_addresses()) >= 20


@pytest.mark.promise("SEC-TENANCY")
def test_the_console_is_shut_to_everybody_who_is_no_agent(fenwick: Merchant, ada: Agent) -> None:
    viewer = people.colleague(fenwick.owner, Role.VIEWER)
    without_profile = people.colleague(fenwick.owner, Role.OFFICE, "office@fenwick.example")
    rows = rows_of(fenwick.account)
    before = picture(rows)
    browsers = {"nobody": Client(), "viewer": viewer.client, "no profile": without_profile.client}
    open_doors = [
        f"{who}: {tried} -> {answer.status_code}"
        for who, browser in browsers.items()
        for address in console_addresses()
        for tried, answer in answers(browser, address, rows)
        if answer.status_code not in SHUT and not str(answer.get("Location", "")).startswith("/sign-in/")
    ]
    assert not open_doors
    assert picture(rows) == before


@pytest.mark.promise("SEC-TENANCY")
def test_another_merchants_agent_finds_nothing_of_this_one(fenwick: Merchant, ada: Agent, stranger: Merchant) -> None:
    mo = stranger.agent("Mo")
    rows = rows_of(fenwick.account)
    before = picture(rows)
    for address in console_addresses():
        for tried, answer in answers(mo.browser, address, rows):
            assert answer.status_code != 500, tried
            shown = answer.content.decode(errors="replace")
            assert SECRET not in shown and "priya@shah" not in shown and str(ada.profile.id) not in shown, tried
            if address.parameters():
                assert answer.status_code in SHUT, f"{tried} -> {answer.status_code}"
    assert picture(rows) == before


@pytest.mark.promise("SEC-TENANCY")
def test_a_provider_sees_no_conversation_of_a_merchant_it_lists(fenwick: Merchant) -> None:
    index = scene.provider()
    at_index = scene.list_at(index, fenwick)
    at_index.write(f"I am {SECRET}", name=SECRET)
    for path in ("/chat/api/snapshot", f"/chat/api/conversations/{at_index.conversation_id}", "/chat/inbox/"):
        assert index.owner.client.get(path).status_code == 404


FORGED = [
    "",
    "x",
    "0" * 97,
    f"{'0' * 32}.{'0' * 64}",
    "../../etc/passwd",
    "\x00",
    "ak_" + "0" * 32 + "_x",
]


@pytest.mark.promise("SEC-TENANCY")
@pytest.mark.parametrize("path", ["resume", "contact", "end", "rate", "stop", "file"])
def test_no_visitors_address_opens_with_a_forged_token(
    ada: Agent, visitor: Visitor, stranger: Merchant, path: str
) -> None:
    other = Visitor(stranger.placement)
    other.write()
    token = visitor.token
    mine, proof = token.split(".")
    theirs = other.token.split(".")
    forged = [*FORGED, f"{mine}.{theirs[1]}", f"{theirs[0]}.{proof}", token[:-1], token + "0", token.upper()]
    before = picture(rows_of(visitor.conversation.account))
    for each in forged:
        body = {"token": each} | ({"stars": 5} if path == "rate" else {})
        if path == "file":
            answer = visitor.browser.post(f"/w/{visitor.placement.key}/file", body)
        else:
            answer = visitor.post(path, **body)
        assert answer.status_code in {404, 422}, each
    assert picture(rows_of(visitor.conversation.account)) == before


@pytest.mark.promise("SEC-TENANCY")
def test_a_visitors_token_opens_nothing_through_another_businesss_placement(
    ada: Agent, visitor: Visitor, stranger: Merchant
) -> None:
    through = Visitor(stranger.placement)
    answer = through.post("resume", token=visitor.token)
    assert answer.status_code == 404 and answer.json()["code"] == "not_found"


@pytest.mark.promise("SEC-TENANCY")
def test_a_stream_seats_its_own_visitor_and_its_own_agents_and_nobody_else(
    fenwick: Merchant, ada: Agent, visitor: Visitor, stranger: Merchant
) -> None:
    other = Visitor(fenwick.placement)
    other.write()
    mo = stranger.agent("Mo")
    kind, console = ConversationKind(), ConsoleKind()
    assert kind.seat(Credential(visitor.token), visitor.conversation_id).name == "visitor"
    assert kind.seat(Credential(session=session_of(ada)), visitor.conversation_id).name == ada.profile.seat
    assert fenwick.client.console_stream is not None
    assert console.seat(Credential(session=session_of(ada)), fenwick.client.console_stream).staff
    refused: list[tuple[StreamKind, Credential, UUID]] = [
        (kind, Credential(other.token), visitor.conversation_id),
        (kind, Credential(session=session_of(mo)), visitor.conversation_id),
        (kind, Credential("x"), visitor.conversation_id),
        (kind, Credential(), visitor.conversation_id),
        (kind, Credential(session=session_of(ada)), uuid4()),
        (console, Credential(visitor.token), fenwick.client.console_stream),
        (console, Credential(session=session_of(mo)), fenwick.client.console_stream),
    ]
    for rules, who, stream in refused:
        with pytest.raises(NotFound):
            rules.seat(who, stream)


def session_of(agent: Agent) -> Any:
    return agent.person.sign_in_sessions.get()


@pytest.mark.parametrize("ending", ["membership", "viewer", "account", "entitlement", "profile"])
def test_an_agent_who_belongs_no_more_is_out_at_once(
    fenwick: Merchant, ada: Agent, visitor: Visitor, ending: str
) -> None:
    members = Membership.objects.filter(person=ada.person)
    if ending == "membership":
        members.delete()
    elif ending == "viewer":
        members.update(role=Role.VIEWER)
    elif ending == "account":
        Account.objects.filter(pk=fenwick.account.pk).update(ended_at=now())
    elif ending == "entitlement":
        fenwick.account.entitlements.update(withdrawn_at=now())
    else:
        type(ada.profile).objects.filter(pk=ada.profile.pk).update(hidden_at=now())
    assert ada.get("snapshot").status_code in SHUT
    assert ada.post(f"conversations/{visitor.conversation_id}/close").status_code in SHUT
    with pytest.raises(NotFound):
        ConversationKind().seat(Credential(session=session_of(ada)), visitor.conversation_id)


@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
def test_equal_visitors_of_two_clients_have_nothing_equal_in_the_database(
    fenwick: Merchant, stranger: Merchant
) -> None:
    for dealer in (fenwick, stranger):
        Visitor(dealer.placement).write(name="Priya", email="Priya@Shah.example", phone="07700 900123")
    one, two = Consumer.objects.order_by("created_at")
    assert one.email == two.email and one.phone == two.phone
    assert one.email_index != two.email_index and one.phone_index != two.phone_index
    assert None not in {one.email_index, two.email_index, one.phone_index, two.phone_index}
    first, second = Conversation.objects.order_by("created_at")
    assert first.network_index and first.network_index != second.network_index


@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
def test_no_key_index_or_rule_of_the_schema_joins_visitors_over_clients() -> None:
    about = {Consumer, Conversation}
    for model in apps.get_app_config("chat").get_models(include_auto_created=True):
        links = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
        if model in about or any(field.related_model in about for field in links):
            joined = [field.name for field in links if field.related_model not in {*about, Account}]
            own = {"agent", "department", "disposition", "forwarded_by", "tag"}
            assert set(joined) <= own, f"{model._meta.label} leads beyond its own Client by {joined}"
    for model in about:
        for rule in [*model._meta.constraints, *model._meta.indexes]:
            fields: tuple[str, ...] = tuple(getattr(rule, "fields", ()))
            personal = {"email_index", "phone_index", "network_index"} & set(fields)
            assert not personal or fields[0] == "account", f"{rule.name} finds visitors of all Clients"
        assert not [field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key]


def test_public_addresses_of_chat_are_all_named_with_a_reason() -> None:
    routes = {each.route for each in every_address()}
    assert set(PUBLIC) <= routes


def test_a_token_is_stored_nowhere(fenwick: Merchant, visitor: Visitor) -> None:
    visitor.write()
    assert token_for(visitor.conversation) == visitor.token
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM chat_conversation")
        stored = repr(cursor.fetchall())
    assert visitor.token.split(".")[1] not in stored
    assert UUID(visitor.token.split(".")[0]) == visitor.conversation_id
