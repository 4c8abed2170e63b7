"""How a letter is announced in the demo mailbox's list."""

import pytest

from allonce.kernel.post.mailbox.letters import Letter


@pytest.mark.parametrize(
    ("text", "overview"),
    [
        ("Your quote\n\nThank you for your time.", "Thank you for your time."),
        ("Thank you.\nYour quote", "Thank you. Your quote"),
        ("Your quote", ""),
    ],
)
def test_the_list_does_not_say_the_subject_twice(text: str, overview: str) -> None:
    raw = f"Subject: Your quote\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()
    assert Letter.taken(recipient="ada@example.com", sender="shop@example.com", raw=raw).overview == overview
