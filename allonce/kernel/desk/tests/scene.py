"""How people and staff use the desk: by its pages, by mail, and by what they are sent."""

import re
from email.message import EmailMessage
from typing import Any

from django.db import transaction
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.desk.links import token_of
from allonce.kernel.desk.models import Line, Ticket
from allonce.kernel.desk.services import intake
from allonce.kernel.post.delivering import letter_message_id
from allonce.kernel.post.models import OutboxMail, PersonContent

HERE = {"Origin": "http://testserver"}
NIA = "nia@post.example"


def ask(client: Client | None = None, /, **other: str) -> Any:
    """Send the public form."""
    form = {"name": "Nia New", "email": NIA, "subject": "Blinds are crooked", "words": "All of them, since Monday."}
    return (client or Client()).post("/support/ask/", form | other, headers=HERE)


def asked(**other: str) -> Ticket:
    """A ticket as a stranger makes it by the form."""
    assert ask(**other).status_code == 302
    return latest()


def latest() -> Ticket:
    return Ticket.objects.order_by("-number")[0]


def fresh(ticket: Ticket) -> Ticket:
    """As the database has it now."""
    return Ticket.objects.get(pk=ticket.pk)


def own(ticket: Ticket) -> str:
    """The sender's own page."""
    return f"/support/ticket/{token_of(ticket.id)}/"


def mail(words: str, /, **headers: str) -> bytes:
    """A mail as a person sends it."""
    made = EmailMessage()
    about = {"From": f"Nia New <{NIA}>", "To": "support@allonce.example", "Subject": "Blinds are crooked"}
    for name, value in (about | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        made[name] = value
    if "Message-ID" not in made:
        made["Message-ID"] = f"<{abs(hash(words))}@post.example>"
    made.set_content(words)
    return made.as_bytes()


def arrives(raw: bytes) -> None:
    """A mail comes in and is read, as the job does; letters stay in the outbox, to be looked at."""
    mail_id = intake.receive(raw)
    if mail_id is not None:
        with transaction.atomic():
            intake.read(mail_id)


def answer(by: Inhabitant, ticket: Ticket, words: str = "We are on it.", /, **given: object) -> Any:
    """A member of staff answers on the ticket's page."""
    page = by.client.get(f"/operator/desk/{ticket.id}/").content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    form = {"words": words, "after": "waiting", "revision": revision[1] if revision else "0", **given}
    return by.client.post(f"/operator/desk/{ticket.id}/answer/", form)


def act(by: Inhabitant, ticket: Ticket, name: str, /, **given: object) -> Any:
    return by.client.post(f"/operator/desk/{ticket.id}/do/{name}/", given)


def done(by: Inhabitant, ticket: Ticket, name: str, /, **given: object) -> None:
    """As `act`, and it worked."""
    said = act(by, ticket, name, **given)
    assert said.status_code == 302, said.content.decode()[:3000]


def letters(kind: str = "") -> list[dict[str, Any]]:
    """What waits in the outbox for people, oldest first; each with its own Message-ID."""
    rows = OutboxMail.objects.order_by("created_at", "pk")
    rows = rows.filter(kind=kind) if kind else rows.filter(kind__startswith="desk.")
    contents = {row.id: row.mail for row in PersonContent.objects.all()}
    return [{**contents[row.id], "id": letter_message_id(row.id)} for row in rows if row.id in contents]


def said_on(ticket: Ticket) -> list[tuple[str, str]]:
    """Kind and words of what was said, without events."""
    lines = Line.objects.filter(ticket=ticket).exclude(kind=Line.Kind.EVENT).order_by("at", "place")
    return [(each.kind, each.words) for each in lines]
