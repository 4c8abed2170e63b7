"""What goes into the documents of a job and what comes out. Nothing here is ever stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Picture:
    """An encoded picture. `type` is image/jpeg, image/png or image/svg+xml; sizes in pixels."""

    data: bytes
    type: str
    width: int
    height: int


@dataclass(frozen=True)
class Brand:
    """How a shop's documents look and what they always say; texts may hold fields such as {customer}."""

    name: str
    email: str = ""
    phone: str = ""
    address: tuple[str, ...] = ()
    website: str = ""
    vat_number: str = ""
    company_number: str = ""
    payment_details: str = ""
    logo: Picture | None = None
    accent: str = "#0b6e6e"
    paper: str = "a4"
    intro: Mapping[str, str] = field(default_factory=dict)
    closing: Mapping[str, str] = field(default_factory=dict)
    mail: Mapping[str, str] = field(default_factory=dict)
    terms: str = ""
    show_item_prices: bool = True
    show_sizes: bool = True
    show_drawings: bool = True
    show_alternatives: bool = True
    units: str = "mm"
    # Where whoever gets a document reports what it says; made when read, never stored.
    report_url: str = ""


@dataclass(frozen=True)
class DocumentJob:
    """One posted job: its JSON (see docs/job-file.md), its priced proposals by id, and its pictures by id."""

    job: Mapping[str, Any]
    totals: Mapping[str, Mapping[str, Any]]
    photos: Mapping[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True)
class Attachment:
    """A file as a mail carries it."""

    name: str
    content: bytes
    type: str


@dataclass(frozen=True)
class Letter:
    """One mail: what it says, plain and as HTML, and what it carries."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True)
class Letters:
    """What the Customer gets, and what the shop gets (to which the job file is added by whoever holds it)."""

    customer: Letter
    shop: Letter
