"""Which legal texts there are. Each service registers its own in its apps.py; versions lie in the database."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from allonce.kernel.errors import NotFound

Kind = Literal["terms", "privacy", "cookies", "acceptable_use", "processing"]
# Who has to agree before going on; everybody else may read.
Agreeing = Literal["nobody", "everybody", "owners"]


@dataclass(frozen=True)
class Document:
    """One legal text. `shipped` is the Markdown that becomes version 1; `service` says what it is about."""

    slug: str
    kind: Kind
    title: Any
    says: Any
    shipped: Path
    service: str = "platform"
    agreeing: Agreeing = "nobody"
    order: int = 50


_documents: dict[str, Document] = {}


def register_document(document: Document) -> None:
    """Add a text to the library."""
    _documents[document.slug] = document


def documents() -> list[Document]:
    """All texts in their order."""
    return sorted(_documents.values(), key=lambda each: (each.order, each.slug))


def document(slug: str) -> Document:
    """The text of that name, or NotFound."""
    if slug not in _documents:
        raise NotFound
    return _documents[slug]


def to_agree(agreeing: Agreeing) -> list[Document]:
    """The texts that those people have to agree to."""
    return [each for each in documents() if each.agreeing == agreeing]
