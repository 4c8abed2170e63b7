"""A visitor writes, it rings, the first to accept has it, and nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from allonce.kernel import clock, jobs, messaging
from allonce.kernel.audit import SYSTEM
from allonce.kernel.audit.models import Entry as Act
from allonce.kernel.messaging import Seat
from allonce.products.chat.models import Ring
from allonce.products.chat.services import placing, set_up
from allonce.products.chat.services.speaking import NotYourConversation, prepared
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Merchant, Visitor

pytestmark = pytest.mark.django_db


def rung(visitor: Visitor) -> dict[str, str]:
    rings = Ring.objects.filter(conversation_id=visitor.conversation_id).select_related("agent")
    return {ring.agent.name: ring.answer for ring in rings}


def test_a_visitor_who_writes_rings_for_everybody_who_is_there(fenwick: Merchant, visitor: Visitor) -> None:
    ada, bob = fenwick.agent("Ada"), fenwick.agent("Bob")
    fenwick.agent("Carl", online=False)
    assert visitor.write().status_code == 200
    assert rung(visitor) == {"Ada": "open", "Bob": "open"}
    told = scene.console(fenwick, "ring")[-1]
    assert set(told["agents"]) == {str(ada.profile.id), str(bob.profile.id)}
    assert told["conv"] == str(visitor.conversation_id)


def test_the_first_to_accept_has_it_and_the_other_is_told_who(fenwick: Merchant, visitor: Visitor) -> None:
    ada, bob = fenwick.agent("Ada"), fenwick.agent("Bob")
    visitor.write()
    won = ada.post(f"conversations/{visitor.conversation_id}/accept")
    lost = bob.post(f"conversations/{visitor.conversation_id}/accept")
    assert won.status_code == 200 and won.json()["state"] == "active"
    assert lost.status_code == 409 and lost.json()["code"] == "already_taken"
    assert lost.json()["agent"] == {"id": str(ada.profile.id), "name": "Ada"}
    assert rung(visitor) == {"Ada": "accepted", "Bob": "other"}
    assert scene.entries(visitor.conversation_id, "system")[-1][2] == {
        "code": "joined",
        "agent": str(ada.profile.id),
        "name": "Ada",
        "picture": False,
    }
    assert Act.objects.filter(action="chat.accepted", actor_id=ada.person.id, account_id=fenwick.account.id).exists()


def test_accepting_twice_is_accepting_once(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    for _again in range(2):
        assert ada.post(f"conversations/{visitor.conversation_id}/accept").status_code == 200
    assert scene.codes(visitor.conversation_id) == ["joined"]


def test_the_visitor_sees_name_and_picture_of_who_accepted(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    assert visitor.post("resume", token=visitor.token).json()["agent"] is None
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    stands = visitor.post("resume", token=visitor.token).json()
    assert stands["agent"] == {"id": str(ada.profile.id), "name": "Ada", "picture": None}
    assert stands["state"] == "active"


def test_nobody_rings_beyond_their_limit(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada", limit=1)
    visitor.write()
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    second = Visitor(fenwick.placement)
    second.write()
    assert rung(second) == {}
    refused = ada.post(f"conversations/{second.conversation_id}/accept")
    assert refused.status_code == 409 and refused.json()["code"] == "no_room"


def test_who_takes_only_what_is_forwarded_does_not_ring_for_visitors(fenwick: Merchant, visitor: Visitor) -> None:
    fenwick.agent("Ada")
    finn = fenwick.agent("Finn", routing="forward_only")
    visitor.write()
    assert rung(visitor) == {"Ada": "open"}
    refused = finn.post(f"conversations/{visitor.conversation_id}/accept")
    assert refused.status_code == 403 and refused.json()["code"] == "only_forwarded"


def test_a_department_rings_for_its_own_people(fenwick: Merchant, visitor: Visitor) -> None:
    sales = placing.save_department(fenwick.client, None, "Sales", {}, actor=SYSTEM)
    service = placing.save_department(fenwick.client, None, "Service", {}, actor=SYSTEM)
    ada, bob = fenwick.agent("Ada"), fenwick.agent("Bob")
    ada.profile.departments.add(sales)
    bob.profile.departments.add(service)
    placing.save_placement(fenwick.client, fenwick.placement, {"department": sales}, actor=SYSTEM)
    visitor.write()
    assert rung(visitor) == {"Ada": "open"}


def test_it_rings_for_whoever_comes_online_while_somebody_waits(fenwick: Merchant, visitor: Visitor) -> None:
    fenwick.agent("Ada")
    bob = fenwick.agent("Bob", online=False)
    visitor.write()
    bob.online()
    assert rung(visitor) == {"Ada": "open", "Bob": "open"}


def test_when_all_decline_the_visitor_is_not_left_waiting(fenwick: Merchant, visitor: Visitor) -> None:
    ada, bob = fenwick.agent("Ada"), fenwick.agent("Bob")
    visitor.write()
    assert ada.post(f"conversations/{visitor.conversation_id}/decline").json()["state"] == "waiting"
    assert bob.post(f"conversations/{visitor.conversation_id}/decline").json()["state"] == "hand_over"
    assert scene.codes(visitor.conversation_id) == ["handed_to_mail"]


def test_an_unanswered_visitor_is_handed_to_mail(fenwick: Merchant, visitor: Visitor) -> None:
    fenwick.agent("Ada")
    at = clock.now()
    with clock.travel(at):
        visitor.write()
        jobs.run_due()
        assert visitor.conversation.state == "waiting"
    with clock.travel(at + timedelta(seconds=fenwick.client.ring_seconds)):
        jobs.run_due()
    assert visitor.conversation.state == "hand_over"
    assert rung(visitor) == {"Ada": "missed"}


def test_a_forwarded_conversation_stays_until_a_colleague_accepts(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    here = f"conversations/{visitor.conversation_id}"
    ada.post(f"{here}/accept")
    bob = fenwick.agent("Bob", routing="forward_only")
    sent = ada.post(f"{here}/forward", to=str(bob.profile.id), whisper="He wants the blue one")
    assert sent.status_code == 200 and sent.json()["agent"] == str(ada.profile.id)
    assert bob.post(f"{here}/accept").json()["agent"] == str(bob.profile.id)
    seen = messaging.backlog(visitor.conversation_id, 0, Seat(visitor.conversation_id, "visitor", staff=False))
    assert "blue one" not in str(seen) and "forwarded" not in str(seen), "the visitor sees no whisper"
    assert ("whisper", "He wants the blue one") in [
        (kind, (body or {}).get("text")) for _sender, kind, body in scene.entries(visitor.conversation_id)
    ]


def test_only_who_has_it_forwards_it_and_only_to_who_is_there(fenwick: Merchant, visitor: Visitor) -> None:
    ada, bob = fenwick.agent("Ada"), fenwick.agent("Bob")
    carl = fenwick.agent("Carl", online=False)
    visitor.write()
    here = f"conversations/{visitor.conversation_id}"
    ada.post(f"{here}/accept")
    assert bob.post(f"{here}/forward", to=str(ada.profile.id)).json()["code"] == "not_yours"
    assert ada.post(f"{here}/forward", to=str(carl.profile.id)).json()["code"] == "nobody_there"
    assert ada.post(f"{here}/forward", to=str(uuid4())).status_code == 404
    assert ada.post(f"{here}/forward").status_code == 422


def test_only_the_agent_who_has_it_speaks_to_the_visitor(fenwick: Merchant, visitor: Visitor) -> None:
    ada, bob = fenwick.agent("Ada"), fenwick.agent("Bob")
    visitor.write()
    seats = {each.profile.name: Seat(visitor.conversation_id, each.profile.seat, staff=True) for each in (ada, bob)}
    with pytest.raises(NotYourConversation):
        prepared(seats["Ada"], scene.text("Hello"))
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    assert prepared(seats["Ada"], scene.text("Hello")).audience == "all"
    with pytest.raises(NotYourConversation):
        prepared(seats["Bob"], scene.text("Hello"))


def test_a_closed_conversation_is_taken_up_again(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    here = f"conversations/{visitor.conversation_id}"
    ada.post(f"{here}/accept")
    closed = ada.post(f"{here}/close", disposition="appointment").json()
    assert (closed["state"], closed["disposition"]) == ("closed", "appointment")
    assert ada.post(f"{here}/close").status_code == 200, "closing twice is closing once"
    assert ada.post(f"{here}/reopen").json()["state"] == "active"
    assert scene.codes(visitor.conversation_id) == ["joined", "closed", "reopened"]


def test_a_visitor_who_writes_again_after_the_end_rings_again(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    here = f"conversations/{visitor.conversation_id}"
    ada.post(f"{here}/accept")
    ada.post(f"{here}/close")
    messaging.append(visitor.conversation_id, "visitor", scene.text("One more thing"))
    assert visitor.conversation.state == "waiting"
    jobs.run_due()
    assert rung(visitor)["Ada"] in {"open", "accepted"}
    assert Ring.objects.filter(conversation_id=visitor.conversation_id, answer="open").count() == 1


def test_the_other_side_of_a_waiting_answer_is_noted(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    visitor.write()
    assert visitor.conversation.awaiting_since is not None
    ada.post(f"conversations/{visitor.conversation_id}/accept")
    messaging.append(visitor.conversation_id, ada.profile.seat, scene.text("It is"))
    assert visitor.conversation.awaiting_since is None
    assert visitor.conversation.first_answer_at is not None


def test_an_agent_put_aside_gets_nowhere(fenwick: Merchant, visitor: Visitor) -> None:
    ada = fenwick.agent("Ada")
    set_up.hide_agent(fenwick.client, ada.profile, actor=SYSTEM)
    visitor.write()
    assert rung(visitor) == {}
    assert ada.get("snapshot").status_code == 403
