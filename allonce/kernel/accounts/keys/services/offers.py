"""What a browser offers to keep: public keys, locks and wraps. All made there, none of them readable here."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.keys.points import from_base64url
from allonce.kernel.errors import UserError

BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
SMALLEST, LARGEST = 100, 1_000
TO_POINT, TO_SECRET = 1, 2
PRINTED = "printed"


class NotAWrap(UserError):
    """What was sent as a wrap or a lock has not the form of one."""

    code = "bad_wrap"
    status = 422
    message = gettext_lazy("The sealed key that was sent is damaged.")


@dataclass(frozen=True)
class NewHolder:
    """A passkey's or the printed code's own key pair; `locked` opens with the passkey or the code alone."""

    kind: Literal["passkey", "recovery"]
    holder_id: str
    public_key: dict[str, Any]
    locked: str


@dataclass(frozen=True)
class NewWrap:
    """The account's private key, sealed to one holder."""

    holder_kind: Literal["device", "passkey", "recovery"]
    holder_id: str
    wrapped: str

    @property
    def holder(self) -> tuple[str, str]:
        return self.holder_kind, self.holder_id


@dataclass(frozen=True)
class FirstKey:
    """The first generation, with everybody who is to hold it."""

    public_key: dict[str, Any]
    holders: list[NewHolder]
    wraps: list[NewWrap]


@dataclass(frozen=True)
class Renewal:
    """The generation after `generation - 1`, made by somebody who held that one."""

    generation: int
    public_key: dict[str, Any]
    succession: str
    next_wrap: str
    wraps: list[NewWrap] = field(default_factory=list)


def check_wrap(text: str) -> str:
    """The wrap again, if it has the form of one sealed to a public key; raises NotAWrap."""
    return _check(text, TO_POINT)


def check_lock(text: str) -> str:
    """The lock again, if it has the form of one; raises NotAWrap."""
    return _check(text, TO_SECRET)


def _check(text: str, kind: int) -> str:
    if not SMALLEST <= len(text) <= LARGEST or not BASE64URL.fullmatch(text):
        raise NotAWrap
    if from_base64url(text)[0] != kind:
        raise NotAWrap
    return text
