"""The outbox: a letter is written in the transaction of its cause and sent by a job, once the cause stands."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.post.compose import dressed
from allonce.kernel.post.delivering import CONTENTS, letter_message_id
from allonce.kernel.post.events import message_hash
from allonce.kernel.post.jobs import deliver
from allonce.kernel.post.message import Mail
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.vault import Scope


def send(mail: Mail) -> UUID:
    """Put `mail` into the outbox as part of the caller's transaction; it leaves after the commit."""
    letter_id = uuid4()
    with transaction.atomic():
        OutboxMail.objects.create(
            id=letter_id,
            kind=mail.kind,
            scope_kind=mail.scope.kind,
            scope_id=mail.scope.id,
            message_hash=message_hash(letter_message_id(letter_id)),
            created_at=now(),
        )
        CONTENTS[mail.scope.kind]._default_manager.create(id=letter_id, owner_id=mail.scope.id, mail=_words(mail))
        deliver.later(letter_id)
    return letter_id


def recall(letter_ids: Sequence[UUID]) -> int:
    """Take back letters that no relay has taken yet, with what they say; returns how many were still here."""
    with transaction.atomic():
        waiting = OutboxMail.objects.filter(id__in=letter_ids, state=OutboxMail.State.WAITING)
        found = list(waiting.select_for_update().values_list("id", flat=True))
        for contents in CONTENTS.values():
            contents._default_manager.filter(id__in=found).delete()
        OutboxMail.objects.filter(id__in=found).delete()
    return len(found)


def forget(scope: Scope) -> None:
    """Drop what waits to be sent under this scope, in the caller's transaction: its owner's data is going."""
    CONTENTS[scope.kind]._default_manager.filter(owner_id=scope.id).delete()
    waiting = OutboxMail.objects.filter(scope_kind=scope.kind, scope_id=scope.id, state=OutboxMail.State.WAITING)
    waiting.update(state=OutboxMail.State.FAILED, settled_at=now())


def _words(mail: Mail) -> dict[str, Any]:
    """The letter as JSON can hold it; `delivering` reads it back."""
    words = {name: value for name, value in asdict(mail).items() if name not in {"scope", "kind", "text_only"}}
    words["html"] = "" if mail.text_only else mail.html or dressed(mail.subject, mail.text)
    words["attachments"] = [[each.name, each.kind, b64encode(each.content).decode()] for each in mail.attachments]
    return words
