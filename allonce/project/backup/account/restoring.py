"""Restoring an account from its backup: all of it in one transaction, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from secrets import randbits
from typing import Any
from uuid import UUID

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.copies import check_restored, clear_untouched
from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.services.people import one_line
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.errors import UserError
from allonce.project.backup.account.colleagues import invite_people
from allonce.project.backup.account.identity import new_account
from allonce.project.backup.account.reading import NotABackup, Opened
from allonce.project.backup.account.tables import KEY_TABLES, Table, referred_to, tables
from allonce.project.backup.account.values import NotThatValue, decode
from allonce.project.backup.account.writing import ROWS_AT_ONCE

LONGEST_NAME = 120


class NotEmpty(UserError):
    """The account has content already, which a restore would mix with another's."""

    code = "account_not_empty"
    status = 409


@dataclass(frozen=True)
class Restored:
    """What came of it. `keys` tells whether the account's key came along, which needs the same account id."""

    account: Account
    rows: int
    people: int
    keys: bool


def restore_as_new(opened: Opened, email: str = "") -> Restored:
    """A new account from a backup, for its Operator's command. Everybody in it is invited.

    It keeps its id where that is free and was never erased here, else it gets another. `email` replaces the
    account's address. Raises NotABackup, or UnableToSignUp when the address names another account.
    """
    with _all_or_nothing(), tenancy.across_accounts(), transaction.atomic():
        facts = _facts(opened)
        account = new_account(opened.account_id, facts["name"], email or facts["email"])
        return _fill(opened, account, SYSTEM, None)


def restore_into(opened: Opened, access: AccountAccess) -> Restored:
    """Fill an owner's own, still empty account; its address and its owner stay, colleagues are invited.

    Raises NotABackup or NotEmpty.
    """
    with _all_or_nothing(), transaction.atomic():
        account = Account.objects.select_for_update().get(pk=access.account.pk)
        clear_untouched(account.id)
        if any(table.rows(account.id).exists() for table in tables()):
            raise NotEmpty(_("This account has content already. Restore into a new, empty one."))
        account.name = _facts(opened)["name"]
        account.save(update_fields=["name"])
        return _fill(opened, account, access.actor, access)


def _facts(opened: Opened) -> dict[str, str]:
    found = opened.facts("account.json")
    name, email = found["name"], found["email"]
    if not (isinstance(name, str) and isinstance(email, str) and one_line(name)[:LONGEST_NAME] == name != ""):
        raise NotABackup
    return {"name": name, "email": email}


def _fill(opened: Opened, account: Account, actor: Actor, access: AccountAccess | None) -> Restored:
    keeps_id = account.id == opened.account_id
    wanted = [table for table in tables() if keeps_id or table.label not in KEY_TABLES]
    places: dict[str, list[Any]] = {label: [] for label in referred_to()}
    rows = sum(_Filler(table, account, places).fill(opened) for table in wanted)
    check_restored(account.id)
    invited = invite_people(account, opened.facts("people.json"), access)
    keys = any(places.get("accounts.AccountKey", []))
    about = {"rows": rows, "people": invited, "id_kept": keeps_id}
    audit.record("account.restored", actor=actor, account_id=account.id, target=_target(account), data=about)
    return Restored(account, rows, invited, keys)


def _target(account: Account) -> str:
    return f"accounts.Account:{account.id}"


class _Filler:
    """Writes one table's rows. `places` are the new primary keys by table and row number."""

    def __init__(self, table: Table, account: Account, places: dict[str, list[Any]]) -> None:
        self.table, self.account, self.places = table, account, places
        self.next_id = _rising_ids() if isinstance(table.model._meta.pk, models.UUIDField) else None

    def fill(self, opened: Opened) -> int:
        """Write all rows of the table; returns how many. Raises NotABackup."""
        lines, written = opened.lines(self.table.label), 0
        while batch := [self._row(line) for line in islice(lines, ROWS_AT_ONCE)]:
            made = self.table.model._base_manager.bulk_create(batch)
            if self.table.label in self.places:
                self.places[self.table.label] += [row.pk for row in made]
            written += len(made)
        return written

    def _row(self, line: dict[str, Any]) -> models.Model:
        known = {field.name: field for field in self.table.fields}
        if line.keys() - known.keys():
            raise NotABackup(_("This backup holds fields that this installation does not know. Nothing was changed."))
        values = {known[name].attname: self._value(known[name], raw) for name, raw in line.items()}
        blanks = {field.attname: "" for field in self.table.blank_fields}
        if self.next_id:
            values["id"] = self.next_id()
        return self.table.model(**self._owner(), **blanks, **values)

    def _owner(self) -> dict[str, Any]:
        """Rows that hang on others have no account of their own."""
        return {} if "__" in self.table.path else {self.table.path: self.account.id}

    def _value(self, field: Any, raw: Any) -> Any:
        if not isinstance(field, models.ForeignKey):
            return decode(field, raw)
        if raw is None and field.null:
            return None
        other: Any = field.related_model
        places = self.places.get(other._meta.label, [])
        if type(raw) is not int or not 1 <= raw <= len(places):
            raise NotThatValue(f"{field.name} points to no row")
        return places[raw - 1]


def _rising_ids() -> Callable[[], UUID]:
    """New random ids that rise, so that rows read in the order in which they stood before."""
    start, count = randbits(46), iter(range(2**40))
    return lambda: UUID(int=(start + next(count)) << 80 | randbits(80), version=4)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """What the tables refuse is told as a file that is no backup: the transaction within has undone all of it."""
    try:
        yield
    except (ValueError, KeyError, TypeError, RecursionError, DatabaseError) as error:
        raise NotABackup from error
