"""What the widget sends."""

from typing import Any
from uuid import UUID

from pydantic import Field

from allonce.products.chat.jsonio import Body
from allonce.products.chat.services.consumers import Contact
from allonce.products.chat.services.starting import Opening

Token = Field(max_length=100)
Short = Field(default=None, max_length=300)


class OpeningBody(Body):
    """The first words, with the page and the listing that the visitor looks at."""

    m: str = Field(default="", max_length=80)
    page: dict[str, Any] = {}
    listing: dict[str, Any] | None = None
    name: str | None = Short
    email: str | None = Short
    phone: str | None = Short
    known: str = Field(default="", max_length=100)
    may_answer: bool = False
    cid: UUID
    text: str

    def opening(self) -> Opening:
        """As the services take it."""
        contact = Contact(self.name or None, self.email or None, self.phone or None)
        return Opening(self.cid, self.text, self.page, self.listing or {}, contact, self.known)


class TokenBody(Body):
    token: str = Token


class ContactBody(TokenBody):
    name: str | None = Short
    email: str | None = Short
    phone: str | None = Short


class EndBody(TokenBody):
    email_transcript: str = Field(default="", max_length=300)


class RateBody(TokenBody):
    stars: int
    text: str = Field(default="", max_length=4000)
