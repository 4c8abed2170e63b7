"""A visitor begins: once, with nothing given but words, known again by this Merchant alone."""

from uuid import uuid4

import pytest
from django.test import Client

from allonce.kernel.clock import now
from allonce.kernel.messaging import Credential
from allonce.products.chat.models import Consumer, Conversation
from allonce.products.chat.stream import ConversationKind
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Merchant, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]

HOSTILE = "<img src=x onerror=alert(1)>\u202egnp.exe\u2066\x00\x08 & ' \" \ud83d\ude00 \ufeff"


@pytest.mark.promise("CHAT-MINIMUM")
def test_a_visitor_needs_to_give_nothing_but_words(visitor: Visitor) -> None:
    assert visitor.write("Is it still there?").status_code == 200
    known = visitor.conversation.consumer
    assert (known.name, known.email, known.phone) == (None, None, None)


@pytest.mark.promise("CHAT-MINIMUM")
def test_nothing_is_kept_of_a_visitor_that_has_no_place_in_the_declaration(visitor: Visitor) -> None:
    assert visitor.write(birthday="1 May 1990").status_code == 422
    personal = {"name", "email", "phone", "email_index", "phone_index"}
    held = {field.name for field in Consumer._meta.concrete_fields}
    assert held == personal | {"id", "account", "created_at", "last_at", "blocked_at"}
    listing = {"id": "7", "price": "£1", "driver_licence": "ABC"}
    visitor.write(listing=listing, page={"url": "https://a.example/", "ip": "1.2.3.4"})
    assert visitor.conversation.context == {
        "page": {"url": "https://a.example/", "title": "", "referrer": ""},
        "listing": {"id": "7", "title": "", "price": "£1", "url": "", "image": ""},
    }


@pytest.mark.promise("CHAT-LAUNCH")
def test_the_conversation_knows_the_listing_and_the_provider_whose_page_it_was(fenwick: Merchant) -> None:
    index = scene.provider()
    at_index = scene.list_at(index, fenwick)
    at_index.write(listing={"id": "7", "title": "Blue estate", "price": "£9,950", "url": "https://q.example/7"})
    row = at_index.conversation
    assert row.account_id == fenwick.account.id
    assert row.context["listing"]["title"] == "Blue estate"
    assert (row.provider_id, row.provider_title) == (index.account.id, "Quayside Index")


@pytest.mark.promise("CHAT-LAUNCH")
def test_a_providers_page_leads_to_no_merchant_that_it_does_not_list(fenwick: Merchant) -> None:
    index = scene.provider()
    assert Visitor(index.placement, "D-99").write().status_code == 404
    assert Visitor(index.placement).write().status_code == 404


def test_the_same_start_sent_again_is_the_same_conversation(visitor: Visitor) -> None:
    cid = str(uuid4())
    first, second = visitor.write(cid=cid).json(), visitor.write(cid=cid).json()
    assert first == second
    assert Conversation.objects.count() == 1
    assert len(scene.entries(visitor.conversation_id, "text")) == 1


def test_whoever_repeats_a_start_that_is_in_use_gets_no_token(visitor: Visitor) -> None:
    cid = str(uuid4())
    visitor.write(cid=cid)
    ConversationKind().seat(Credential(visitor.token), visitor.conversation_id)
    again = visitor.write(cid=cid)
    assert again.status_code == 409 and "token" not in again.json()


