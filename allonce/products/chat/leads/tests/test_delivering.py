"""Each lead reaches each target once, by mail, ADF and webhook, with retries, a record, and sending again by hand."""

import json
from datetime import timedelta
from typing import Any

import pytest

from allonce.kernel import clock
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs import RetryLater
from allonce.kernel.jobs.models import Job
from allonce.kernel.post import webhooks_out
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.post.outward import Answer, NoAnswer
from allonce.kernel.post.ports import register_processor_gate
from allonce.kernel.post.webhooks_out.models import Delivery as Webhook
from allonce.kernel.post.webhooks_out.sending import WebhookTooLarge
from allonce.products.chat.leads import adf
from allonce.products.chat.leads.models import Delivery, Lead
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.services import contacting, settling
from allonce.products.chat.leads.services.settling import NotReplayed
from allonce.products.chat.leads.tests.scene import NIA, Dealer, dealer, mails
from allonce.products.chat.models import ChatClient
from allonce.products.chat.services import ending, visiting

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-LEAD")]
CRM = "https://crm.example/leads"


class Everything:
    """A gate that lets all processors through."""

    def may_use(self, connector: str, account_id: object) -> None:
        return None


@pytest.fixture(autouse=True)
def _approved() -> Any:
    from allonce.kernel.post.ports import processor_gate

    before = processor_gate()
    register_processor_gate(Everything())
    yield
    register_processor_gate(before)


def wants(fenwick: Dealer, **given: Any) -> None:
    kept = settings_of(fenwick.account.id)
    for name, value in given.items():
        setattr(kept, name, value)
    kept.save()


def test_a_lead_goes_to_every_lead_address_and_the_transcript_to_its_addresses_and_the_agent(fenwick: Dealer) -> None:
    wants(fenwick, lead_addresses="a@f.example; b@f.example; a@f.example", transcript_addresses="t@f.example")
    fenwick.closes(fenwick.talks("Is it red?", "It is blue.", whisper="she is difficult"))
    assert [each["to"] for each in mails("chat.lead")] == ["a@f.example", "b@f.example"]
    assert {each["to"] for each in mails("chat.transcript")} == {"t@f.example", fenwick.who.person.email}
    text = mails("chat.lead")[0]["text"]
    for said in ("Nia New", "nia@post.example", "2019 Ford Focus 1.0", "Is it red?", "It is blue."):
        assert said in text, said
    assert "difficult" not in text
    assert mails("chat.lead")[0]["reply_to"] == "nia@post.example"


def test_a_new_account_has_its_own_address_in_both_fields(fenwick: Dealer) -> None:
    fenwick.closes(fenwick.talks("Hello", "Hi"))
    assert [each["to"] for each in mails("chat.lead")] == [fenwick.account.email]


def test_ending_twice_sends_the_lead_once_and_the_transcript_again_only_when_more_was_said(fenwick: Dealer) -> None:
    from uuid import uuid4

    from allonce.kernel import messaging
    from allonce.kernel.messaging import Draft

    conversation = fenwick.talks("Hello", "Hi")
    fenwick.closes(conversation)
    ending.reopen(fenwick.at_work, conversation.id)
    fenwick.closes(conversation)
    assert (len(mails("chat.lead")), len(mails("chat.transcript"))) == (1, 2)
    ending.reopen(fenwick.at_work, conversation.id)
    messaging.append(conversation.id, fenwick.agent.seat, Draft(uuid4(), "text", {"text": "One more thing"}))
    fenwick.closes(conversation)
    assert (len(mails("chat.lead")), len(mails("chat.transcript"))) == (1, 4)


def test_adf_leaves_by_mail_as_text_alone_and_fits_its_document_type(fenwick: Dealer) -> None:
    from defusedxml.ElementTree import fromstring

    wants(fenwick, adf_addresses="crm@f.example", adf_word="Web", adf_position="before")
    lead = fenwick.closes(fenwick.talks("Is it red?", "It is blue."))
    [mail] = mails("chat.adf")
    assert (mail["to"], mail["html"]) == ("crm@f.example", "")
    assert adf.faults(fromstring(mail["text"])) == []
    [read] = adf.read(mail["text"].encode())
    assert (read.id, read.email, read.provider) == (str(lead.id), "nia@post.example", "Web Fenwick Cars")
    assert (read.service, read.thing.make) == ("Allonce chat", "Ford")
    assert "Is it red?" in read.comments


