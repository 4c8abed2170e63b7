"""Rows that are due and rows that are not."""

from datetime import datetime, timedelta
from uuid import UUID

from allonce.kernel.accounts.access import AccountAccess, StaffAccess
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.retention.services import holds
from allonce.kernel.privacy.retention.sweeping import dry_run
from tests.probe.models import Invoice, Visit

CANARY = "Xenophon-Quillfeather-2719"


def days_ago(days: int) -> datetime:
    return now() - timedelta(days=days)


def visit(who: Inhabitant, age: int) -> Visit:
    return Visit.objects.create(person=who.person, at=days_ago(age), address=CANARY, purpose=CANARY)


def invoice(account_id: UUID, age: int = 10) -> Invoice:
    return Invoice.objects.create(account_id=account_id, issued_at=days_ago(age), words=CANARY, memo=CANARY)


def as_staff(who: Inhabitant) -> StaffAccess:
    return StaffAccess(who.account, who.person, Role.OWNER, Actor("staff", who.person.id))


def as_owner(who: Inhabitant) -> AccountAccess:
    who.account.refresh_from_db()
    return AccountAccess(who.account, who.person, Role.OWNER, Actor("person", who.person.id))


def hold(staff: Inhabitant, kind: str, row_id: object, table: str = "") -> LegalHold:
    return holds.place(as_staff(staff), holds.NewHold(kind, str(row_id), "A court has asked for this.", table=table))


def foreseen() -> dict[tuple[str, str, str], tuple[int, int]]:
    """What a dry run lists, without the rules that find nothing."""
    lines = {(line.rule.table, line.rule.retention, line.rule.action): (line.rows, line.held) for line in dry_run()}
    return {rule: counts for rule, counts in lines.items() if any(counts)}
