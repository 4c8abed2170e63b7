"""How people and staff use the desk, by its pages and mails alone."""

import io
import re
from typing import Any
from uuid import UUID

from django.test import Client
from PIL import Image

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.post.models import OutboxMail, PersonContent
from allonce.kernel.privacy.requests.models import RightsRequest

WORDS = "Please tell me what you hold about me."
# What a browser says of the page from which a form is sent.
FROM_HERE = {"Origin": "http://testserver"}
REASON = "The name on the account is another one."


def ask(client: Client | None = None, /, **other: str) -> Any:
    """Send the public form."""
    form = {"right": "access", "name": "Nia New", "email": "nia@post.example", "words": WORDS} | other
    return (client or Client()).post("/privacy/request/", form, headers=FROM_HERE)


def asked(**other: str) -> RightsRequest:
    """A request as a stranger makes it."""
    assert ask(**other).status_code == 302
    return the_request()


def the_request(request_id: UUID | None = None) -> RightsRequest:
    """The one request there is, as the database has it."""
    return RightsRequest.objects.get(pk=request_id) if request_id else RightsRequest.objects.get()


def letters(kind: str = "") -> list[dict[str, Any]]:
    """What waits in the outbox for people, oldest first."""
    rows = OutboxMail.objects.order_by("created_at", "pk")
    rows = rows.filter(kind=kind) if kind else rows
    contents = {row.id: row.mail for row in PersonContent.objects.all()}
    return [contents[row.id] for row in rows if row.id in contents]


def link_in(letter: dict[str, Any]) -> str:
    """The path of the link in a letter."""
    found = re.search(r"http://localhost:8800(/\S+)", letter["text"])
    assert found is not None
    return found[1]


def link() -> str:
    """The path of the page of one's own request, from the receipt."""
    return link_in(letters("requests.received")[0])


def confirm() -> None:
    """The sender opens the mailed link and presses the button."""
    assert Client().post(f"{link()}confirm/").status_code == 302


def act(by: Inhabitant, name: str, request: RightsRequest | None = None, /, **given: object) -> Any:
    """A member of staff does something with the request by its page."""
    which = request or the_request()
    return by.client.post(f"/operator/requests/{which.id}/do/{name}/", given)


def done(by: Inhabitant, name: str, request: RightsRequest | None = None, /, **given: object) -> None:
    """As `act`, and it worked."""
    answer = act(by, name, request, **given)
    assert answer.status_code == 302, answer.content.decode()[:3000]


def kim(beside: Inhabitant) -> Inhabitant:
    """A second member of staff who works at the desk."""
    return people.fellow(beside, "privacy", "admin")


def picture(kind: str = "JPEG", note: bytes = b"") -> bytes:
    """A picture of a document, with something hidden beside its pixels if wanted."""
    made = io.BytesIO()
    exif = Image.Exif()
    if note:
        exif[0x010E] = note.decode()
    Image.new("RGB", (60, 40), "white").save(made, kind, exif=exif)
    return made.getvalue()


def upload(data: bytes, name: str = "passport.jpg") -> Any:
    """The sender uploads a file by the link in the letter about the doubt."""
    path = link_in(letters("requests.doubted")[0])
    file = io.BytesIO(data)
    file.name = name
    return Client().post(f"{path}document/", {"file": file})
