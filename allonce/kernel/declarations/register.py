"""Declaring fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NONE: Literal["none"] = "none"
Erase = Literal["delete", "null", "keep"]


@dataclass(frozen=True)
class PD:
    """A field that holds personal data.

    `category`, `purpose` and `retention` are keys of the dictionaries beside this file. `erase` tells what
    erasure does: the row goes, the field becomes null, or it stays (statutory). `export` whether the subject's
    copy holds it. `free_text` marks what people write in their own words, where others may be mentioned.
    `source` (a key of SOURCES) is where it comes from. `rectify` lets the person correct it on the spot; what has
    a flow of its own, such as an address that must be proved, says False.
    Personal fields are encrypted; `keyed_hash` marks one that holds only a keyed hash, and `plain_because`
    gives the reason for one that is stored readable.
    """

    category: str
    purpose: str
    retention: str
    erase: Erase = "delete"
    export: bool = True
    free_text: bool = False
    source: str = "subject"
    rectify: bool = False
    recipients: tuple[str, ...] = ()
    keyed_hash: bool = False
    plain_because: str = ""


Fact = PD | Literal["none"] | tuple[Literal["none"], str]


@dataclass(frozen=True)
class Declaration:
    """All fields of one model. `subject` is the path from a row to the person or account it is about.

    `since` is the path from a row to the moment at which its rules of retention begin to count.
    """

    model: str
    subject: str | None
    facts: Mapping[str, Fact]
    since: str = ""


declarations: dict[str, Declaration] = {}


def declare(
    model: str, /, *, subject: str | None, since: str = "", also: Mapping[str, Fact] | None = None, **fields: Fact
) -> None:
    """Declare every field of "app.Model".

    `subject` is "self", an ORM path such as "account" or "device__account", "@name" for a resolver, or None if
    the rows are about nobody. `since` is the date field, or the path to one, from which rules such as "for thirty
    days" count; while it is empty in a row, they have not begun. Each field is PD(...), "none", or ("none", why
    not personal). `also` takes fields whose names Python or this function reserves, such as "subject".
    """
    declarations[model] = Declaration(model, subject, {**fields, **(also or {})}, since)
