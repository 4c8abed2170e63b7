"""Erasure converges wherever it is killed, waits for holds, and is repeated after a restore."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models import Membership, Person, SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM, Actor, verify
from allonce.kernel.audit.models import Entry
from allonce.kernel.notices.models import Notice
from allonce.kernel.post.delivering import attempt
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.privacy import ledger, ports
from allonce.kernel.privacy.retention import replaying
from allonce.kernel.privacy.rights import jobs
from allonce.kernel.privacy.rights.models import Erasure
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import KeyDestroyed
from allonce.kernel.vault.keyring import active_key

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for a process that ends here."""


class Holding:
    """A hold on one person, while `held`."""

    def __init__(self, person_id: UUID) -> None:
        self.person_id, self.held = person_id, True

    def holds_on(self, scope: Scope) -> list[ports.Hold]:
        if not self.held or scope.id != self.person_id:
            return []
        return [ports.Hold("A court asked for it", date(2026, 11, 2))]


@pytest.fixture(autouse=True)
def _places(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.LEDGER_PATH = tmp_path / "ledger.jsonl"


@pytest.fixture
def who() -> Person:
    person = people.person("xenia@quillfeather.example", "Xenia Quillfeather")
    people.browser_of(person)
    files.save(Scope("person", person.id), uuid4(), "paper.txt", b"paper")
    return person


@pytest.fixture
def holding(who: Person) -> Iterator[Holding]:
    hold = Holding(who.id)
    ports.register_holds(hold)
    yield hold
    ports._holds.remove(hold)


def is_gone(person_id: UUID) -> bool:
    scope = Scope("person", person_id)
    with pytest.raises(KeyDestroyed):
        active_key(scope)
    assert not files.has_files(scope)
    assert not SignInSession.objects.filter(person_id=person_id).exists()
    assert [line.mark for line in ledger.lines()] == [ledger.mark_of(scope)]
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.subject_id) == ("done", None)
    assert verify() is None
    return not Person.objects.filter(pk=person_id).exists()


STEPS: list[tuple[Any, str]] = [
    (ledger, "note_erasure"),
    (erasing, "_remove_rows"),
    (erasing, "parts_of"),
    (erasing, "dispose"),
    (files, "delete_scope"),
    (erasing, "destroy_key"),
    (erasing, "_bury"),
]


@pytest.mark.promise("PRIV-RIGHTS")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _place, step in STEPS])
def test_an_erasure_killed_at_any_step_is_finished_by_the_next_run(
    who: Person, monkeypatch: pytest.MonkeyPatch, place: Any, step: str, after: bool
) -> None:
    monkeypatch.setattr(place, step, _killing(getattr(place, step), after))
    with pytest.raises(Killed):
        erasing.erase_person(who.id, actor=Actor("person", who.id))
    monkeypatch.undo()
    for erasure_id in erasing.unfinished():
        jobs.carry_out(erasure_id)
    assert is_gone(who.id)
    erasing.carry_out(Erasure.objects.get().id)
    assert OutboxMail.objects.filter(kind="rights.erased").count() == 1, "the goodbye is said once"


def _killing(step: Callable[..., Any], after: bool) -> Callable[..., Any]:
    def killed(*args: Any, **kwargs: Any) -> Any:
        if after:
            step(*args, **kwargs)
        raise Killed

    return killed


def test_the_goodbye_reaches_the_mailbox_and_the_record_names_nobody(who: Person) -> None:
    erasing.erase_person(who.id, actor=Actor("person", who.id))
    attempt(OutboxMail.objects.get(kind="rights.erased").id)
    assert mail.outbox[-1].to == ["xenia@quillfeather.example"]
    facts = str(list(Entry.objects.values()))
    assert "rights.erased" in facts
    assert "uillfeather" not in facts
    assert Erasure.objects.get().counts["accounts.Person"] == 1


@pytest.mark.promise("PRIV-RIGHTS")
def test_a_legal_hold_postpones_and_is_told_and_its_end_lets_the_erasure_go_on(who: Person, holding: Holding) -> None:
    waiting = erasing.erase_person(who.id, actor=Actor("person", who.id))
    assert waiting.state == "waiting"
    assert "A court asked for it (since 2 Nov 2026" in str(Notice.objects.get(person=who).words)
    assert SignInSession.objects.filter(person=who, ended_at=None).exists(), "they are still here"
    jobs.finish_erasures()
    erasing.carry_out(waiting.id)
    assert Person.objects.filter(pk=who.id).exists()
    assert ledger.lines() == []
    holding.held = False
    erasing.carry_out(waiting.id)
    assert is_gone(who.id)


def test_the_only_owner_hands_over_or_lets_the_account_end(monkeypatch: pytest.MonkeyPatch) -> None:
    olivia = people.owner()
    with pytest.raises(erasing.AnswersForAccounts):
        erasing.erase_person(olivia.person.id, actor=SYSTEM)
    ended = Ending()
    monkeypatch.setattr(ports, "_enders", [ended])
    with pytest.raises(erasing.AnswersForAccounts):
        erasing.erase_person(olivia.person.id, actor=SYSTEM)
    erasing.erase_person(olivia.person.id, actor=SYSTEM, end_accounts=True)
    assert ended.accounts == [olivia.account.id]


class Ending:
    """Ends accounts in name only."""

    def __init__(self) -> None:
        self.accounts: list[UUID] = []

    def end(self, account_id: UUID, actor: Actor) -> None:
        self.accounts.append(account_id)

    def is_ending(self, account_id: UUID) -> bool:
        return account_id in self.accounts


def test_an_account_with_another_owner_goes_on() -> None:
    olivia = people.owner()
    people.colleague(olivia, Role.OWNER)
    erasing.erase_person(olivia.person.id, actor=SYSTEM)
    assert Membership.objects.filter(account=olivia.account).count() == 1


@pytest.mark.promise("PRIV-RIGHTS")
def test_who_comes_back_with_a_restored_backup_is_erased_again(who: Person) -> None:
    ben = people.person("ben@bayside.example", "Ben Hall")
    kept = Person.objects.get(pk=who.id)
    erasing.erase_person(who.id, actor=SYSTEM)
    tokens = dict(kept.__dict__)
    # As a restore does: the row is there again with its old ciphertext, and its key stays destroyed.
    _put_back(tokens)
    replaying.replay()
    assert is_gone(who.id)
    assert Person.objects.get().pk == ben.pk
    replaying.replay()
    assert Person.objects.get().pk == ben.pk


def _put_back(row: dict[str, Any]) -> None:
    columns = {field.attname: field for field in Person._meta.concrete_fields}
    values = {
        name: bytes(row[name].token)
        if hasattr(row[name], "token")
        else columns[name].get_db_prep_value(row[name], connection)
        for name in columns
    }
    with connection.cursor() as cursor:
        names = ", ".join(f'"{columns[name].column}"' for name in values)
        places = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO accounts_person ({names}) VALUES ({places})", list(values.values()))
