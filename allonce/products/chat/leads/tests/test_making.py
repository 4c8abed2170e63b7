"""One lead of each conversation and each message, in the same transaction, and duplicates of one Client only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from allonce.kernel import clock
from allonce.kernel.errors import NotFound
from allonce.products.chat.leads.models import Delivery, Lead
from allonce.products.chat.leads.services import making
from allonce.products.chat.leads.services.making import NotMerged
from allonce.products.chat.leads.tests.scene import FOCUS, NIA, Dealer, dealer, mails
from allonce.products.chat.services import answering, ending, starting
from allonce.products.chat.services.consumers import Contact

pytestmark = pytest.mark.django_db
OTHER = FOCUS | {"id": "F-200", "title": "2021 Ford Puma"}


@pytest.mark.promise("CHAT-LEAD")
def test_a_conversation_that_ends_is_one_lead_however_often_it_ends(fenwick: Dealer) -> None:
    conversation = fenwick.talks("Is it still there?", "Yes, it is.")
    assert not Lead.objects.exists()
    lead = fenwick.closes(conversation)
    ending.reopen(fenwick.at_work, conversation.id)
    assert fenwick.closes(conversation) == lead
    assert Lead.objects.count() == 1
    assert (lead.kind, lead.state, lead.consumer.name) == ("chat", "new", "Nia New")


@pytest.mark.promise("CHAT-LEAD")
@pytest.mark.promise("CHAT-DELIVERY")
def test_an_unanswered_visitor_is_a_lead(fenwick: Dealer) -> None:
    conversation = fenwick.asks()
    with clock.travel(clock.now() + timedelta(seconds=fenwick.client.ring_seconds + 1)):
        ending.give_up_waiting(conversation.id)
    assert Lead.objects.get().conversation_id == conversation.id


@pytest.mark.promise("CHAT-LEAD")
def test_an_offline_message_is_a_lead_at_once(fenwick: Dealer) -> None:
    assert fenwick.leaves().kind == "offline"


def test_an_offline_message_that_is_sent_again_is_the_same_lead(fenwick: Dealer) -> None:
    opening = starting.Opening(uuid4(), "Call me.", {}, {}, NIA)
    first = starting.leave_message(fenwick.door, opening, "198.51.100.7")
    assert starting.leave_message(fenwick.door, opening, "198.51.100.7") == first
    assert len(mails("chat.lead")) == 1


def test_a_lead_is_undone_with_the_end_of_its_conversation(fenwick: Dealer) -> None:
    conversation = fenwick.talks("Hello", "Hi")
    with pytest.raises(RuntimeError), transaction.atomic():
        ending.close(fenwick.at_work, conversation.id)
        raise RuntimeError
    assert not Lead.objects.exists()
    assert not Delivery.objects.exists()
    assert not mails()


def test_a_blocked_visitor_is_no_lead(fenwick: Dealer) -> None:
    from allonce.products.chat.services import marking

    conversation = fenwick.talks("Buy my pills", "No.")
    marking.block(fenwick.at_work, conversation.id)
    assert not Lead.objects.exists()


def test_the_same_person_about_the_same_thing_is_a_duplicate_and_another_thing_is_not(fenwick: Dealer) -> None:
    first, again = fenwick.leaves(), fenwick.leaves("And the service book?")
    assert (again.state, again.duplicate_of) == ("duplicate", first)
    assert fenwick.leaves("What of this one?", listing=OTHER).state == "new"
    assert fenwick.leaves("Hello", contact=Contact("Nia New", "other@post.example")).state == "new"


def test_the_same_number_alone_makes_a_duplicate(fenwick: Dealer) -> None:
    first = fenwick.leaves()
    assert fenwick.leaves(contact=Contact("N.", "n@work.example", "07400 123456")).duplicate_of == first


def test_after_two_weeks_the_same_question_is_a_lead_of_its_own(fenwick: Dealer) -> None:
    fenwick.leaves()
    with clock.travel(clock.now() + timedelta(days=15)):
        assert fenwick.leaves().state == "new"


@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
def test_the_same_person_at_two_clients_is_never_a_duplicate(fenwick: Dealer) -> None:
    other = dealer("Harbour Motors", "Hal Harbour")
    fenwick.leaves()
    lead = other.leaves()
    assert (lead.state, lead.duplicate_of) == ("new", None)
    with pytest.raises(NotFound):
        making.merge(other.access, lead.id, Lead.objects.exclude(pk=lead.pk).get().id)


def test_a_merging_is_undone_to_what_was_before(fenwick: Dealer) -> None:
    first, second = fenwick.leaves(), fenwick.leaves(listing=OTHER)
    making.set_state(fenwick.access, second.id, "won")
    assert making.merge(fenwick.access, second.id, first.id).is_duplicate
    with pytest.raises(NotMerged):
        making.merge(fenwick.access, first.id, second.id)
    with pytest.raises(NotMerged):
        making.merge(fenwick.access, first.id, first.id)
    parted = making.part(fenwick.access, second.id)
    assert (parted.state, parted.duplicate_of) == ("won", None)


@pytest.mark.parametrize("state", ["duplicate", "", "sold"])
def test_nobody_chooses_a_state_that_is_none(fenwick: Dealer, state: str) -> None:
    with pytest.raises(NotFound):
        making.set_state(fenwick.access, fenwick.leaves().id, state)


def test_accepting_makes_no_lead(fenwick: Dealer) -> None:
    answering.accept(fenwick.at_work, fenwick.asks().id)
    assert not Lead.objects.exists()
