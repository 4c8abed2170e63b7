"""After a request for no more contact nothing of that Client reaches that Consumer, by any channel."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from allonce.kernel.post import sms
from allonce.kernel.post.sms.models import Sms
from allonce.products.chat import ports
from allonce.products.chat.leads.models import Lead, NoContact
from allonce.products.chat.leads.services import contacting, correcting, texting
from allonce.products.chat.leads.services.contacting import NotToBeContacted, OnlyTheyTakeItBack
from allonce.products.chat.leads.tests.scene import Dealer, dealer, mails
from allonce.products.chat.models import Consumer
from allonce.products.chat.services import mailing, visiting
from allonce.products.chat.services.consumers import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-NO-CONTACT")]
TO_VISITORS = ("chat.follow_up", "chat.visitor_transcript", "chat.answer")


def reached() -> int:
    """How many mails and texts are on their way to visitors."""
    return sum(len(mails(kind)) for kind in TO_VISITORS) + Sms.objects.count()


def try_everything(fenwick: Dealer, lead: Lead) -> None:
    """Every way there is of reaching the lead's Consumer, each refused or not."""
    lead.refresh_from_db()
    tries: list[Any] = [
        lambda: contacting.write(fenwick.access, lead.id, "Hello again"),
        lambda: contacting.call(fenwick.access, lead.id),
        lambda: texting.note_consent(fenwick.access, lead.id),
        lambda: texting.text(fenwick.access, lead.id, "Hello again"),
        lambda: mailing.mail(fenwick.at_work, lead.conversation_id, "Hello again"),
        lambda: visiting.say_goodbye(lead.conversation_id, "nia@post.example"),
    ]
    for act in tries:
        try:
            with transaction.atomic():
                act()
        except (NotToBeContacted, mailing.NoContact, contacting.NoWay, mailing.NoAddress, texting.NoConsent):
            continue
        except sms.SmsNotOffered:
            continue


def test_after_the_visitors_word_nothing_leaves_and_before_it_it_does(fenwick: Dealer) -> None:
    lead = fenwick.closes(fenwick.talks("Hello", "Hi"))
    contacting.write(fenwick.access, lead.id, "Come and see it.")
    assert reached() == 1
    visiting.stop(lead.conversation_id)
    try_everything(fenwick, lead)
    assert reached() == 1


STEPS = st.lists(
    st.sampled_from(["stop", "new mail", "new phone", "no mail", "no phone", "try", "again", "lift", "office stop"]),
    max_size=8,
)


@settings(max_examples=12)
@example(["office stop", "stop", "lift"])
@example(["no phone", "stop", "again", "new mail"])
@given(STEPS)
def test_whatever_follows_the_visitors_word_it_holds(steps: list[str]) -> None:
    with transaction.atomic():
        _play(steps)
        transaction.set_rollback(True)


def _play(steps: list[str]) -> None:
    from allonce.kernel.vault import keyring

    keyring.forget()
    fenwick = dealer()
    lead = fenwick.leaves()
    asked, before = False, 0
    for number, step in enumerate(steps):
        if step == "stop" and not asked:
            visiting.stop(lead.conversation_id)
            asked, before = True, reached()
        elif step == "office stop":
            contacting.put_on_list(fenwick.access, lead.consumer_id)
        elif step == "lift":
            try:
                with transaction.atomic():
                    contacting.take_off_list(fenwick.access, lead.consumer_id)
            except OnlyTheyTakeItBack:
                assert asked
        elif step == "again":
            # They come back as somebody new, known by what is held of them now; by nothing, they are a stranger.
            held = Consumer.objects.get(pk=lead.consumer_id)
            if held.email:
                lead = fenwick.leaves("Me again", contact=Contact("Nia again", held.email, held.phone))
        elif step in {"new mail", "new phone", "no mail", "no phone"}:
            change = {
                "new mail": Contact(email=f"nia{number}@other.example"),
                "new phone": Contact(phone=f"+4474001234{number:02d}"),
                "no mail": Contact(email=""),
                "no phone": Contact(phone=""),
            }[step]
            correcting.correct(fenwick.access, lead.consumer_id, change)
        else:
            try_everything(fenwick, lead)
        if asked:
            assert not ports.may_contact(fenwick.account.id, Consumer.objects.get(pk=lead.consumer_id)), step
            assert reached() == before, step


def test_it_holds_for_the_same_address_with_another_visitor_and_never_for_another_client(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    visiting.stop(lead.conversation_id)
    again = fenwick.leaves(contact=Contact("N. Elsewhere", "NIA@post.example"))
    assert not ports.may_contact(fenwick.account.id, again.consumer)
    other = dealer("Harbour Motors", "Hal Harbour")
    theirs = other.leaves()
    assert ports.may_contact(other.account.id, theirs.consumer)
    contacting.write(other.access, theirs.id, "Hello")


def test_marks_of_two_clients_for_one_address_have_nothing_in_common(fenwick: Dealer) -> None:
    other = dealer("Harbour Motors", "Hal Harbour")
    for each in (fenwick, other):
        contacting.put_on_list(each.access, each.leaves().consumer_id)
    marks = list(NoContact.objects.values_list("mark", flat=True))
    assert len(marks) == len(set(marks)) == 6
    assert not any("nia" in each for each in marks)


def test_what_was_entered_here_is_taken_back_here_and_what_the_visitor_asked_is_not(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    contacting.put_on_list(fenwick.access, lead.consumer_id)
    contacting.take_off_list(fenwick.access, lead.consumer_id)
    assert ports.may_contact(fenwick.account.id, lead.consumer)
    visiting.stop(lead.conversation_id)
    with pytest.raises(OnlyTheyTakeItBack):
        contacting.take_off_list(fenwick.access, lead.consumer_id)


def test_the_list_outlives_the_visitors_deletion(fenwick: Dealer) -> None:
    from allonce.products.chat.leads.services import keeping

    lead = fenwick.leaves()
    visiting.stop(lead.conversation_id)
    keeping.erase(fenwick.access, lead.consumer_id)
    assert not Consumer.objects.exists()
    assert not ports.may_contact(fenwick.account.id, fenwick.leaves().consumer)


def test_mail_to_the_clients_own_people_says_that_the_visitor_wants_no_contact(fenwick: Dealer) -> None:
    conversation = fenwick.talks("Hello", "Hi")
    visiting.stop(conversation.id)
    fenwick.closes(conversation)
    [mail] = mails("chat.lead")
    assert mail["reply_to"] == ""
    assert "not to be contacted" in mail["text"]
