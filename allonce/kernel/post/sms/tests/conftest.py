from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.post.sms import ports
from allonce.kernel.post.sms.ports import InboundSms
from allonce.kernel.post.sms.tests.gateway import KEY, SECRET, Gateway, running_gateway
from allonce.kernel.vault import Scope, create_key


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """A gateway on this machine, set up as an Operator sets one up."""
    with running_gateway() as made:
        settings.SMS = settings.SMS | {
            "gateway": "acme",
            "url": made.server.url("/messages"),
            "key": KEY,
            "sender": "+447700900000",
            "webhook_secret": SECRET,
        }
        yield made


@pytest.fixture
def account() -> UUID:
    return new_account()


def new_account() -> UUID:
    made = uuid4()
    create_key(Scope("account", made))
    return made


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[InboundSms]:
    """Every text message that listeners are told of."""
    found: list[InboundSms] = []
    monkeypatch.setattr(ports, "_inbound", [found.append])
    return found
