"""The record takes ids only, and shows every change made behind its back."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from allonce.kernel.audit import SYSTEM, Actor, looks, record, record_look, triggers, verify
from allonce.kernel.audit.looking import ReasonNeeded
from allonce.kernel.audit.models import ChainHead, Entry
from allonce.kernel.audit.payload import NotForAudit

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> None:
    triggers.install(connection)
    for number in range(3):
        record("probe.happened", actor=SYSTEM, target=f"probe.Letter:{uuid4()}", data={"count": number})


def behind_its_back(change: Any) -> None:
    triggers.remove(connection)
    change()


def test_a_record_of_honest_entries_is_whole(three: None) -> None:
    assert verify() is None
    assert [entry.number for entry in Entry.objects.order_by("number")] == [1, 2, 3]


def test_the_database_refuses_to_change_or_remove_an_entry(three: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(number=2).update(action="probe.else")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(number=2).delete()


@pytest.mark.parametrize(
    ("change", "number", "kind"),
    [
        (lambda: Entry.objects.filter(number=2).update(action="probe.else"), 2, "changed"),
        (lambda: Entry.objects.filter(number=2).update(data={"count": 9}), 2, "changed"),
        (lambda: Entry.objects.filter(number=2).delete(), 2, "missing"),
        (lambda: Entry.objects.filter(number=3).delete(), 3, "missing_end"),
        (lambda: ChainHead.objects.update(number=2), 4, "missing_end"),
    ],
)
def test_changes_behind_its_back_show(three: None, change: Any, number: int, kind: str) -> None:
    behind_its_back(change)
    fault = verify()
    assert fault is not None
    assert (fault.number, fault.kind) == (number, kind)


@pytest.mark.parametrize(
    "data", [{"who": "Ada Lovelace"}, {"to": "ada@example.com"}, {"x": 1.5}, {"x": {"y": 1}}, {"Free Text": 1}]
)
def test_what_might_be_personal_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(NotForAudit):
        record("probe.happened", actor=SYSTEM, data=data)
    assert not Entry.objects.exists()


def test_targets_name_rows_only() -> None:
    with pytest.raises(NotForAudit):
        record("probe.happened", actor=SYSTEM, target="Ada Lovelace")


def test_a_look_is_listed_to_its_account_with_its_reason() -> None:
    staff, account = Actor("staff", uuid4()), uuid4()
    record_look(staff, account, "Ticket 12: import fails")
    record_look(staff, uuid4(), "Ticket 13: another account")
    assert [(look.reason, look.staff_id) for look in looks(account)] == [("Ticket 12: import fails", staff.id)]
    assert verify() is None


def test_nobody_looks_without_a_reason() -> None:
    with pytest.raises(ReasonNeeded):
        record_look(Actor("staff", uuid4()), uuid4(), "   because ")
