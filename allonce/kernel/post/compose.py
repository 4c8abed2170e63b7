"""Letters in the house's look: plain text and HTML that stands in old mail programs, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from allonce.kernel.post.message import Mail
from allonce.kernel.vault import Scope


@dataclass(frozen=True)
class Action:
    """The one thing to do: a button in HTML, an address on its own line in plain text."""

    label: str
    url: str


@dataclass(frozen=True)
class Words:
    """What a letter says. `box` stands out in a frame, before the button; `closing` comes after it, in smaller type."""

    subject: str
    paragraphs: Sequence[str]
    heading: str = ""
    action: Action | None = None
    closing: Sequence[str] = ()
    box: str = ""


@dataclass(frozen=True)
class House:
    """In whose name a letter comes, where that is not ours; `logo` and `site` are addresses, or empty."""

    name: str
    site: str = ""
    logo: str = ""


def letter(scope: Scope, kind: str, to: str, words: Words, *, house: House | None = None) -> Mail:
    """A branded letter, ready for `send`; in the look of `house` instead of ours if that is given."""
    shown = (
        _house()
        | ({"operator": house.name, "site": house.site, "house": house} if house else {})
        | {
            "subject": words.subject,
            "heading": words.heading or words.subject,
            "paragraphs": words.paragraphs,
            "box": words.box,
            "action": words.action,
            "closing": words.closing,
        }
    )
    return Mail(
        scope=scope,
        kind=kind,
        to=to,
        subject=words.subject,
        text=render_to_string("post/letter.txt", shown),
        html=render_to_string("post/letter.html", shown),
    )


def dressed(subject: str, text: str) -> str:
    """HTML for a letter that was written as plain text only: its paragraphs, with live links."""
    plain = [part for part in text.strip().split("\n\n") if part]
    return render_to_string("post/letter.html", _house() | {"subject": subject, "heading": subject, "plain": plain})


def _house() -> dict[str, Any]:
    return {"operator": settings.OPERATOR_NAME, "site": settings.PUBLIC_URL}
