"""Text messages both ways: with consent, about the right page or none, and STOP is obeyed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from allonce.kernel import clock, messaging
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.models import Entry
from allonce.kernel.post import sms
from allonce.kernel.post.sms.ports import InboundSms
from allonce.products.chat.leads.models import Lead, TextConsent, TextContext
from allonce.products.chat.leads.services import contacting, texting
from allonce.products.chat.leads.services.texting import NoConsent, NoTextNumber
from allonce.products.chat.leads.tests.scene import FOCUS, PAGE, Dealer, dealer
from allonce.products.chat.models import Consumer, Conversation
from allonce.products.chat.services import answering

pytestmark = pytest.mark.django_db
NUMBER = "+447400123456"
sent: list[tuple[str, str, str]] = []


@pytest.fixture(autouse=True)
def _gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway that notes what it is given; the real one is tried in the post's own room."""
    sent.clear()

    def send(account_id: object, to: str, text: str, *, key: str, consent: str) -> object:
        if key not in {each[2] for each in sent}:
            sent.append((to, text, key))
        assert TextConsent.objects.filter(pk=consent.partition(":")[2]).exists()
        return uuid4()

    monkeypatch.setattr(sms, "sms_offered", lambda: True, raising=False)
    monkeypatch.setattr(sms, "number_of", lambda account_id: "+447400000001", raising=False)
    monkeypatch.setattr(sms, "send_sms", send, raising=False)


def texts(dealer_: Dealer, text: str = "Is it red?", *, at: Any = None, word: str = "", **other: Any) -> InboundSms:
    """A text message comes in for this dealer."""
    given = {"id": uuid4(), "gateway": "test", "at": at or clock.now(), "account_ids": (dealer_.account.id,)}
    message = InboundSms(**given | other, word=word, sender=NUMBER, to="+447400000001", text=text)  # type: ignore[arg-type]
    texting.came_in(message)
    return message


def said(conversation: Conversation) -> list[str]:
    rows = Entry.objects.filter(stream_id=conversation.id, kind="text").order_by("seq")
    return [each.body["text"] for each in rows]


def not_sent(conversation: Conversation) -> list[str]:
    rows = Entry.objects.filter(stream_id=conversation.id, kind="system").order_by("seq")
    return [each.body["why"] for each in rows if each.body["code"] == "not_texted"]


def test_a_text_begins_a_conversation_and_the_agents_answer_is_texted(fenwick: Dealer) -> None:
    texts(fenwick)
    conversation = Conversation.objects.get(channel="text")
    answering.accept(fenwick.at_work, conversation.id)
    entry = messaging.append(conversation.id, fenwick.agent.seat, Draft(uuid4(), "text", {"text": "It is blue."}))
    texting.text_out(entry.id)
    texting.text_out(entry.id)
    assert [(to, text) for to, text, _key in sent] == [(NUMBER, "It is blue.")]
    texts(fenwick, "Pity.")
    assert said(conversation) == ["Is it red?", "It is blue.", "Pity."]
    assert fenwick.closes(conversation).kind == "text"


def test_what_agents_say_in_a_text_conversation_is_queued_and_elsewhere_not(fenwick: Dealer) -> None:
    from allonce.kernel.jobs.models import Job

    fenwick.talks("Hello", "Hi")
    assert not Job.objects.filter(name="chat_leads.text_out").exists()
    texts(fenwick)
    conversation = Conversation.objects.get(channel="text")
    answering.accept(fenwick.at_work, conversation.id)
    messaging.append(conversation.id, fenwick.agent.seat, Draft(uuid4(), "text", {"text": "It is blue."}))
    assert Job.objects.filter(name="chat_leads.text_out").count() == 1


def test_a_message_that_is_told_twice_is_one(fenwick: Dealer) -> None:
    message = texts(fenwick)
    texting.came_in(message)
    assert said(Conversation.objects.get()) == ["Is it red?"]


def test_the_page_is_known_if_one_was_looked_at_and_not_if_two_were(fenwick: Dealer) -> None:
    texting.looked(fenwick.door, PAGE, FOCUS)
    texts(fenwick)
    assert Conversation.objects.get().context["listing"]["id"] == "F-114"
    other = dealer("Harbour Motors", "Hal Harbour")
    for _tap in range(2):
        texting.looked(other.door, PAGE, FOCUS)
    texts(other)
    assert Conversation.objects.get(account=other.account).context == {}


def test_a_page_that_was_looked_at_at_another_client_is_never_taken(fenwick: Dealer) -> None:
    texting.looked(dealer("Harbour Motors", "Hal Harbour").door, PAGE, FOCUS)
    texts(fenwick)
    assert Conversation.objects.get(account=fenwick.account).context == {}


