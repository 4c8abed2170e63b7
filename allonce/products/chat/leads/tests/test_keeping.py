"""What visitors wrote is kept for as long as each Client says, longer under a hold, and no longer otherwise."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from allonce.kernel import clock
from allonce.kernel.accounts.tests import people
from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.post.models import AccountContent, OutboxMail
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.vault import Scope, files
from allonce.products.chat.leads.models import Delivery, Lead
from allonce.products.chat.leads.services import keeping
from allonce.products.chat.leads.tests.scene import Dealer, dealer, mails
from allonce.products.chat.models import ChatClient, Consumer, Conversation
from allonce.products.chat.services import files as chat_files

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-RETENTION")]


def later(days: float) -> AbstractContextManager[None]:
    return clock.travel(clock.now() + timedelta(days=days))


def test_a_conversation_goes_when_its_clients_days_are_over_and_not_before(fenwick: Dealer) -> None:
    lead = fenwick.closes(fenwick.talks("Hello", "Hi"))
    ChatClient.objects.filter(account=fenwick.account).update(retention_days=90)
    with later(89):
        assert keeping.sweep() == 0
    with later(90.5):
        assert keeping.evidence().holds
        assert keeping.sweep() == 2
    assert not Conversation.objects.exists()
    assert not Lead.objects.exists()
    assert not Delivery.objects.exists()
    assert not Consumer.objects.exists()
    assert not Entry.objects.filter(stream_id=lead.conversation_id).exists()
    assert not Stream.objects.filter(pk=lead.conversation_id).exists()


def test_without_a_choice_a_year_is_kept_and_clients_differ(fenwick: Dealer) -> None:
    other = dealer("Harbour Motors", "Hal Harbour")
    fenwick.leaves()
    other.leaves()
    ChatClient.objects.filter(account=other.account).update(retention_days=30)
    with later(31):
        keeping.sweep()
    assert list(Conversation.objects.values_list("account_id", flat=True)) == [fenwick.account.id]
    with later(364):
        assert keeping.sweep() == 0
    with later(366):
        assert keeping.sweep() == 2


def test_pictures_go_with_their_conversation(fenwick: Dealer) -> None:
    import io

    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (30, 30), "navy").save(made, "PNG")
    conversation = fenwick.talks("Look", "Nice")
    chat_files.keep(conversation, "visitor", made.getvalue(), "car.png")
    scope = Scope("account", fenwick.account.id)
    before = len(files.stored(scope))
    with later(366):
        keeping.sweep()
    assert len(files.stored(scope)) == before - 1


def test_what_a_hold_covers_stays_until_it_is_released(fenwick: Dealer) -> None:
    lead = fenwick.closes(fenwick.talks("Hello", "Hi"))
    sam = people.staff()
    hold = LegalHold.objects.create(
        scope_kind="account", scope_id=fenwick.account.id, placed_by=sam.person.id, reason="A claim is pending."
    )
    with later(400):
        assert keeping.sweep() == 0
        assert keeping.evidence().holds
        with pytest.raises(keeping.Held):
            keeping.erase(fenwick.access, lead.consumer_id)
        LegalHold.objects.filter(pk=hold.pk).update(released_at=clock.now())
        assert keeping.sweep() == 2


def test_deletion_takes_back_what_is_on_its_way(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    assert mails("chat.lead")
    keeping.erase(fenwick.access, lead.consumer_id)
    assert not AccountContent.objects.exists()
    assert not OutboxMail.objects.exists()


def test_who_was_deleted_and_came_back_with_an_old_backup_goes_again(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    consumer = Consumer.objects.get(pk=lead.consumer_id)
    keeping.erase(fenwick.access, lead.consumer_id)
    consumer.save(force_insert=True)
    assert keeping.sweep() == 1
    assert not Consumer.objects.exists()


def test_a_sweep_that_was_missed_shows_on_the_promises_page(fenwick: Dealer) -> None:
    fenwick.leaves()
    with later(370):
        assert keeping.evidence().holds is False


def test_a_correction_makes_nothing_stay_longer(fenwick: Dealer) -> None:
    from allonce.products.chat.leads.services import correcting
    from allonce.products.chat.services.consumers import Contact

    lead = fenwick.leaves()
    before = Consumer.objects.get(pk=lead.consumer_id).last_at
    with later(200):
        correcting.correct(fenwick.access, lead.consumer_id, Contact(name="Nia Newton"))
    assert Consumer.objects.get(pk=lead.consumer_id).last_at == before
