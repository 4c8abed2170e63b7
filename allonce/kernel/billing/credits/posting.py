"""The one place where credits move: every movement has legs that sum to zero, and happens once for its key."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from allonce.kernel.billing.catalogue.register import unit_of
from allonce.kernel.billing.credits.words import known_reason
from allonce.kernel.billing.errors import KeyReused, NotEnoughCredits
from allonce.kernel.billing.models import LedgerAccount, Movement, Posting
from allonce.kernel.billing.models.owners import of
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope

Side = Posting.Side
SCOPE_ID = LedgerAccount._meta.get_field("scope_id")
# Statements that both engines know. They are written out because each movement makes them.
FIND = "SELECT id FROM billing_ledgeraccount WHERE scope_id = %s AND scope_kind = %s AND unit = %s"
# A movement whose key is there already returns no row.
MAKE = """INSERT INTO billing_movement (ledger_id, kind, reason, "key", amount, about, at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT ("key") DO NOTHING RETURNING id"""
CHANGE = """UPDATE billing_ledgeraccount SET balance = balance + %s, owed = owed + %s
WHERE id = %s AND balance >= %s AND owed >= %s"""
LEG = "INSERT INTO billing_posting (movement_id, side, amount) VALUES (%s, %s, %s)"


@dataclass(frozen=True)
class Draft:
    """A movement to be made. `legs` are whole credits by side; what is missing to zero is no business of ours."""

    kind: Movement.Kind
    reason: str
    key: str
    legs: Mapping[Any, int] = field(default_factory=dict)
    about: str = ""

    @property
    def amount(self) -> int:
        """What it does to the owner's balance."""
        return self.legs.get(Side.OWNER, 0)


def account_of(owner: Scope, unit: str) -> LedgerAccount:
    """The owner's account in this unit, opened at first sight; only `locked` knows its balance.

    Raises KeyError for a unit that nobody registered.
    """
    owner_id = SCOPE_ID.get_db_prep_value(owner.id, connection)
    with connection.cursor() as cursor:
        cursor.execute(FIND, [owner_id, owner.kind, unit_of(unit).code])
        row = cursor.fetchone()
    if row is None:
        return LedgerAccount.objects.get_or_create(unit=unit, **of(owner))[0]
    found = LedgerAccount(id=row[0], unit=unit, **of(owner))
    found._state.adding, found._state.db = False, "default"
    return found


def locked(account: LedgerAccount) -> LedgerAccount:
    """The account as it stands now, kept from others until the transaction ends."""
    return LedgerAccount.objects.select_for_update().get(pk=account.pk)


def post(account: LedgerAccount, draft: Draft) -> tuple[Movement, bool]:
    """Make the movement, or find the one that its key named before; True if it was made now.

    One conditional statement changes the balance, so that no two writers can both spend the last credit. Raises
    NotEnoughCredits and KeyReused; either way nothing has moved. Outside a transaction, on SQLite, writers that come
    at the same time share one commit.
    """
    wanted = Wanted(account, draft, _legs(draft), now())
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        return TOGETHER.post(wanted)
    with transaction.atomic():
        return _move(wanted)


def _legs(draft: Draft) -> dict[str, int]:
    legs: dict[str, int] = {str(side): amount for side, amount in draft.legs.items() if amount}
    if len(legs) < 2 or sum(legs.values()) != 0:
        raise ValueError("a movement has two legs or more, and they sum to zero")
    known_reason(draft.reason)
    return legs


@dataclass
class Wanted:
    """A movement that somebody waits for, and what became of it."""

    account: LedgerAccount
    draft: Draft
    legs: dict[str, int]
    at: datetime
    done: bool = False
    result: tuple[Movement, bool] | None = None
    error: BaseException | None = None


class Together:
    """Movements of many threads in one transaction: a disk takes far fewer commits a second than a processor makes.

    Whoever has its turn commits for everybody who waits. Nobody goes on before the commit has reached the disk.
    """

    def __init__(self) -> None:
        self._guard, self._turn = threading.Lock(), threading.Lock()
        self._waiting: list[Wanted] = []

    def post(self, wanted: Wanted) -> tuple[Movement, bool]:
        """As `post`."""
        with self._guard:
            self._waiting.append(wanted)
        with self._turn:
            if not wanted.done:
                with self._guard:
                    batch, self._waiting = self._waiting, []
                self._commit(batch)
        if wanted.error is not None:
            raise wanted.error
        assert wanted.result is not None
        return wanted.result

    def _commit(self, batch: list[Wanted]) -> None:
        try:
            with transaction.atomic():
                for each in batch:
                    try:
                        each.result = _move(each)
                    except (NotEnoughCredits, KeyReused) as refusal:
                        each.error = refusal
        except BaseException as error:
            # Nothing was committed, so nobody's movement was made.
            for each in batch:
                each.error = error
            raise
        finally:
            for each in batch:
                each.done = True


TOGETHER = Together()


def _move(wanted: Wanted) -> tuple[Movement, bool]:
    """The movement's statements, in the caller's transaction. A refusal leaves no trace, without a rollback."""
    account, draft = wanted.account, wanted.draft
    made = Movement(
        ledger_id=account.pk,
        kind=draft.kind,
        reason=draft.reason,
        key=draft.key,
        amount=draft.amount,
        about=draft.about,
        at=wanted.at,
    )
    owed = -wanted.legs.get(Side.OWED.value, 0)
    at = connection.ops.adapt_datetimefield_value(wanted.at)
    with connection.cursor() as cursor:
        cursor.execute(MAKE, [account.pk, made.kind, made.reason, made.key, made.amount, made.about, at])
        row = cursor.fetchone()
        if row is None:
            return _same(Movement.objects.get(key=draft.key), account, draft), False
        cursor.execute(CHANGE, [draft.amount, owed, account.pk, -draft.amount, -owed])
        if not cursor.rowcount:
            cursor.execute("DELETE FROM billing_movement WHERE id = %s", [row[0]])
            raise NotEnoughCredits
        legs = [(row[0], side, amount) for side, amount in wanted.legs.items()]
        cursor.executemany(LEG, legs)
    made.pk, made._state.adding, made._state.db = row[0], False, "default"
    return made, True


def _same(movement: Movement, account: LedgerAccount, draft: Draft) -> Movement:
    if (movement.ledger_id, movement.kind) != (account.pk, draft.kind):
        raise KeyReused
    # What a purchase, refund or release does to the balance depends on the debt of its moment; these do not.
    if movement.kind in (Movement.Kind.GRANT, Movement.Kind.SPEND, Movement.Kind.HOLD) and (
        movement.amount != draft.amount
    ):
        raise KeyReused
    return movement
