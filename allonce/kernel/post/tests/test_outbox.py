"""Letters from the outbox: written with their cause, sent once, wiped when settled."""

import uuid

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from allonce.kernel import jobs, post
from allonce.kernel.post.models import AccountContent, InstallContent, OutboxMail, PersonContent
from allonce.kernel.post.tests.relay import Relay
from allonce.kernel.vault import INSTALL, Scope, create_key

pytestmark = pytest.mark.django_db(transaction=True)

CONTENTS = (AccountContent, PersonContent, InstallContent)


def letter(scope: Scope = INSTALL) -> post.Mail:
    words = post.Words(
        subject="You are invited",
        paragraphs=["Olivia asks you to join Harbour Blinds."],
        action=post.Action("Join", "http://localhost:8800/join/abc"),
    )
    return post.letter(scope, "accounts.invitation", "mary@example.com", words)


def kept() -> int:
    return sum(model._default_manager.count() for model in CONTENTS)


@pytest.mark.parametrize("kind", ["account", "person", "install"])
def test_a_letter_arrives_once_and_its_words_are_wiped(relay: Relay, kind: str) -> None:
    scope = INSTALL if kind == "install" else Scope(kind, uuid.uuid4())  # type: ignore[arg-type]
    create_key(scope)
    letter_id = post.send(letter(scope))
    assert kept() == 1
    jobs.run_due()
    jobs.run_due()
    [taken] = relay.letters
    assert "Olivia asks you" in taken.text
    assert "http://localhost:8800/join/abc" in taken.text
    assert "Olivia asks you" in taken.html
    assert kept() == 0
    assert OutboxMail.objects.get(id=letter_id).state == "accepted"


def test_a_plain_letter_is_dressed_with_live_links(relay: Relay) -> None:
    post.send(post.Mail(INSTALL, "x", "mary@example.com", "Hi", "Open http://localhost:8800/a\n\n<b>Bye</b>"))
    jobs.run_due()
    [taken] = relay.letters
    assert 'href="http://localhost:8800/a"' in taken.html
    assert "&lt;b&gt;Bye&lt;/b&gt;" in taken.html


def test_a_letter_whose_cause_is_rolled_back_never_leaves(relay: Relay) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        post.send(letter())
        raise RuntimeError
    jobs.run_due()
    assert not relay.letters
    assert kept() == 0


def test_a_letter_waits_for_a_relay_that_is_down_and_goes_when_it_is_back(relay: Relay, settings: Settings) -> None:
    letter_id = post.send(letter())
    settings.EMAIL_PORT = 9
    jobs.run_due()
    waiting = OutboxMail.objects.get(id=letter_id)
    assert (waiting.state, waiting.reason) == ("waiting", "relay_down")
    assert kept() == 1
    settings.EMAIL_PORT = relay.port
    from allonce.kernel.jobs.models import Job

    Job.objects.update(run_at=waiting.created_at)
    jobs.run_due()
    assert len(relay.letters) == 1
    assert kept() == 0


def test_a_refused_letter_is_settled_with_its_reason(relay: Relay) -> None:
    relay.refuse = {"mary@example.com"}
    letter_id = post.send(letter())
    jobs.run_due()
    settled = OutboxMail.objects.get(id=letter_id)
    assert (settled.state, settled.reason) == ("refused", "no_such_mailbox")
    assert kept() == 0
