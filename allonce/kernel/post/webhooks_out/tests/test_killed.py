"""A worker is killed between sending and writing down that it was sent."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from allonce.kernel.post.outward.tests.server import Call, Server, running_server
from allonce.kernel.post.webhooks_out.tests.verifying import verified
from tests.probe.installation import Installation, installed

pytestmark = pytest.mark.slow
SCENE = """
from uuid import uuid4
from allonce.kernel import post
from allonce.kernel.audit import SYSTEM
from allonce.kernel.post import webhooks_out
from allonce.kernel.vault import Scope, create_key
account = uuid4()
create_key(Scope("account", account))
made = webhooks_out.create_endpoint(account, {url!r}, [], SYSTEM)
post.send_webhook(account, made.endpoint.id, "chat.lead", {{"lead": 1}}, event_id=uuid4())
print(made.secret)
"""
STATE = """
from allonce.kernel.post.webhooks_out.models import Delivery
print(*Delivery.objects.values_list("state", "attempts").get())
"""
PATIENCE = 40


@pytest.fixture
def receiver() -> Iterator[Server]:
    with running_server() as made:
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path, ALLONCE_LOOPBACK_CALLS="true") as made:
        yield made


def until_called(receiver: Server, times: int) -> None:
    end = time.monotonic() + PATIENCE
    while len(receiver.calls) < times and time.monotonic() < end:
        time.sleep(0.05)


def test_a_kill_between_send_and_record_loses_the_webhook_or_renames_it(receiver: Server, place: Installation) -> None:
    secret = place.python(SCENE.format(url=receiver.url())).strip()
    first = place.start("work", "--lease-seconds", "1")
    # Killed by the receiver itself, which has the whole call and has not answered it.
    receiver.on_call = lambda _call: first.kill()
    until_called(receiver, 1)
    first.wait(30)
    receiver.on_call = _nothing
    second = place.start("work", "--lease-seconds", "1")
    until_called(receiver, 2)
    end = time.monotonic() + PATIENCE
    while "delivered" not in (state := place.python(STATE)) and time.monotonic() < end:
        time.sleep(0.2)
    second.terminate()
    second.wait(30)
    assert state.split() == ["delivered", "2"]
    assert len(receiver.calls) == 2
    assert len({each.headers["webhook-id"] for each in receiver.calls}) == 1
    assert all(verified(each, secret) for each in receiver.calls)


def _nothing(_call: Call) -> None:
    """Answer as usual."""
