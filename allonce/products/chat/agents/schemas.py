"""What the console sends."""

from typing import Any
from uuid import UUID

from pydantic import Field

from allonce.products.chat.jsonio import Body


class Nothing(Body):
    pass


class ForwardBody(Body):
    to: UUID | None = None
    department: UUID | None = None
    whisper: str = ""


class CloseBody(Body):
    disposition: str | None = Field(default=None, max_length=30)


class TagsBody(Body):
    tags: list[str] = Field(max_length=50)


class HotBody(Body):
    on: bool


class CodeBody(Body):
    code: str | None = Field(default=None, max_length=30)


class TextBody(Body):
    text: str


class ConsumerBody(Body):
    name: str | None = None
    email: str | None = None
    phone: str | None = None


class BlockBody(Body):
    on: bool = True


class PresenceBody(Body):
    state: str = "online"
    minutes: int | None = None
    extend: int | None = None
    active: bool = True


class PushBody(Body):
    subscription: dict[str, Any]


class ForgetBody(Body):
    endpoint: str = Field(max_length=2000)


class CannedBody(Body):
    id: UUID | None = None
    shortcut: str = ""
    title: str = ""
    text: str = ""
    department: UUID | None = None
