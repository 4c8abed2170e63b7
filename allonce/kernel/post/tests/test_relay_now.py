"""What one mail from memory meets at a real relay."""

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.post import Attachment, RelayMail, message_id_for, relay_now
from allonce.kernel.post.tests.relay import Relay

PDF = Attachment("Quote.pdf", "application/pdf", b"%PDF-1.7 stands for a quote")


def mail(to: str = "mary@example.com") -> RelayMail:
    return RelayMail(
        to=to,
        subject="Your quote: Façade",
        text="Dear Mary,\n\n.a line that begins with a dot",
        html="<p>Dear Mary</p>",
        attachments=[PDF],
        message_id=message_id_for("job", to),
        reply_to="hello@harbourblinds.example",
        from_name="Harbour Blinds",
    )


def test_an_accepted_mail_arrives_whole(relay: Relay) -> None:
    assert relay_now(mail()).state == "accepted"
    [taken] = relay.letters
    assert taken.subject == "Your quote: Façade"
    assert ".a line that begins with a dot" in taken.text
    assert "<p>Dear Mary</p>" in taken.html
    assert taken.reply_to == "hello@harbourblinds.example"
    assert "Harbour Blinds" in taken.from_line
    assert taken.message_id == message_id_for("job", "mary@example.com")
    assert [(one.name, one.content) for one in taken.enclosures] == [("Quote.pdf", PDF.content)]


def test_a_refused_recipient_is_told_apart_and_the_relays_words_are_dropped(relay: Relay) -> None:
    relay.refuse = {"mary@example.com"}
    outcome = relay_now(mail())
    assert (outcome.state, outcome.detail) == ("refused", "no_such_mailbox")
    assert "mary" not in repr(outcome)


def test_a_busy_mailbox_is_a_reason_to_try_again(relay: Relay) -> None:
    relay.busy = {"mary@example.com"}
    assert relay_now(mail()).state == "retry"


def test_refused_content_is_refused(relay: Relay) -> None:
    relay.refuse_content = True
    assert relay_now(mail()).state == "refused"


def test_a_relay_that_is_down_took_nothing(relay: Relay, settings: Settings) -> None:
    settings.EMAIL_PORT = 9
    outcome = relay_now(mail())
    assert (outcome.state, outcome.detail) == ("retry", "relay_down")


@pytest.mark.parametrize("fault", ["down", "drop_before_data"])
def test_a_connection_lost_before_the_body_left_took_nothing(relay: Relay, fault: str) -> None:
    setattr(relay, fault, True)
    assert relay_now(mail()).state == "retry"


def test_a_connection_lost_after_the_body_left_is_uncertain(relay: Relay) -> None:
    relay.drop_after_data = True
    outcome = relay_now(mail())
    assert (outcome.state, outcome.detail) == ("uncertain", "no_answer")


def test_an_answer_that_comes_too_late_is_uncertain(relay: Relay) -> None:
    relay.slow_seconds = 3
    assert relay_now(mail()).state == "uncertain"


def test_a_header_with_a_line_break_never_reaches_the_relay(relay: Relay) -> None:
    broken = RelayMail(to="mary@example.com", subject="Hi\nBcc: all@example.com", text="", message_id="<a@b>")
    with pytest.raises(ValueError, match="newline"):
        relay_now(broken)
    assert not relay.letters


def test_message_ids_repeat_for_the_same_parts_only() -> None:
    assert message_id_for("job", "1", "customer") == message_id_for("job", "1", "customer")
    assert message_id_for("job", "1", "customer") != message_id_for("job", "1", "shop")
    assert message_id_for("job", "11") != message_id_for("job1", "1")