def test_a_context_that_was_used_is_not_used_again(fenwick: Dealer) -> None:
    texting.looked(fenwick.door, PAGE, FOCUS)
    texts(fenwick)
    assert TextContext.objects.get().used_at


def test_nobody_is_texted_without_consent_and_the_agents_note_of_it_is_one(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    with pytest.raises(NoConsent):
        texting.text(fenwick.access, lead.id, "Come and see it.")
    texting.note_consent(fenwick.access, lead.id)
    thread = texting.text(fenwick.access, lead.id, "Come and see it.")
    texting.text_out(Entry.objects.filter(stream_id=thread.id, kind="text").get().id)
    assert [text for _to, text, _key in sent] == ["Come and see it."]
    texts(fenwick, "Tomorrow?")
    assert said(thread) == ["Come and see it.", "Tomorrow?"]
    lead.refresh_from_db()
    assert lead.state == "contacted"


def test_consent_for_one_number_is_none_for_the_next(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    texting.note_consent(fenwick.access, lead.id)
    Consumer.objects.get(pk=lead.consumer_id)
    lead.consumer.phone = "+447400999999"
    lead.consumer.save()
    with pytest.raises(NoConsent):
        texting.text(fenwick.access, lead.id, "Hello")


@pytest.mark.promise("CHAT-NO-CONTACT")
def test_stop_closes_mail_and_calls_too_and_start_opens_what_stop_had_closed(fenwick: Dealer) -> None:
    from allonce.products.chat import ports

    texts(fenwick)
    consumer = Consumer.objects.get()
    conversation = Conversation.objects.get()
    texts(fenwick, "STOP", word="stop")
    assert not ports.may_contact(fenwick.account.id, consumer)
    answering.accept(fenwick.at_work, conversation.id)
    entry = messaging.append(conversation.id, fenwick.agent.seat, Draft(uuid4(), "text", {"text": "But wait"}))
    texting.text_out(entry.id)
    assert not sent
    assert not_sent(conversation) == ["no_contact"]
    texts(fenwick, "START", word="start")
    assert ports.may_contact(fenwick.account.id, consumer)


@pytest.mark.promise("CHAT-NO-CONTACT")
def test_what_the_visitor_stopped_by_text_is_not_the_offices_to_lift(fenwick: Dealer) -> None:
    texts(fenwick)
    consumer = Consumer.objects.get()
    contacting.put_on_list(fenwick.access, consumer.id)
    texts(fenwick, "STOP", word="stop")
    with pytest.raises(contacting.OnlyTheyTakeItBack):
        contacting.take_off_list(fenwick.access, consumer.id)


def test_a_text_that_may_be_for_two_clients_is_given_to_neither(fenwick: Dealer) -> None:
    other = dealer("Harbour Motors", "Hal Harbour")
    texts(fenwick, account_ids=(fenwick.account.id, other.account.id))
    assert not Conversation.objects.exists()


def test_what_the_gateway_could_not_deliver_is_said_in_the_conversation(fenwick: Dealer) -> None:
    texts(fenwick)
    conversation = Conversation.objects.get()
    answering.accept(fenwick.at_work, conversation.id)
    entry = messaging.append(conversation.id, fenwick.agent.seat, Draft(uuid4(), "text", {"text": "It is blue."}))
    texting.stands(fenwick.account.id, f"chat:{entry.id}", "undelivered", "no_such_number")
    texting.stands(fenwick.account.id, "other:1", "undelivered", "")
    assert not_sent(conversation) == ["no_such_number"]


def test_after_two_weeks_a_text_begins_anew(fenwick: Dealer) -> None:
    texts(fenwick)
    with clock.travel(clock.now() + timedelta(days=15)):
        texts(fenwick, "Me again")
    assert Conversation.objects.count() == 2
    assert Lead.objects.count() == 0


def test_the_button_answers_with_the_number_or_says_that_there_is_none(
    fenwick: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/w/{fenwick.placement.key}/text"
    body = {"page": PAGE, "listing": FOCUS}
    told = Client().post(path, body, content_type="application/json")
    assert told.json() == {"number": "+447400000001", "uri": "sms:+447400000001"}
    bare = {"m": "", "page": PAGE, "listing": None}
    assert Client().post(path, bare, content_type="application/json").status_code == 200
    assert Client().post(path, {"nonsense": 1}, content_type="application/json").status_code == 422
    monkeypatch.setattr(sms, "number_of", lambda account_id: "", raising=False)
    assert Client().post(path, body, content_type="application/json").json()["code"] == NoTextNumber.code
