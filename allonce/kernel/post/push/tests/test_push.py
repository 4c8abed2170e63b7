"""Browser push: readable by its browser alone, signed by us, at most as long as it is wanted."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from allonce.kernel import jobs, post
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs.models import Job
from allonce.kernel.post import push
from allonce.kernel.post.outward import readable_url
from allonce.kernel.post.ports import ProcessorNotAllowed, connectors_in_use
from allonce.kernel.post.push.models import Push, Subscription
from allonce.kernel.post.push.services import service_of
from allonce.kernel.post.push.sweeping import sweep
from allonce.kernel.post.push.tests.browser import Browser, sender_of, written
from allonce.kernel.post.push.tests.conftest import new_person
from allonce.kernel.vault import Scope, destroy_key

pytestmark = pytest.mark.django_db(transaction=True)
RING = {"ring": "Mary asks about the blue one"}


def subscribed(person: UUID, browser: Browser, **more: Any) -> Subscription:
    return push.subscribe(person, browser.info, use="chat", **more)


def sent(subscription: Subscription, *, key: str = "", ttl: int = 60, topic: str = "") -> UUID:
    payload = json.dumps(RING).encode()
    return post.send_push(subscription, payload, ttl=ttl, topic=topic, key=key or str(uuid4()))


def due_again() -> None:
    Job.objects.update(run_at=now())
    jobs.run_due()


def test_the_browser_cannot_read_it_or_does_not_know_who_sent_it(person: UUID, browser: Browser) -> None:
    push_id = sent(subscribed(person, browser), topic="conv-1")
    jobs.run_due()
    [call] = browser.server.calls
    assert json.loads(browser.plain(call.body)) == RING
    key, claims = sender_of(call)
    assert key == push.application_server_key()
    assert claims["aud"] == browser.server.url("")
    assert claims["sub"].startswith("mailto:")
    assert (call.headers["topic"], call.headers["urgency"]) == ("conv-1", "high")
    assert call.headers["content-encoding"] == "aes128gcm"
    assert 0 < int(call.headers["ttl"]) <= 60
    kept = Push.objects.get(id=push_id)
    assert (kept.state, kept.payload) == ("taken", None)


def test_the_length_tells_what_it_may_say(person: UUID, browser: Browser) -> None:
    subscription = subscribed(person, browser)
    for text in ("a", "a" * 3000):
        post.send_push(subscription, json.dumps(text).encode(), ttl=60, key=str(uuid4()))
    jobs.run_due()
    assert len({len(call.body) for call in browser.server.calls}) == 1
    assert len(browser.server.calls[0].body) <= 4096


def test_the_push_address_or_the_message_lies_readable_in_the_database(person: UUID, browser: Browser) -> None:
    sent(subscribed(person, browser))
    with connection.cursor() as cursor:
        rows = []
        for table in ("post_push_subscription", "post_push_push"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    stored = repr([[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in rows])
    assert "Mary" not in stored
    assert "/push/one" not in stored


def test_a_message_whose_cause_is_rolled_back_leaves(person: UUID, browser: Browser) -> None:
    subscription = subscribed(person, browser)
    with pytest.raises(RuntimeError), transaction.atomic():
        sent(subscription)
        raise RuntimeError
    jobs.run_due()
    assert not browser.server.calls


def test_the_same_key_wakes_a_browser_twice(person: UUID, browser: Browser) -> None:
    subscription = subscribed(person, browser)
    assert sent(subscription, key="ring:1") == sent(subscription, key="ring:1")
    jobs.run_due()
    assert len(browser.server.calls) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_remembered(person: UUID, browser: Browser, status: int) -> None:
    sent(subscribed(person, browser))
    browser.server.status = status
    jobs.run_due()
    assert not Subscription.objects.exists()
    assert not Push.objects.exists()
    assert not Job.objects.exists()


def test_a_busy_service_is_not_asked_again_or_asked_too_soon(person: UUID, browser: Browser) -> None:
    push_id = sent(subscribed(person, browser), ttl=600)
    browser.server.status, browser.server.more = 429, {"Retry-After": "120"}
    with travel(now()):
        jobs.run_due()
        assert Job.objects.get().run_at == now() + timedelta(seconds=120)
    browser.server.status, browser.server.more = 201, {}
    due_again()
    assert Push.objects.get(id=push_id).state == "taken"


def test_a_message_outlives_its_time(person: UUID, browser: Browser) -> None:
    push_id = sent(subscribed(person, browser), ttl=60)
    browser.server.hang_up = True
    jobs.run_due()
    browser.server.hang_up = False
    with travel(now() + timedelta(seconds=90)):
        due_again()
    kept = Push.objects.get(id=push_id)
    assert (kept.state, kept.payload) == ("expired", None)
    assert len(browser.server.calls) == 1


def test_a_refusal_is_tried_again(person: UUID, browser: Browser) -> None:
    push_id = sent(subscribed(person, browser))
    browser.server.status = 403
    jobs.run_due()
    assert (Push.objects.get(id=push_id).state, Push.objects.get(id=push_id).reason) == ("refused", "403")
    assert not Job.objects.exists()


def test_a_redirect_of_a_service_is_followed(person: UUID, browser: Browser) -> None:
    sent(subscribed(person, browser))
    browser.server.status, browser.server.more = 307, {"Location": browser.server.url("/elsewhere")}
    jobs.run_due()
    assert [each.path for each in browser.server.calls] == ["/push/one"]


def test_a_browser_is_remembered_twice_or_stays_with_who_had_it_before(person: UUID, browser: Browser) -> None:
    subscribed(person, browser)
    subscribed(person, browser)
    assert Subscription.objects.count() == 1
    other = new_person()
    subscribed(other, browser)
    assert Subscription.objects.get().person_id == other


def test_somebody_elses_browser_can_be_forgotten(person: UUID, browser: Browser) -> None:
    subscribed(person, browser)
    assert not push.unsubscribe(new_person(), browser.info["endpoint"], use="chat")
    assert push.unsubscribe(person, browser.info["endpoint"], use="chat")
    assert not Subscription.objects.exists()


def test_every_browser_of_a_person_for_an_account_is_not_woken(person: UUID, browser: Browser) -> None:
    account, other = uuid4(), uuid4()
    for name, whose in (("one", account), ("two", account), ("three", other)):
        subscribed(person, Browser(browser.server, name), account_id=whose)
    mine = push.subscriptions_of(person, use="chat", account_id=account)
    assert len(post.send_push_to(mine, b"{}", ttl=60, key="ring:1")) == 2
    jobs.run_due()
    assert sorted(each.path for each in browser.server.calls) == ["/push/one", "/push/two"]
    assert push.forget_person(person, account_id=account) >= 2
    assert Subscription.objects.get().account_id == other


def test_a_person_collects_browsers_without_end(person: UUID, browser: Browser) -> None:
    for number in range(23):
        subscribed(person, Browser(browser.server, str(number)))
    assert push.subscriptions_of(person, use="chat").count() == 20
    newest = push.subscriptions_of(person, use="chat").last()
    assert newest
    assert newest.info["endpoint"].endswith("/22")


def test_a_recalled_message_or_one_of_a_person_who_left_is_sent(person: UUID, browser: Browser) -> None:
    subscription = subscribed(person, browser)
    sent(subscription, key="ring:1")
    assert push.recall_push(person, ["ring:1"]) == 1
    sent(subscription, key="ring:2")
    destroy_key(Scope("person", person))
    jobs.run_due()
    assert not browser.server.calls


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"endpoint": "https://10.0.0.1/x"},
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://me@push.example/x"},
        {"keys": None},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": written(b"\x04" + b"\1" * 64), "auth": written(b"1" * 16)}},
    ],
)
def test_what_is_no_subscription_is_kept(person: UUID, browser: Browser, wrong: dict[str, Any]) -> None:
    info = browser.info | wrong if wrong else {}
    with pytest.raises(push.SubscriptionRefused):
        push.subscribe(person, info, use="chat")
    assert not Subscription.objects.exists()


def test_bad_messages_are_stored(person: UUID, browser: Browser) -> None:
    subscription = subscribed(person, browser)
    with pytest.raises(push.PushTooLarge):
        post.send_push(subscription, json.dumps("x" * 3072).encode(), ttl=60, key="k")
    for payload, more in (
        (b"no json", {"ttl": 60, "key": "k"}),
        (b"{}", {"ttl": -1, "key": "k"}),
        (b"{}", {"ttl": 60, "key": "a b"}),
        (b"{}", {"ttl": 60, "key": "k", "topic": "x" * 33}),
    ):
        with pytest.raises(ValueError):
            post.send_push(subscription, payload, **more)  # type: ignore[arg-type]
    assert not Push.objects.exists()


def test_a_push_address_that_became_an_inner_one_is_called(person: UUID, browser: Browser, settings: Settings) -> None:
    push_id = sent(subscribed(person, browser))
    settings.LOOPBACK_CALLS = False
    jobs.run_due()
    assert Push.objects.get(id=push_id).reason == "no_answer"
    assert not browser.server.calls


@pytest.mark.promise("PRIV-PROCESSORS")
def test_a_message_leaves_by_a_service_that_nobody_switched_on_or_approved(
    person: UUID, browser: Browser, settings: Settings
) -> None:
    far = browser.info | {"endpoint": "https://fcm.googleapis.com/fcm/send/abc"}
    with pytest.raises(push.PushNotOffered):
        push.subscribe(person, far, use="chat")
    settings.PUSH_SERVICES = ["google"]
    assert "push:google" in connectors_in_use()
    with pytest.raises(ProcessorNotAllowed):
        push.subscribe(person, far, use="chat")
    kept = Subscription.objects.create(person_id=person, use="chat", info=far, endpoint_hash="x", service="google")
    push_id = sent(kept)
    jobs.run_due()
    assert (Push.objects.get(id=push_id).state, Push.objects.get(id=push_id).reason) == ("waiting", "no_answer")


@pytest.mark.parametrize(
    ("host", "service"),
    [
        ("fcm.googleapis.com", "google"),
        ("updates.push.services.mozilla.com", "mozilla"),
        ("web.push.apple.com", "apple"),
        ("db5p.notify.windows.com", "microsoft"),
        ("push.example", "push.example"),
        ("evilfcm.googleapis.com", ""),
        ("fcm.googleapis.com.evil.example", ""),
    ],
)
def test_a_push_service_is_taken_for_another(host: str, service: str, settings: Settings) -> None:
    settings.PUSH_SERVICES = ["google", "mozilla", "apple", "microsoft", "push.example"]
    assert service_of(readable_url(f"https://{host}/x")) == service


def test_a_given_vapid_key_is_not_used(settings: Settings) -> None:
    given = ec.generate_private_key(ec.SECP256R1())
    raw = given.private_numbers().private_value.to_bytes(32, "big")
    settings.VAPID_SECRET = urlsafe_b64encode(raw).rstrip(b"=").decode()
    public = given.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert push.application_server_key() == written(public)


def test_a_browser_that_was_thrown_away_is_remembered_for_ever(person: UUID, browser: Browser) -> None:
    subscribed(person, browser)
    with travel(now() + timedelta(days=181)):
        sweep()
    assert not Subscription.objects.exists()