def test_a_visitor_is_known_again_by_an_earlier_token_of_this_merchant(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write(name="Priya", listing={"title": "Blue estate"})
    again = Visitor(fenwick.placement)
    again.write(known=visitor.token)
    assert again.conversation.consumer_id == visitor.conversation.consumer_id
    assert again.conversation.consumer.name == "Priya"
    [earlier] = ada.get(f"conversations/{again.conversation_id}").json()["earlier"]
    assert earlier["id"] == str(visitor.conversation_id)
    assert earlier["listing"]["title"] == "Blue estate"


@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
def test_a_token_of_another_merchant_makes_nobody_known(fenwick: Merchant, visitor: Visitor) -> None:
    bayside = scene.merchant("Bayside Motors", "Mo Bay")
    mo = bayside.agent("Mo")
    visitor.write(name="Priya", email="priya@shah.example")
    elsewhere = Visitor(bayside.placement)
    elsewhere.write(known=visitor.token)
    assert elsewhere.conversation.consumer_id != visitor.conversation.consumer_id
    assert elsewhere.conversation.consumer.name is None
    shown = mo.get(f"conversations/{elsewhere.conversation_id}").content.decode()
    assert "Priya" not in shown and str(visitor.conversation_id) not in shown


def test_hostile_words_and_names_are_plain_text_and_nothing_else(fenwick: Merchant, visitor: Visitor) -> None:
    visitor.write(HOSTILE, name=f"</script>{HOSTILE}", page={"url": "javascript:alert(1)", "title": HOSTILE})
    row = visitor.conversation
    [(_sender, _kind, body)] = scene.entries(row.id, "text")
    assert body is not None
    for kept in (body["text"], row.consumer.name or "", row.context["page"]["title"]):
        assert "<img src=x onerror=alert(1)>" in kept, "words stay as they were written"
        assert not set(kept) & {"\u202e", "\u2066", "\x00", "\x08", "\ufeff"}, "what turns or hides text goes"
    assert row.context["page"]["url"] == ""
    fenwick.agent("Ada")
    answer = fenwick.agents["Ada"].get(f"conversations/{row.id}")
    assert answer["Content-Type"] == "application/json" and answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422),
        (b"[]", 422),
        (b"[" * 60_000, 422),
        (b'"' + b"x" * 1_000_000 + b'"', 413),
        (b'{"cid": "no", "text": "x"}', 422),
        (b'{"text": "x"}', 422),
        (b'{"cid": "018f4b1e-0000-7000-8000-000000000001", "text": 7}', 422),
        (b'{"cid": "018f4b1e-0000-7000-8000-000000000001", "text": "   "}', 422),
        (b'{"cid": "018f4b1e-0000-7000-8000-000000000001", "text": "x", "email": "nobody"}', 422),
        (b'{"cid": "018f4b1e-0000-7000-8000-000000000001", "text": "x", "phone": "call me"}', 422),
        (b'{"cid": "018f4b1e-0000-7000-8000-000000000001", "text": "x", "page": [1]}', 422),
        (b'{"cid": "018f4b1e-0000-7000-8000-000000000001", "text": "\\ud800"}', 422),
    ],
)
def test_what_is_no_start_is_refused_in_words_and_changes_nothing(visitor: Visitor, body: bytes, status: int) -> None:
    path = f"/w/{visitor.placement.key}/start"
    answer = Client().post(path, body, content_type="application/json")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["title"]
    assert not Conversation.objects.exists() and not Consumer.objects.exists()


def test_a_message_beyond_what_one_message_holds_is_refused(visitor: Visitor) -> None:
    assert visitor.write("x" * 4001).json()["code"] == "too_long"


def test_the_clock_of_the_visitor_decides_nothing(visitor: Visitor) -> None:
    tomorrows = "01ffffff-ffff-7fff-8fff-ffffffffffff"
    visitor.write(cid=tomorrows)
    assert visitor.conversation.created_at == now()


def test_words_that_the_merchant_does_not_take_are_refused(fenwick: Merchant) -> None:
    fenwick.client.blocked_words = ["casino", "cheap pills"]
    fenwick.client.save()
    visitor = Visitor(fenwick.placement)
    assert visitor.write("Best CASINO here").json()["code"] == "words_refused"
    assert visitor.write("cheap,  PILLS!").json()["code"] == "words_refused"
    assert visitor.write("Occasionally cheap").status_code == 200


def test_floods_are_counted_by_visitor_and_not_by_site(fenwick: Merchant) -> None:
    tries = [Visitor(fenwick.placement).write().status_code for _each in range(14)]
    assert tries[:12] == [200] * 12 and tries[12:] == [429] * 2
    elsewhere = Visitor(fenwick.placement, browser=Client(REMOTE_ADDR="203.0.113.9"))
    assert elsewhere.write().status_code == 200, "another visitor of the same site is not kept out"


def test_no_cookie_is_set_for_a_visitor(visitor: Visitor) -> None:
    answers = [
        visitor.write(),
        visitor.post("resume", token=visitor.token),
        visitor.browser.get(f"/w/{visitor.placement.key}/frame"),
        visitor.browser.get(f"/w/{visitor.placement.key}.js"),
    ]
    assert not [answer.cookies for answer in answers if answer.cookies]


def test_a_message_left_while_nobody_is_there_becomes_a_conversation_by_mail(
    fenwick: Merchant, visitor: Visitor
) -> None:
    cid = str(uuid4())
    body = {"cid": cid, "text": "Please call", "name": "Priya", "email": "priya@shah.example", "may_answer": True}
    first, second = visitor.post("offline", **body).json(), visitor.post("offline", **body).json()
    assert first == second
    [row] = Conversation.objects.all()
    assert (row.channel, row.state, row.consumer.email) == ("offline", "hand_over", "priya@shah.example")


@pytest.mark.parametrize("missing", ["email", "may_answer"])
def test_a_message_that_nobody_could_answer_is_not_taken(visitor: Visitor, missing: str) -> None:
    body = {"cid": str(uuid4()), "text": "Please call", "email": "priya@shah.example", "may_answer": True}
    del body[missing]
    answer = visitor.post("offline", **body)
    assert answer.status_code == 422 and missing in answer.json()["fields"]
    assert not Conversation.objects.exists()


def test_a_placement_that_was_taken_off_leads_nowhere(fenwick: Merchant, visitor: Visitor) -> None:
    fenwick.placement.hidden_at = now()
    fenwick.placement.save()
    assert visitor.write().status_code == 404


def test_without_the_service_taken_out_nobody_starts(fenwick: Merchant, visitor: Visitor) -> None:
    fenwick.account.entitlements.update(withdrawn_at=now())
    assert visitor.write().status_code == 404
