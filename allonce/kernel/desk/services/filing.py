"""Files of tickets: judged, sealed with the ticket's key, handed out as files and never shown as pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allonce.kernel import uploads
from allonce.kernel.desk.models import File, Line, Ticket
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.uploads.kinds import Kind
from allonce.kernel.vault import files

MOST_BYTES = 15_000_000
FORM_KINDS: frozenset[Kind] = frozenset({"pdf", "jpeg", "png", "webp", "gif"})
MEDIA_TYPES = {"pdf": "application/pdf"}


@dataclass(frozen=True)
class Sent:
    """A file that came with a word, not judged yet."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)
    inline: bool = False


@dataclass(frozen=True)
class Carried:
    """What comes with a word: files, and for a mail what it says of itself (fields of Line)."""

    files: tuple[Sent, ...] = ()
    of_mail: Mapping[str, Any] = field(default_factory=dict, repr=False)


NOTHING = Carried()


def keep(line: Line, sent: Iterable[Sent]) -> int:
    """Keep files with a line; how many were left out because they are harmful or too big."""
    left_out = 0
    for each in sent:
        try:
            uploads.refuse_malware(each.content)
        except UserError:
            left_out += 1
            continue
        if len(each.content) > MOST_BYTES:
            left_out += 1
            continue
        _keep_one(line, each)
    return left_out


def _keep_one(line: Line, sent: Sent) -> None:
    found = File(
        ticket_id=line.ticket_id,
        line=line,
        name=sent.name[:200] or "file",
        media_type=sent.media_type[:60],
        size=len(sent.content),
        inline=sent.inline,
    )
    found.save(force_insert=True)
    files.save(found.ref.scope, found.ref.owner_id, found.ref.name, sent.content)


def from_form(given: Any) -> tuple[Sent, ...]:
    """The file of a form, cleaned as all uploads are; none if none was chosen. Raises what `uploads.accept` raises."""
    if not given:
        return ()
    taken = uploads.accept(given.read(), given.name, FORM_KINDS, MOST_BYTES)
    return (Sent(taken.name or given.name, MEDIA_TYPES.get(taken.kind, f"image/{taken.kind}"), taken.data),)


def read(ticket: Ticket, file_id: UUID, *, staff: bool) -> tuple[File, bytes]:
    """A file of the ticket with its content; files of notes are for staff. Raises NotFound."""
    found = File.objects.select_related("line").filter(pk=file_id, ticket=ticket).first()
    if found is None or not (staff or found.line.is_public):
        raise NotFound
    return found, files.read(found.ref)
