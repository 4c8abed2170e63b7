"""Pictures in a conversation: through the one door for uploads, encoded afresh, sealed with the Client's key."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from allonce.kernel import uploads
from allonce.kernel.accounts import throttle
from allonce.kernel.errors import NotFound
from allonce.kernel.uploads import Kind
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import VaultError
from allonce.products.chat import words
from allonce.products.chat.models import ChatFile, Conversation

TAKEN: frozenset[Kind] = frozenset({"jpeg", "png", "webp", "gif"})
LARGEST = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
PER_HOUR = (40, timedelta(hours=1))
NAME = "picture"


def keep(conversation: Conversation, sender: str, data: bytes, name: str) -> ChatFile:
    """Check, clean and store a picture of `sender`. Raises UploadRefused, ScannerDown, or TooMany after 40 an hour."""
    throttle.hit("chat.file", f"{conversation.id}:{sender}", *PER_HOUR)
    picture = uploads.accept_image(data, name, TAKEN, uploads.Bounds(LARGEST, MOST_PIXELS))
    taken = picture.written()
    width, height = picture.image.size
    row = ChatFile(
        account_id=conversation.account_id,
        conversation=conversation,
        sender=sender,
        name=words.line(uploads.plain_name(name), 120) or "picture",
        kind=taken.kind,
        size=len(taken.data),
        width=width,
        height=height,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        files.save(scope_of(row), row.id, NAME, taken.data)
    return row


def read(conversation: Conversation, file_id: UUID) -> tuple[ChatFile, bytes]:
    """A picture of this conversation and its bytes. Raises NotFound."""
    row = ChatFile.objects.filter(pk=file_id, conversation=conversation).first()
    if row is None:
        raise NotFound
    return row, content(row)


def content(row: ChatFile) -> bytes:
    """The bytes. Raises NotFound where they are gone."""
    try:
        return files.read(files.FileRef(scope_of(row), row.id, NAME))
    except VaultError as error:
        raise NotFound from error


def forget(row: ChatFile) -> None:
    """Remove the bytes; the row goes with its conversation."""
    files.delete(files.FileRef(scope_of(row), row.id, NAME))


def scope_of(row: ChatFile) -> Scope:
    """Under whose key the bytes lie."""
    return Scope("account", row.account_id)