@pytest.mark.parametrize(("kind", "service"), [("offline", "Allonce offline")])
def test_adf_says_its_kind_and_a_duplicate_is_a_resend_of_the_first(fenwick: Dealer, kind: str, service: str) -> None:
    wants(fenwick, adf_addresses="crm@f.example")
    first = fenwick.leaves()
    fenwick.leaves("And the price?")
    reads = [adf.read(each["text"].encode())[0] for each in mails("chat.adf")]
    assert [(each.resend, each.id, each.service) for each in reads] == [
        (False, str(first.id), service),
        (True, str(first.id), service),
    ]


def test_a_white_label_names_nobody_but_the_client(fenwick: Dealer) -> None:
    ChatClient.objects.filter(account=fenwick.account).update(white_label=True)
    wants(fenwick, adf_addresses="crm@f.example")
    lead = fenwick.leaves()
    assert adf.read(mails("chat.adf")[0]["text"].encode())[0].service == "offline"
    contacting.write(fenwick.access, lead.id, "Come and see it.")
    [mail] = mails("chat.follow_up")
    assert "Allonce" not in mail["html"] and "Fenwick Cars" in mail["html"]


class Receiver:
    """A Client's system behind HTTP: what it answers next, and what it was sent."""

    def __init__(self) -> None:
        self.answers: list[Answer | NoAnswer] = []
        self.sent: list[tuple[bytes, dict[str, str]]] = []

    def call(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        assert url == CRM
        self.sent.append((body, dict(headers)))
        answer = self.answers.pop(0)
        if isinstance(answer, NoAnswer):
            raise answer
        return answer

    def answering(self, row: Delivery, answer: Answer | NoAnswer) -> timedelta | None:
        """Try once; returns how long to wait for the next try, None if there is none."""
        self.answers = [answer]
        try:
            settling.attempt_adf(row.id)
        except RetryLater as wish:
            return wish.after
        finally:
            row.refresh_from_db()
        return None


@pytest.fixture
def receiver(fenwick: Dealer, monkeypatch: pytest.MonkeyPatch) -> Receiver:
    made = Receiver()
    monkeypatch.setattr(settling, "call", made.call)
    wants(fenwick, adf_url=CRM)
    return made


def test_adf_by_http_is_tried_again_given_up_and_sent_again_by_hand(fenwick: Dealer, receiver: Receiver) -> None:
    lead = fenwick.leaves()
    [row] = Delivery.objects.filter(way="adf_post")
    assert Job.objects.filter(name="chat_leads.post_adf").count() == 1
    assert receiver.answering(row, NoAnswer("unreachable")) == timedelta(seconds=20)
    assert receiver.answering(row, Answer(503, b"", 120)) == timedelta(seconds=120)
    with pytest.raises(NotReplayed):
        settling.replay(fenwick.access, row.id)
    Delivery.objects.filter(pk=row.pk).update(attempts=12)
    assert receiver.answering(row, Answer(500)) is None
    assert (row.state, row.status) == ("dead", "500")
    with pytest.raises(NotFound):
        settling.replay(dealer("Harbour Motors", "Hal Harbour").access, row.id)
    settling.replay(fenwick.access, row.id)
    receiver.answering(row, Answer(200))
    lead.refresh_from_db()
    assert (row.state, lead.state) == ("delivered", "delivered")


def test_each_try_is_the_same_lead_under_the_same_key_and_a_delivered_one_is_left_alone(
    fenwick: Dealer, receiver: Receiver
) -> None:
    fenwick.leaves()
    [row] = Delivery.objects.filter(way="adf_post")
    for answer in (NoAnswer("timeout", sent=True), Answer(201), Answer(200)):
        receiver.answering(row, answer)
    assert len(receiver.sent) == 2
    assert len({headers["Idempotency-Key"] for _body, headers in receiver.sent}) == 1
    assert {headers["Content-Type"] for _body, headers in receiver.sent} == {"application/x-adf+xml; charset=utf-8"}
    assert adf.read(receiver.sent[-1][0])[0].email == "nia@post.example"


def test_a_webhook_tells_the_lead_to_each_endpoint_that_asked_and_no_other(fenwick: Dealer) -> None:
    asked = webhooks_out.create_endpoint(fenwick.account.id, "https://a.example/x", ["chat.lead"], fenwick.access.actor)
    webhooks_out.create_endpoint(fenwick.account.id, "https://b.example/x", ["chat.other"], fenwick.access.actor)
    conversation = fenwick.talks("Is it red?", "It is blue.")
    lead = fenwick.closes(conversation)
    ending.reopen(fenwick.at_work, conversation.id)
    fenwick.closes(conversation)
    [told] = Webhook.objects.all()
    assert (told.endpoint_id, told.event, told.event_id) == (asked.endpoint.id, "chat.lead", lead.id)
    data = json.loads(told.content["body"])["data"]
    assert data["consumer"]["email"] == "nia@post.example"
    assert [each["text"] for each in data["transcript"]] == ["Is it red?", "It is blue."]
    Webhook.objects.update(state="dead", status="500")
    settling.catch_up()
    [row] = Delivery.objects.filter(way="webhook")
    assert (row.state, row.status) == ("dead", "500")
    settling.replay(fenwick.access, row.id)
    assert Webhook.objects.get().state == "waiting"


def test_what_the_relay_did_is_taken_over_and_a_refused_mail_is_sent_again(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    OutboxMail.objects.update(state="refused", reason="no_such_mailbox")
    assert settling.catch_up() == 1
    [row] = Delivery.objects.all()
    assert (row.state, row.status) == ("dead", "no_such_mailbox")
    before = row.reference
    settling.replay(fenwick.access, row.id)
    row.refresh_from_db()
    assert (row.state, row.reference != before) == ("waiting", True)
    assert row.reference is not None
    OutboxMail.objects.filter(id=row.reference).update(state="accepted", reason="")
    settling.catch_up()
    lead.refresh_from_db()
    assert lead.state == "delivered"
    assert settling.catch_up() == 0


def test_a_mail_that_comes_back_days_later_is_not_taken_for_delivered(fenwick: Dealer) -> None:
    fenwick.leaves()
    OutboxMail.objects.update(state="accepted")
    settling.catch_up()
    with clock.travel(clock.now() + timedelta(days=3)):
        OutboxMail.objects.update(state="bounced", reason="bounced")
        settling.catch_up()
    assert Delivery.objects.get().state == "dead"


def test_the_visitor_gets_the_copy_they_asked_for_once(fenwick: Dealer) -> None:
    conversation = fenwick.talks("Is it red?", "It is blue.")
    visiting.say_goodbye(conversation.id, "nia@home.example")
    visiting.say_goodbye(conversation.id, "nia@home.example")
    [mail] = mails("chat.visitor_transcript")
    assert mail["to"] == "nia@home.example"
    assert "It is blue." in mail["text"]


@pytest.mark.parametrize("name", ["Nia\r\nBcc: all@x.example", "<b>Nia</b>", "=cmd()"])
def test_hostile_names_are_only_names(fenwick: Dealer, name: str) -> None:
    fenwick.leaves(contact=NIA.__class__(name, "nia@post.example"))
    [mail] = mails("chat.lead")
    assert "\n" not in mail["subject"] and "\r" not in mail["subject"]
    assert "<b>Nia</b>" not in mail["html"]


def test_a_webhook_that_cannot_be_told_keeps_no_lead_from_existing(
    fenwick: Dealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhooks_out.create_endpoint(fenwick.account.id, "https://a.example/x", ["chat.lead"], fenwick.access.actor)

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise WebhookTooLarge

    monkeypatch.setattr(webhooks_out, "send_webhook", refuse, raising=False)
    fenwick.leaves()
    assert Lead.objects.count() == 1
    row = Delivery.objects.get(way="webhook")
    assert (row.state, row.status) == ("dead", "webhook_too_large")
