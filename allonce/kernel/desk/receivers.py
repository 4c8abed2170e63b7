"""Contents go with their rows: whatever removes a file or a mail, an erasure or the end of its time."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from allonce.kernel.desk.models import File, RawMail
from allonce.kernel.vault import files


def connect() -> None:
    """Listen; safe to repeat."""
    for model in (File, RawMail):
        post_delete.connect(_remove_content, sender=model, dispatch_uid=f"desk.{model.__name__}")


def _remove_content(instance: File | RawMail, **_signal: Any) -> None:
    ref = instance.ref
    transaction.on_commit(lambda: files.delete(ref))
