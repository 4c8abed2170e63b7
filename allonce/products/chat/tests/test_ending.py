"""Leaving, going on by mail, and what agents and visitors note on the way."""

from datetime import timedelta
from typing import Any

import pytest

from allonce.kernel import jobs
from allonce.kernel.audit.models import Entry as Act
from allonce.kernel.clock import now, travel
from allonce.kernel.post.models import OutboxMail
from allonce.products.chat import ports
from allonce.products.chat.models import Consumer, Conversation
from allonce.products.chat.services import following, housekeeping, mailing
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Agent, Merchant, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]


@pytest.fixture
def ada(fenwick: Merchant, visitor: Visitor) -> Agent:
    """Ada, who has the visitor's conversation."""
    ada = fenwick.agent("Ada")
    visitor.write(name="Priya", email="priya@shah.example")
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    return ada


class Listening:
    """Notes what the ports tell."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def conversation_started(self, conversation: Conversation) -> None:
        self.told.append(("started", conversation.state))

    def conversation_ended(self, conversation: Conversation) -> None:
        self.told.append(("ended", conversation.state))

    def offline_message(self, conversation: Conversation) -> None:
        self.told.append(("offline", conversation.state))

    def transcript_wanted(self, conversation: Conversation, email: str) -> None:
        self.told.append(("transcript", email))

    def consumer_changed(self, consumer: Consumer) -> None:
        self.told.append(("consumer", consumer.email))


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Listening:
    heard = Listening()
    monkeypatch.setattr(ports, "_listeners", [heard])
    return heard


class Rules:
    """A Client's list of those who must not be contacted, which this Consumer is on or not."""

    def __init__(self, may: bool) -> None:
        self.may = may

    def may_contact(self, _account_id: object, _consumer: Consumer) -> bool:
        return self.may

    def stop_contact(self, _consumer: Consumer) -> None:
        self.may = False


def gone_for(visitor: Visitor, seconds: int) -> None:
    """The visitor's last connection goes, and nobody comes back for so long."""
    following.visitor_went(visitor.conversation_id)
    with travel(now() + timedelta(seconds=seconds)):
        jobs.run_due()


def test_a_visitor_who_stays_away_is_answered_by_mail(fenwick: Merchant, ada: Agent, visitor: Visitor) -> None:
    gone_for(visitor, fenwick.client.leave_seconds)
    assert visitor.conversation.state == "hand_over"
    assert scene.codes(visitor.conversation_id) == ["joined", "left", "handed_to_mail"]


def test_a_visitor_on_the_way_to_the_next_page_has_not_left(fenwick: Merchant, ada: Agent, visitor: Visitor) -> None:
    following.visitor_went(visitor.conversation_id)
    following.visitor_came(visitor.conversation_id)
    with travel(now() + timedelta(hours=1)):
        jobs.run_due()
    assert visitor.conversation.state == "active"


def test_what_is_answered_and_has_no_address_is_closed_when_the_visitor_leaves(
    fenwick: Merchant, listening: Listening
) -> None:
    ada, visitor = fenwick.agent("Ada"), Visitor(fenwick.placement)
    visitor.write()
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    Conversation.objects.update(awaiting_since=None)
    gone_for(visitor, fenwick.client.leave_seconds)
    row = visitor.conversation
    assert (row.state, row.closed_by) == ("closed", "system")
    assert listening.told == [("started", "waiting"), ("ended", "closed")]


def test_an_answer_goes_by_mail_and_stands_in_the_conversation(fenwick: Merchant, ada: Agent, visitor: Visitor) -> None:
    gone_for(visitor, fenwick.client.leave_seconds)
    answer = ada.post(f"conversations/{visitor.conversation_id}/mail", text="It is still here.\n\nAda")
    assert answer.status_code == 200
    assert OutboxMail.objects.filter(kind="chat.answer", scope_id=fenwick.account.id).count() == 1
    sender, _kind, body = scene.entries(visitor.conversation_id, "text")[-1]
    assert sender == ada.profile.seat and body == {"text": "It is still here.\n\nAda", "links": [], "mailed": True}
    back = mailing.way_back(visitor.conversation)
    assert back.endswith(f"/w/{visitor.placement.key}/open#t={visitor.token}"), "no server sees the token in a link"


