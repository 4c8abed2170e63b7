"""After a restore: whatever the erasure ledger names and this database still holds is erased again.

The database remembers how many lines of the ledger it knows. Where it knows fewer than there are, it was restored from
an older backup, and nothing is served until they are replayed.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from allonce.kernel import audit
from allonce.kernel.accounts.models import Account
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now
from allonce.kernel.privacy import ledger
from allonce.kernel.privacy.ports import replayers
from allonce.kernel.privacy.retention import departure
from allonce.kernel.privacy.retention.models import AccountEnding, Farewell, LedgerMark
from allonce.kernel.vault import Scope, destroy_keys
from allonce.kernel.vault.models import DataKey


class NotReplayed(Exception):
    """This database may hold what was erased; `allonce replay` erases it again."""


def note_line(lines: int, seal: str) -> None:
    """A line was just written: from here on this database knows it, if it knew all before."""
    LedgerMark.objects.get_or_create(id=1)
    LedgerMark.objects.filter(id=1, lines=lines - 1).update(lines=lines, seal=seal)


def check_replayed() -> None:
    """Raise NotReplayed if the ledger has lines that this database does not know, or is not the one it knows."""
    lines, mark = ledger.lines(), _mark()
    if mark.lines > len(lines) or (mark.lines and lines[mark.lines - 1].seal != mark.seal):
        raise NotReplayed(
            "The erasure ledger lacks lines that this database knows. Put back the ledger's own copy "
            "(ALLONCE_LEDGER_PATH); if there is none, `allonce replay --ledger-lost` goes on with what is there."
        )
    if mark.lines < len(lines):
        raise NotReplayed(
            f"{len(lines) - mark.lines} erasures are younger than this database. Run `allonce replay`: "
            "until then nothing is served, since it could show what was erased."
        )


def replay(*, ledger_lost: bool = False) -> int:
    """Erase again whatever the ledger names and is still here. Safe to repeat. Returns how many lines were new.

    Raises NotReplayed where the ledger itself is not whole, unless that is accepted as `ledger_lost`.
    """
    lines, known = ledger.lines(), _mark()
    if not ledger_lost and (known.lines > len(lines) or (known.lines and lines[known.lines - 1].seal != known.seal)):
        check_replayed()
    for again in replayers().values():
        again()
    new = max(0, len(lines) - known.lines)
    with transaction.atomic():
        seal = lines[-1].seal if lines else ""
        LedgerMark.objects.update_or_create(id=1, defaults={"lines": len(lines), "seal": seal})
        if new or ledger_lost:
            audit.record("retention.replayed", actor=SYSTEM, account_id=None, data={"lines": new, "lost": ledger_lost})
    return new


def obstacles() -> list[str]:
    """What keeps the installation from serving: a database that may show what was erased."""
    try:
        check_replayed()
    except (NotReplayed, ledger.LedgerBroken) as error:
        return [str(error)]
    return []


def replay_accounts() -> int:
    """The replayer for accounts: key, rows and files go as on the day they went. Returns how many were there again."""
    marks = {line.mark for line in ledger.lines() if line.kind == "account"}
    erased = [each for each in _accounts() if ledger.mark_of(Scope("account", each)) in marks] if marks else []
    for account_id in erased:
        _erase_again(account_id)
    return len(erased)


def _erase_again(account_id: UUID) -> None:
    scope = Scope("account", account_id)
    destroy_keys([scope])
    departure.remove_everything(scope)
    over = AccountEnding.objects.filter(ended_id=account_id, undone_at=None, finished_at=None)
    Farewell.objects.filter(ending__in=over).delete()
    over.update(closed_at=now(), key_destroyed_at=now(), finished_at=now())


def _accounts() -> Iterator[UUID]:
    """Every account this installation knows: by its row, or by a key whose rows may be gone already."""
    rows = set(Account._base_manager.values_list("pk", flat=True))
    keys = DataKey.objects.filter(scope_kind="account").exclude(state=DataKey.State.DESTROYED)
    yield from sorted(rows | set(keys.values_list("scope_id", flat=True)))


def _mark() -> LedgerMark:
    if LedgerMark._meta.db_table not in connection.introspection.table_names():
        return LedgerMark()  # nothing is migrated yet, so nothing can have been restored
    return LedgerMark.objects.filter(id=1).first() or LedgerMark()
