"""Writing to the record."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from allonce.kernel.audit.actor import Actor
from allonce.kernel.audit.chain import digest_of
from allonce.kernel.audit.models import ChainHead, Entry
from allonce.kernel.audit.payload import clean_action, clean_data, clean_target
from allonce.kernel.clock import now


def record(
    action: str,
    *,
    actor: Actor,
    account_id: UUID | None = None,
    target: str = "",
    data: Mapping[str, Any] | None = None,
) -> int:
    """Append one act in the caller's transaction and return its number.

    Writers queue at the head of the chain until their transaction ends, so record last in a service.
    Raises NotForAudit if `data` or `target` could hold a personal value.
    """
    with transaction.atomic():
        head = _locked_head()
        entry = Entry(
            number=head.number + 1,
            at=now(),
            action=clean_action(action),
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_via=actor.via,
            account_id=account_id,
            target=clean_target(target),
            data=clean_data(data or {}),
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        ChainHead.objects.filter(id=1).update(number=entry.number, digest=entry.digest)
    return entry.number


def _locked_head() -> ChainHead:
    # SQLite needs no lock: its transactions take the one write lock when they begin.
    ChainHead.objects.get_or_create(id=1)
    return ChainHead.objects.select_for_update().get(id=1)
