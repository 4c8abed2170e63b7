"""Legal texts for tests: published, agreed to, and read back out of letters."""

import re
from base64 import b64decode
from datetime import date, timedelta
from typing import Any

from django.test import Client

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import today
from allonce.kernel.legal.models import Version
from allonce.kernel.legal.services import publishing
from allonce.kernel.post.models import OutboxMail, PersonContent

TERMS = "## 1. Words\n\nA tape is a measure.\n\n## 2. Rights\n\nYou may leave at any time.\n"
CHANGED = TERMS.replace("A tape is a measure.", "A tape is a long measure.")


def terms(text: str = TERMS, **more: Any) -> Version:
    return publishing.publish("terms", publishing.Text(text, **more))


def material(text: str = CHANGED, slug: str = "terms", *, reduces_rights: bool = False, days: int = 30) -> Version:
    """A next version in force so many days from now."""
    given = publishing.Text(text, "The tape is longer.", in_days(days), material=True, reduces_rights=reduces_rights)
    return publishing.publish(slug, given)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def tick(browser: Client, *versions: Version) -> Any:
    """Tick the boxes of these versions on the acceptance page, and press the button."""
    return browser.post("/me/agreements/agree/", {f"version_{each.pk}": "on" for each in versions})


def letters(person: Person, kind: str) -> list[dict[str, Any]]:
    """What waits in the outbox for a person, of one kind."""
    ids = OutboxMail.objects.filter(kind=kind, scope_id=person.id).order_by("created_at").values_list("id", flat=True)
    return [PersonContent._base_manager.get(pk=pk).mail for pk in ids]


def files_of(letter: dict[str, Any]) -> dict[str, bytes]:
    """The attachments of a letter by name."""
    return {name: b64decode(content) for name, _kind, content in letter["attachments"]}


def boxes(page: bytes) -> list[str]:
    """The checkboxes of a page, as written."""
    return [each for each in re.findall(r"<input[^>]*>", page.decode()) if 'type="checkbox"' in each]