def test_nobody_who_asked_for_it_to_stop_is_written_to(
    fenwick: Merchant, ada: Agent, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_rules", [Rules(may=True)])
    assert visitor.post("stop", token=visitor.token).json() == {"stopped": True}
    answer = ada.post(f"conversations/{visitor.conversation_id}/mail", text="One more offer")
    assert answer.status_code == 409 and answer.json()["code"] == "no_contact"
    assert not OutboxMail.objects.filter(kind="chat.answer").exists()


def test_a_wish_that_nobody_could_keep_is_not_promised(
    ada: Agent, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_rules", [])
    assert visitor.post("stop", token=visitor.token).status_code == 503


def test_without_an_address_there_is_no_mail(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    answer = ada.post(f"conversations/{visitor.conversation_id}/mail", text="Hello")
    assert answer.status_code == 409 and answer.json()["code"] == "no_address"


def test_a_visitor_says_goodbye_and_may_have_what_was_said(ada: Agent, visitor: Visitor, listening: Listening) -> None:
    wrong = visitor.post("end", token=visitor.token, email_transcript="nobody")
    assert wrong.status_code == 422 and visitor.conversation.state == "active"
    assert visitor.post("end", token=visitor.token, email_transcript="p@shah.example").json() == {"state": "closed"}
    assert listening.told == [("ended", "closed"), ("transcript", "p@shah.example")]


@pytest.mark.parametrize("stars", [0, 6, -1, 1000])
def test_a_rating_is_one_to_five_stars(ada: Agent, visitor: Visitor, stars: int) -> None:
    assert visitor.post("rate", token=visitor.token, stars=stars).status_code == 422
    assert visitor.post("rate", token=visitor.token, stars=4, text="Quick").json() == {"stars": 4}
    assert ada.get(f"conversations/{visitor.conversation_id}").json()["stars"] == 4


def test_a_contact_is_given_later_corrected_and_taken_back(visitor: Visitor, listening: Listening) -> None:
    visitor.write()
    given = visitor.post("contact", token=visitor.token, name=" Priya \n Shah ", phone="07700 900123").json()
    assert given == {"name": "Priya Shah", "email": None, "phone": "+447700900123"}
    assert visitor.post("contact", token=visitor.token, email="x@").status_code == 422
    again = visitor.post("contact", token=visitor.token, phone="", email="p@shah.example").json()
    assert again == {"name": "Priya Shah", "email": "p@shah.example", "phone": None}
    assert ("consumer", "p@shah.example") in listening.told


def test_what_agents_note_is_shown_kept_and_recorded(fenwick: Merchant, ada: Agent, visitor: Visitor) -> None:
    here = f"conversations/{visitor.conversation_id}"
    assert ada.post(f"{here}/tag", tags=["finance", "finance", " test  drive ", ""]).json()["tags"] == [
        "finance",
        "test drive",
    ]
    assert ada.post(f"{here}/tag", tags=["x" * 5] * 13 + [str(n) for n in range(13)]).status_code == 422
    assert ada.post(f"{here}/hot", on=True).json()["hot"] is True
    assert ada.post(f"{here}/disposition", code="answered").json()["disposition"] == "answered"
    assert ada.post(f"{here}/disposition", code="nothing-like-this").status_code == 404
    assert ada.post(f"{here}/note", text="Comes on Saturday").status_code == 200
    assert ada.post(f"{here}/consumer", name="Priya Shah").json()["consumer"]["name"] == "Priya Shah"
    [note] = ada.get(here).json()["notes"]
    assert note["body"]["text"] == "Comes on Saturday" and note["audience"] == "staff"
    acts = set(
        Act.objects.filter(actor_id=ada.person.id, account_id=fenwick.account.id).values_list("action", flat=True)
    )
    assert acts >= {"chat.accepted", "chat.tagged", "chat.marked_hot", "chat.disposition_set", "chat.noted"}


def test_a_hot_lead_is_told_to_the_agents_who_are_there_for_them(
    fenwick: Merchant, ada: Agent, visitor: Visitor
) -> None:
    bob = fenwick.agent("Bob")
    fenwick.agent("Carl", hot_leads=False)
    ada.post(f"conversations/{visitor.conversation_id}/hot", on=True)
    [alert] = scene.console(fenwick, "alert")
    assert (alert["code"], alert["agents"]) == ("hot_lead", [str(bob.profile.id)])


def test_prepared_answers_have_known_fields_and_one_shortcut_each(ada: Agent) -> None:
    made = ada.post("canned", shortcut="hello", title="Greeting", text="Hello {visitor_name}, {agent_name} here")
    [answer] = made.json()
    assert answer["fields"] == ["visitor_name", "agent_name"]
    assert ada.post("canned", shortcut="hello", title="Other", text="x").status_code == 422
    unknown = ada.post("canned", shortcut="x", title="x", text="{password}")
    assert unknown.status_code == 422 and "visitor_name" in unknown.json()["fields"]["text"]
    changed = ada.post("canned", id=answer["id"], shortcut="hello", title="Greeting", text="Hi")
    assert [each["text"] for each in changed.json()] == ["Hi"]
    assert ada.browser.delete(f"/chat/api/canned?id={answer['id']}").json() == []


def test_conversations_are_listed_by_state_and_found_by_what_is_known(
    fenwick: Merchant, ada: Agent, visitor: Visitor
) -> None:
    other = Visitor(fenwick.placement)
    other.write(listing={"title": "Red van"})
    ids = {"priya": str(visitor.conversation_id), "van": str(other.conversation_id)}

    def found(query: str) -> list[str]:
        return [each["id"] for each in ada.get(f"conversations?{query}").json()["items"]]

    assert found("state=waiting") == [ids["van"]]
    assert found("mine=1") == [ids["priya"]]
    assert found("q=PRIYA@shah.example") == [ids["priya"]]
    assert found("q=red+van") == [ids["van"]]
    assert found("q=nobody") == []
    Conversation.objects.update(last_at=now())
    first = ada.get("conversations?limit=1").json()
    second = ada.get(f"conversations?limit=1&before={first['next']}").json()
    assert {each["id"] for page in (first, second) for each in page["items"]} == set(ids.values())
    assert ada.get(f"conversations?limit=1&before={second['next']}").json() == {"items": [], "next": None}
    assert ada.get("conversations?before=yesterday").status_code == 422


def test_a_consumer_who_is_removed_leaves_nothing(ada: Agent, visitor: Visitor) -> None:
    consumer = visitor.conversation.consumer
    housekeeping.remove_consumer(consumer)
    assert not Consumer.objects.exists() and not Conversation.objects.exists()
    assert scene.entries(visitor.conversation_id) == []
    assert visitor.post("resume", token=visitor.token).status_code == 404
