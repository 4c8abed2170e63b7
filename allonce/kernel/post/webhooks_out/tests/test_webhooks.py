"""Webhooks: told with their cause, signed, at least once under one id, and not lost when the receiver is."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from allonce.kernel import audit, jobs, post
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, travel
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs.models import Job
from allonce.kernel.post import webhooks_out as hooks
from allonce.kernel.post.outward import AddressRefused
from allonce.kernel.post.outward.tests.server import Server
from allonce.kernel.post.ports import ProcessorNotAllowed
from allonce.kernel.post.signing import SecretRefused
from allonce.kernel.post.webhooks_out.delivering import MOST_ATTEMPTS
from allonce.kernel.post.webhooks_out.endpoints import EventsRefused, TooManyEndpoints
from allonce.kernel.post.webhooks_out.models import Delivery, Endpoint
from allonce.kernel.post.webhooks_out.sending import NothingToReplay, WebhookTooLarge
from allonce.kernel.post.webhooks_out.sweeping import sweep
from allonce.kernel.post.webhooks_out.tests.verifying import verified
from allonce.kernel.vault import Scope, create_key, destroy_key

pytestmark = pytest.mark.django_db(transaction=True)
OLIVIA = Actor("person", uuid4())
LEAD = {"name": "Mary Canary", "asked": "Is the blue one still there?"}


def added(account: UUID, receiver: Server, *events: str) -> hooks.Renewed:
    return hooks.create_endpoint(account, receiver.url(), events, OLIVIA)


def told(account: UUID, endpoint: UUID, event_id: UUID | None = None) -> UUID:
    return post.send_webhook(account, endpoint, "chat.lead", LEAD, event_id=event_id or uuid4())


def due_again() -> None:
    """Run what waits for its next try as if its time had come."""
    Job.objects.update(run_at=now())
    jobs.run_due()


def test_a_webhook_arrives_unsigned_or_leaves_its_content_behind(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    event = uuid4()
    delivery_id = told(account, made.endpoint.id, event)
    jobs.run_due()
    [call] = receiver.calls
    assert verified(call, made.secret)
    assert call.headers["webhook-id"] == f"msg_{event.hex}"
    said = json.loads(call.body)
    assert (said["type"], said["data"]) == ("chat.lead", LEAD)
    kept = Delivery.objects.get(id=delivery_id)
    assert (kept.state, kept.status, kept.attempts, kept.content) == ("delivered", "200", 1, None)


def test_a_changed_body_passes_for_signed(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    told(account, made.endpoint.id)
    jobs.run_due()
    [call] = receiver.calls
    assert not verified(type(call)(call.path, call.headers, call.body + b" "), made.secret)


def test_what_is_told_or_the_address_lies_readable_in_the_database(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    told(account, made.endpoint.id)
    with connection.cursor() as cursor:
        rows = []
        for table in ("post_webhooks_endpoint", "post_webhooks_delivery"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    stored = repr([[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in rows])
    assert "Mary" not in stored
    assert "127.0.0.1" not in stored
    assert made.secret not in stored


def test_a_webhook_whose_cause_is_rolled_back_leaves(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    with pytest.raises(RuntimeError), transaction.atomic():
        told(account, made.endpoint.id)
        raise RuntimeError
    jobs.run_due()
    assert not receiver.calls
    assert not Delivery.objects.exists()


def test_the_same_event_is_told_twice(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    event = uuid4()
    first = told(account, made.endpoint.id, event)
    assert told(account, made.endpoint.id, event) == first
    jobs.run_due()
    assert told(account, made.endpoint.id, event) == first
    jobs.run_due()
    assert len(receiver.calls) == 1


def test_a_receiver_that_is_down_is_never_told(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    delivery_id = told(account, made.endpoint.id)
    receiver.status = 500
    jobs.run_due()
    waiting = Delivery.objects.get(id=delivery_id)
    assert (waiting.state, waiting.status) == ("waiting", "500")
    assert waiting.next_try_at is not None
    receiver.status = 204
    due_again()
    assert Delivery.objects.get(id=delivery_id).state == "delivered"
    assert len({each.headers["webhook-id"] for each in receiver.calls}) == 1
    assert len(receiver.calls) == 2


def test_waits_do_not_double_or_ignore_what_the_receiver_asked_for(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    delivery_id = told(account, made.endpoint.id)
    receiver.status = 503
    waits = []
    for asked in ("", "", "", "7200"):
        receiver.more = {"Retry-After": asked} if asked else {}
        with travel(now()):
            due_again()
            next_try = Delivery.objects.get(id=delivery_id).next_try_at
            assert next_try
            waits.append(next_try - now())
    assert waits == [timedelta(seconds=each) for each in (20, 40, 80, 7200)]


def test_a_day_of_tries_ends_without_a_dead_letter_or_it_cannot_be_replayed(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    delivery_id = told(account, made.endpoint.id)
    receiver.hang_up = True
    jobs.run_due()
    for _ in range(MOST_ATTEMPTS - 1):
        assert Delivery.objects.get(id=delivery_id).state == "waiting"
        due_again()
    [dead] = hooks.dead_webhooks(account)
    assert (dead.id, dead.state, dead.status) == (delivery_id, "dead", "broken")
    assert not Job.objects.exists()
    receiver.hang_up = False
    hooks.replay(account, delivery_id, OLIVIA)
    jobs.run_due()
    assert Delivery.objects.get(id=delivery_id).state == "delivered"
    assert len({each.headers["webhook-id"] for each in receiver.calls}) == 1
    assert audit.models.Entry.objects.filter(action="webhook.replayed", account_id=account).count() == 1
    with pytest.raises(NothingToReplay):
        hooks.replay(account, delivery_id, OLIVIA)


def test_an_endpoint_that_says_gone_is_called_again(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    told(account, made.endpoint.id)
    receiver.status = 410
    jobs.run_due()
    assert hooks.dead_webhooks(account).count() == 1
    assert not Endpoint.objects.get().enabled
    assert hooks.send_webhooks(account, "chat.lead", LEAD, event_id=uuid4()) == []


def test_a_receiver_cannot_change_over_to_a_new_secret_without_a_gap(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    renewed = hooks.rotate_secret(account, made.endpoint.id, OLIVIA)
    told(account, made.endpoint.id)
    jobs.run_due()
    [call] = receiver.calls
    assert renewed.secret != made.secret
    assert verified(call, made.secret)
    assert verified(call, renewed.secret)


def test_an_old_secret_signs_for_ever(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    renewed = hooks.rotate_secret(account, made.endpoint.id, OLIVIA, timedelta(0))
    told(account, made.endpoint.id)
    jobs.run_due()
    [call] = receiver.calls
    assert verified(call, renewed.secret)
    assert not verified(call, made.secret)
    sweep()
    assert Endpoint.objects.get().old_secret is None


def test_endpoints_hear_of_events_they_did_not_ask_for(account: UUID, receiver: Server) -> None:
    added(account, receiver, "chat.closed")
    hooks.create_endpoint(account, receiver.url("/leads"), ["chat.lead"], OLIVIA)
    hooks.create_endpoint(account, receiver.url("/all"), [], OLIVIA)
    assert len(post.send_webhooks(account, "chat.lead", LEAD, event_id=uuid4())) == 2
    jobs.run_due()
    assert sorted(each.path for each in receiver.calls) == ["/all", "/leads"]


def test_a_target_with_its_own_secret_is_not_told(account: UUID, receiver: Server) -> None:
    secret = added(account, receiver).secret
    post.send_webhook(account, hooks.Target(receiver.url("/own"), secret), "chat.lead", LEAD, event_id=uuid4())
    jobs.run_due()
    [call] = receiver.calls
    assert call.path == "/own"
    assert verified(call, secret)
    with pytest.raises(SecretRefused):
        post.send_webhook(account, hooks.Target(receiver.url(), "guess"), "chat.lead", LEAD, event_id=uuid4())


def test_a_ping_is_retried_or_counts_as_a_dead_letter(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    receiver.status = 400
    ping_id = hooks.ping(account, made.endpoint.id)
    jobs.run_due()
    assert (Delivery.objects.get(id=ping_id).state, Delivery.objects.get(id=ping_id).status) == ("dead", "400")
    assert not hooks.dead_webhooks(account).exists()
    assert not Job.objects.exists()


def test_an_address_that_became_an_inner_one_is_called(account: UUID, receiver: Server, settings: Settings) -> None:
    made = added(account, receiver)
    delivery_id = told(account, made.endpoint.id)
    settings.LOOPBACK_CALLS = False
    jobs.run_due()
    assert Delivery.objects.get(id=delivery_id).status == "address_refused"
    assert not receiver.calls


@pytest.mark.promise("PRIV-PROCESSORS")
def test_a_webhook_leaves_for_a_system_that_nobody_approved(account: UUID, receiver: Server) -> None:
    with pytest.raises(ProcessorNotAllowed):
        hooks.create_endpoint(account, "https://hooks.example/leads", [], OLIVIA)
    made = added(account, receiver)
    with pytest.raises(ProcessorNotAllowed):
        hooks.change_endpoint(account, made.endpoint.id, hooks.Change(url="https://hooks.example/"), OLIVIA)
    # One that was approved once and is not any more: kept waiting, not called.
    Endpoint.objects.filter(id=made.endpoint.id).delete()
    lapsed = Endpoint.objects.create(account_id=account, url="https://hooks.example/leads", secret=made.secret)
    delivery_id = told(account, lapsed.id)
    jobs.run_due()
    assert (Delivery.objects.get().state, Delivery.objects.get(id=delivery_id).status) == ("waiting", "not_approved")


@pytest.mark.promise("SEC-TENANCY")
def test_another_accounts_endpoint_or_delivery_can_be_used(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    delivery_id = told(account, made.endpoint.id)
    rival = uuid4()
    create_key(Scope("account", rival))
    for attempt in (
        lambda: told(rival, made.endpoint.id),
        lambda: hooks.ping(rival, made.endpoint.id),
        lambda: hooks.rotate_secret(rival, made.endpoint.id, OLIVIA),
        lambda: hooks.change_endpoint(rival, made.endpoint.id, hooks.Change(enabled=False), OLIVIA),
        lambda: hooks.remove_endpoint(rival, made.endpoint.id, OLIVIA),
        lambda: hooks.replay(rival, delivery_id, OLIVIA),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert not hooks.deliveries_of(rival).exists()


def test_a_switched_off_endpoint_is_called(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    told(account, made.endpoint.id)
    hooks.change_endpoint(account, made.endpoint.id, hooks.Change(enabled=False), OLIVIA)
    jobs.run_due()
    assert not receiver.calls
    [dead] = hooks.dead_webhooks(account)
    hooks.change_endpoint(account, made.endpoint.id, hooks.Change(enabled=True), OLIVIA)
    hooks.replay(account, dead.id, OLIVIA)
    jobs.run_due()
    assert len(receiver.calls) == 1


def test_what_was_recalled_or_belongs_to_an_ended_account_leaves(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    event = uuid4()
    told(account, made.endpoint.id, event)
    assert hooks.recall_webhooks(account, event) == 1
    delivery_id = told(account, made.endpoint.id)
    destroy_key(Scope("account", account))
    jobs.run_due()
    assert not receiver.calls
    assert Delivery.objects.get(id=delivery_id).status == "owner_gone"


def test_bad_input_is_stored(account: UUID, receiver: Server) -> None:
    for url in ("http://hooks.example/", "https://10.0.0.1/", "https://me:word@hooks.example/", "nonsense"):
        with pytest.raises(AddressRefused):
            hooks.create_endpoint(account, url, [], OLIVIA)
    with pytest.raises(EventsRefused):
        added(account, receiver, "Chat Lead")
    assert not Endpoint.objects.exists()
    made = added(account, receiver)
    with pytest.raises(WebhookTooLarge):
        post.send_webhook(account, made.endpoint.id, "chat.lead", {"text": "x" * 300_000}, event_id=uuid4())
    for _ in range(19):
        added(account, receiver)
    with pytest.raises(TooManyEndpoints):
        added(account, receiver)


def test_old_records_stay_or_a_lost_job_leaves_its_delivery_waiting(account: UUID, receiver: Server) -> None:
    made = added(account, receiver)
    delivery_id = told(account, made.endpoint.id)
    Job.objects.all().delete()
    with travel(now() + timedelta(days=3)):
        sweep()
        assert hooks.dead_webhooks(account).get().id == delivery_id
    with travel(now() + timedelta(days=91)):
        sweep()
    assert not Delivery.objects.exists()
