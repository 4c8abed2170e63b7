"""Applications that go: withdrawn, or over their period. The key goes too, and so every copy in every backup."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import today
from allonce.kernel.post.outbox import forget
from allonce.kernel.privacy import ledger
from allonce.kernel.vault import Scope, destroy_keys, files
from allonce.products.vacancies.models import Application

BATCH = 100


def remove(ids: Iterable[UUID], *, why: str) -> int:
    """Remove applications: ledger, files, rows, then keys; safe to repeat after a stop anywhere. Audited.

    Returns how many rows went. A stop before the keys go leaves keys of nobody, which the nightly sweep destroys.
    """
    wanted = list(ids)
    for each in wanted:
        ledger.note_erasure(Scope("person", each))
        files.delete_scope(Scope("person", each))
    gone = _remove_rows(wanted, why)
    destroy_keys([Scope("person", each) for each in wanted])
    return gone


@transaction.atomic
def _remove_rows(ids: list[UUID], why: str) -> int:
    gone = 0
    for each in ids:
        forget(Scope("person", each))
        if Application.objects.filter(pk=each).delete()[0]:
            gone += 1
            audit.record("application.removed", actor=SYSTEM, target=f"vacancies.Application:{each}", data={"why": why})
    return gone


def sweep() -> int:
    """Remove what is past its day, and what a restored backup brought back after it was removed."""
    gone = 0
    over = Application.objects.filter(keep_until__lt=today()).order_by("keep_until")
    while ids := list(over.values_list("pk", flat=True)[:BATCH]):
        gone += remove(ids, why="period_over")
    marks = {line.mark for line in ledger.lines()}
    if marks:
        kept = Application.objects.values_list("pk", flat=True)
        back = [each for each in kept if ledger.mark_of(Scope("person", each)) in marks]
        gone += remove(back, why="removed_before") if back else 0
    return gone
